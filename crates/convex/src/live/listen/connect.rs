//! One WebSocket connection: where to, and what can go wrong.

use std::io;
use std::time::Duration;

use convex_sources::{Failure, Network};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error, ProtocolError};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};
use url::Url;

use crate::config::BaseUrl;

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Time for name, connection, TLS and greeting together.
const TO_CONNECT: Duration = Duration::from_secs(10);
/// Largest message: what is subscribed to comes in far smaller ones.
const LARGEST: usize = 1 << 20;

/// Connects to a feed's address, or to the same path at `base`.
pub(super) async fn connect(address: &str, base: Option<&BaseUrl>) -> Result<Socket, Failure> {
    let address = replaced(address, base).ok_or_else(|| Failure::malformed(format!("address {address}")))?;
    let mut request = address.as_str().into_client_request().map_err(|error| failure_of(&error))?;
    let agent = concat!("convex/", env!("CARGO_PKG_VERSION"));
    request.headers_mut().insert("user-agent", HeaderValue::from_static(agent));
    let config = WebSocketConfig::default()
        .read_buffer_size(16 << 10)
        .write_buffer_size(0)
        .max_message_size(Some(LARGEST))
        .max_frame_size(Some(LARGEST));
    match timeout(TO_CONNECT, connect_async_with_config(request, Some(config), true)).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => Err(failure_of(&error)),
        Err(_) => Err(Failure::Network(Network::TimedOut)),
    }
}

/// The address, or its path and query at `base`, over a socket.
fn replaced(address: &str, base: Option<&BaseUrl>) -> Option<Url> {
    let address = Url::parse(address).ok()?;
    let mut url = base.map_or_else(|| address.clone(), |base| base.carry(&address));
    let scheme = match url.scheme() {
        "https" | "wss" => "wss",
        _ => "ws",
    };
    url.set_scheme(scheme).ok()?;
    Some(url)
}

/// The class of what went wrong on a socket.
pub(super) fn failure_of(error: &Error) -> Failure {
    match error {
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake | ProtocolError::HandshakeIncomplete) => {
            Failure::Network(Network::CutOff)
        }
        Error::Io(error) => Failure::Network(of_io(error)),
        Error::Tls(_) => Failure::Network(Network::Tls),
        Error::Capacity(CapacityError::MessageTooLong { .. }) => Failure::TooLarge { limit: LARGEST as u64 },
        Error::Http(response) => {
            let seconds = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
            let body = response.body().as_deref().unwrap_or_default();
            Failure::of_status(response.status().as_u16(), seconds.map(Duration::from_secs), body)
                .unwrap_or(Failure::Network(Network::Protocol))
        }
        Error::Url(_) => Failure::malformed(error.to_string()),
        _ => Failure::Network(Network::Protocol),
    }
}

fn of_io(error: &io::Error) -> Network {
    // Names that do not resolve have no kind of error of their own.
    let words = error.to_string();
    match error.kind() {
        io::ErrorKind::TimedOut => Network::TimedOut,
        _ if words.contains("lookup address") || words.contains("resolve") => Network::Name,
        io::ErrorKind::InvalidData => Network::Tls,
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe => Network::CutOff,
        _ => Network::Connect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_host_keeps_the_path() {
        let check = |base: &str, expected: &str| {
            let base = BaseUrl::try_from(base.to_owned()).unwrap();
            let found = replaced("wss://ws.kraken.com/v2?x=1", Some(&base)).unwrap();
            assert_eq!(found.as_str(), expected, "{base}");
        };
        check("ws://127.0.0.1:9001", "ws://127.0.0.1:9001/v2?x=1");
        check("http://[::1]:9001/", "ws://[::1]:9001/v2?x=1");
        check("https://mirror.example/kraken", "wss://mirror.example/kraken/v2?x=1");
        assert_eq!(replaced("wss://ws.kraken.com/v2", None).unwrap().as_str(), "wss://ws.kraken.com/v2");
    }
}
