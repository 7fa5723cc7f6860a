//! A mail server on the loopback: what it was told, it remembers.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A letter as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) to: String,
    pub(crate) text: Vec<u8>,
}

/// The server. An address that begins with `dead` is refused for good, one that begins with `busy` the first time.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) port: u16,
    letters: Arc<Mutex<Vec<Received>>>,
    refused: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, letters: Arc::default(), refused: Arc::default() };
        let one = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = one.clone();
                // A client that is killed ends its conversation in the middle.
                tokio::spawn(async move { server.converse(stream).await.unwrap_or_default() });
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub(crate) fn letters(&self) -> Vec<Received> {
        self.letters.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.letters.lock().unwrap().len()
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read);
        write.write_all(b"220 test\r\n").await?;
        let mut to = Vec::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let word = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8",
                "MAIL" | "RSET" => {
                    to.clear();
                    "250 ok"
                }
                "RCPT" => {
                    let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    self.judge(&address, &mut to)
                }
                "DATA" => "354 go on",
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 what",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
            if word == "DATA" {
                let mut text = Vec::new();
                loop {
                    let start = text.len();
                    if lines.read_until(b'\n', &mut text).await? == 0 {
                        return Ok(());
                    }
                    if &text[start..] == b".\r\n" {
                        text.truncate(start);
                        break;
                    }
                    if text[start..].starts_with(b"..") {
                        text.remove(start);
                    }
                }
                for to in to.drain(..) {
                    self.letters.lock().unwrap().push(Received { to, text: text.clone() });
                }
                write.write_all(b"250 taken\r\n").await?;
            }
        }
    }

    fn judge(&self, address: &str, to: &mut Vec<String>) -> &'static str {
        if address.starts_with("dead") {
            return "550 5.1.1 no such user";
        }
        let mut refused = self.refused.lock().unwrap();
        if address.starts_with("busy") && !refused.iter().any(|known| known == address) {
            refused.push(address.to_owned());
            return "451 later";
        }
        to.push(address.to_owned());
        "250 ok"
    }
}
