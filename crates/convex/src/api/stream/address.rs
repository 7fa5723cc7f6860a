//! Whose stream it is, for the bound on streams from one address.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// The address of the one who asks: of the connection, or what a proxy on this machine says of the one behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) IpAddr);

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
        Ok(Self(if peer.is_loopback() { forwarded(&parts.headers).unwrap_or(peer) } else { peer }))
    }
}

/// The last address of `X-Forwarded-For`: the one the nearest proxy saw itself.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[tokio::test]
    async fn a_proxy_on_this_machine_is_believed_and_no_other() {
        let check = async |peer: &str, forwarded: Option<&str>, expected: &str| {
            let mut request = Request::get("/");
            if let Some(forwarded) = forwarded {
                request = request.header("x-forwarded-for", forwarded);
            }
            let (mut parts, ()) = request.body(()).unwrap().into_parts();
            parts.extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            let found = Address::from_request_parts(&mut parts, &()).await.unwrap();
            assert_eq!(found.0.to_string(), expected, "{peer} {forwarded:?}");
        };
        check("192.0.2.7:5", None, "192.0.2.7").await;
        check("192.0.2.7:5", Some("198.51.100.1"), "192.0.2.7").await;
        check("127.0.0.1:5", None, "127.0.0.1").await;
        check("127.0.0.1:5", Some("203.0.113.9, 198.51.100.1"), "198.51.100.1").await;
        check("[::1]:5", Some("2001:db8::1"), "2001:db8::1").await;
        check("127.0.0.1:5", Some("unknown"), "127.0.0.1").await;
    }
}
