//! One connection: requests read, answers written, faults included.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::State;
use super::reply::{Delivery, Reply};
use super::seen::Seen;

/// Serves until the other side has enough or a fault ends it.
pub(super) async fn serve(stream: TcpStream, state: &State) {
    let mut stream = BufReader::new(stream);
    while let Ok(Some(seen)) = read(&mut stream, state).await {
        let fault = *state.fault.lock().unwrap();
        let reply = match fault {
            Some(fault) => fault.reply(&seen.target),
            None => state.routes.lock().unwrap().answer(&seen).to(&seen),
        };
        state.log.lock().unwrap().push(seen);
        if !write(stream.get_mut(), &reply, state).await.unwrap_or(false) {
            return;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>, state: &State) -> io::Result<Option<Seen>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            // Whoever begins a secure conversation is hung up on.
            Ok(0x16) if head.is_empty() => return Ok(None),
            Ok(byte) if head.len() < 64 << 10 => head.push(byte),
            _ => return Ok(None),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap_or(0))];
    stream.read_exact(&mut body).await?;
    let body = String::from_utf8_lossy(&body).into_owned();
    let at = (state.now)();
    Ok(Some(Seen { at, method: method.to_owned(), target: target.to_owned(), headers, body }))
}

/// Says whether the connection goes on.
async fn write(stream: &mut TcpStream, reply: &Reply, state: &State) -> io::Result<bool> {
    let bodiless = matches!(reply.status, 204 | 304);
    match reply.delivery {
        Delivery::Whole => {
            let length = if bodiless { String::new() } else { format!("content-length: {}\r\n", reply.body.len()) };
            send(stream, head(reply, &length).as_bytes()).await?;
            counted(stream, &reply.body, state).await?;
            return Ok(true);
        }
        Delivery::Chunked => {
            send(stream, head(reply, "transfer-encoding: chunked\r\n").as_bytes()).await?;
            for piece in reply.body.chunks(1_000) {
                chunk(stream, piece, state).await?;
            }
            send(stream, b"0\r\n\r\n").await?;
            return Ok(true);
        }
        Delivery::CutAfter(bytes) => {
            send(stream, head(reply, &format!("content-length: {}\r\n", reply.body.len())).as_bytes()).await?;
            counted(stream, &reply.body[..bytes.min(reply.body.len())], state).await?;
        }
        Delivery::ChunksCut => {
            send(stream, head(reply, "transfer-encoding: chunked\r\n").as_bytes()).await?;
            chunk(stream, &reply.body, state).await?;
        }
        Delivery::Drip(pause) => {
            send(stream, head(reply, &format!("content-length: {}\r\n", reply.body.len())).as_bytes()).await?;
            for byte in &reply.body {
                counted(stream, &[*byte], state).await?;
                tokio::time::sleep(pause).await;
            }
        }
        Delivery::Endless => {
            send(stream, head(reply, "transfer-encoding: chunked\r\n").as_bytes()).await?;
            loop {
                chunk(stream, &reply.body, state).await?;
            }
        }
        Delivery::Announced(length) => {
            send(stream, head(reply, &format!("content-length: {length}\r\n")).as_bytes()).await?;
            counted(stream, &reply.body, state).await?;
            std::future::pending::<()>().await;
        }
        Delivery::Reset => stream.set_zero_linger()?,
        Delivery::Hangup => {}
        Delivery::Silence => std::future::pending::<()>().await,
        Delivery::Raw => send(stream, &reply.body).await?,
    }
    Ok(false)
}

fn head(reply: &Reply, framing: &str) -> String {
    let mut head = format!("HTTP/1.1 {} Told\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head + framing + "\r\n"
}

async fn chunk(stream: &mut TcpStream, piece: &[u8], state: &State) -> io::Result<()> {
    send(stream, format!("{:x}\r\n", piece.len()).as_bytes()).await?;
    counted(stream, piece, state).await?;
    send(stream, b"\r\n").await
}

async fn counted(stream: &mut TcpStream, bytes: &[u8], state: &State) -> io::Result<()> {
    send(stream, bytes).await?;
    *state.sent.lock().unwrap() += bytes.len() as u64;
    Ok(())
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}
