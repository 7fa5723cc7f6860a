//! A provider on this machine: it plays a part for each connection that comes, and says what it heard.

use std::sync::Arc;
use std::time::Duration;

use convex::config::BaseUrl;
use convex::live::{MakeFeed, Speaker};
use convex_core::catalog::Provider;
use convex_sources::{Failure, Feed, Heard, Quote};
use futures_util::{SinkExt, StreamExt};
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// What a provider does on one connection, in order. After the last step it is silent.
#[derive(Clone, Debug)]
pub enum Step {
    /// Says something.
    Say(String),
    /// Says something in bytes, frame and all, as they come.
    Raw(Vec<u8>),
    /// Asks whether anyone is there.
    Ping,
    /// Closes in good form.
    Close,
    /// Is gone.
    Cut,
    /// Answers the greeting of the protocol with this instead, and is gone.
    Refuse(&'static str),
}

/// Where it plays, and what it hears: texts, and `pong`.
pub struct Stage {
    pub address: String,
    pub heard: mpsc::UnboundedReceiver<String>,
}

/// Plays one part a connection, the last one again and again.
pub async fn play(parts: Vec<Vec<Step>>) -> Stage {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("ws://{}", listener.local_addr().unwrap());
    let (tell, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for at in 0.. {
            let (connection, _) = listener.accept().await.unwrap();
            let part = parts[usize::min(at, parts.len() - 1)].clone();
            tokio::spawn(perform(connection, part, tell.clone()));
        }
    });
    Stage { address, heard }
}

async fn perform(mut connection: TcpStream, part: Vec<Step>, tell: mpsc::UnboundedSender<String>) {
    if let Some(Step::Refuse(answer)) = part.first() {
        let mut request = [0; 1024];
        let _ = connection.read(&mut request).await;
        let _ = connection.write_all(answer.as_bytes()).await;
        return;
    }
    let Ok(mut socket) = tokio_tungstenite::accept_async(connection).await else { return };
    // Both greetings are read first: a connection that is closed with something unread is reset.
    for _ in 0..2 {
        let Some(Ok(Message::Text(text))) = socket.next().await else { return };
        let _ = tell.send(text.to_string());
    }
    for step in part {
        let done = match step {
            Step::Say(text) => socket.send(Message::text(text)).await.is_ok(),
            Step::Raw(bytes) => drip(&mut socket, &bytes).await,
            Step::Ping => socket.send(Message::Ping("there?".into())).await.is_ok(),
            Step::Close => socket.close(None).await.is_ok(),
            Step::Cut | Step::Refuse(_) => return,
        };
        if !done {
            return;
        }
    }
    while let Some(Ok(message)) = socket.next().await {
        let _ = match message {
            Message::Text(text) => tell.send(text.to_string()),
            Message::Pong(_) => tell.send("pong".to_owned()),
            _ => continue,
        };
    }
}

/// Byte by byte, each in a packet of its own if the network likes.
async fn drip(socket: &mut WebSocketStream<TcpStream>, bytes: &[u8]) -> bool {
    for byte in bytes {
        if socket.get_mut().write_all(&[*byte]).await.is_err() {
            return false;
        }
        tokio::task::yield_now().await;
    }
    true
}

/// One frame of text as it goes over the wire, from a server, with the length it claims.
pub fn frame(text: &[u8], claimed: usize) -> Vec<u8> {
    let length = match claimed {
        0..126 => vec![claimed as u8],
        126..0x1_0000 => [&[126][..], &(claimed as u16).to_be_bytes()].concat(),
        _ => [&[127][..], &(claimed as u64).to_be_bytes()].concat(),
    };
    [&[0x81][..], &length, text].concat()
}

/// A conversation in lines `number symbol value`. A number that does not follow the last is a gap.
#[derive(Debug)]
pub struct Numbers {
    provider: Provider,
    hello: String,
    patience: Duration,
    last: Option<u64>,
}

impl Feed for Numbers {
    fn provider(&self) -> Provider {
        self.provider
    }

    fn url(&self) -> &'static str {
        "wss://feed.invalid/numbers?all=1"
    }

    fn hello(&self) -> Vec<String> {
        vec![self.hello.clone(), "and more".to_owned()]
    }

    fn read(&mut self, message: &str, at: Timestamp) -> Result<Heard, Failure> {
        if message == "are you well?" {
            return Ok(Heard { reply: Some("very".to_owned()), ..Heard::default() });
        }
        let words: Vec<&str> = message.split(' ').collect();
        let [number, symbol, value] = words[..] else { return Err(Failure::malformed(message)) };
        let number: u64 = number.parse().map_err(|_| Failure::malformed(number))?;
        let value: f64 = value.parse().map_err(|_| Failure::malformed(value))?;
        if self.last.is_some_and(|last| number != last + 1) {
            return Err(Failure::malformed(format!("number {number} after {:?}", self.last)));
        }
        self.last = Some(number);
        let quote = Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 0 };
        Ok(Heard { quotes: vec![quote], reply: None })
    }

    fn patience(&self) -> Duration {
        self.patience
    }
}

/// Such conversations with Coinbase and Kraken.
pub fn numbers(patience: Duration) -> MakeFeed {
    Arc::new(move |provider, symbols| {
        let hello = format!("tell me of {}", symbols.join(" and "));
        matches!(provider, Provider::Coinbase | Provider::Kraken).then(|| {
            let feed: Box<dyn Feed> = Box::new(Numbers { provider, hello, patience, last: None });
            feed
        })
    })
}

pub fn speaker(provider: Provider, address: &str) -> Speaker {
    Speaker { provider, base: Some(BaseUrl::try_from(address.to_owned()).unwrap()) }
}

/// An address of this machine at which nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("ws://{}", listener.local_addr().unwrap())
}

pub fn say(number: u64, value: f64) -> Step {
    Step::Say(format!("{number} BTC-USD {value}"))
}
