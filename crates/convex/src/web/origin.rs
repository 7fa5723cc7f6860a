//! Where this site is found: what stands before the path in addresses that others keep.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::desk::Desk;

/// Scheme and host without a slash at the end, empty if nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin(pub(super) String);

impl FromRequestParts<Arc<Desk>> for Origin {
    type Rejection = Infallible;

    /// The address the operator gave the site, else the host the visitor asked.
    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Infallible> {
        if let Some(address) = desk.public_url() {
            return Ok(Self(address.to_owned()));
        }
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| parts.uri.authority().map(axum::http::uri::Authority::as_str));
        Ok(Self(host.filter(|host| is_host(host)).map(|host| format!("http://{host}")).unwrap_or_default()))
    }
}

/// Whether a text a visitor sent can be the name of a host, with or without a port.
fn is_host(text: &str) -> bool {
    let is_tame = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    !text.is_empty() && text.len() <= 255 && text.bytes().all(is_tame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_are_hosts() {
        for host in ["convex.example", "127.0.0.1:8080", "[::1]:80", "localhost"] {
            assert!(is_host(host), "{host}");
        }
        for other in ["", "a/b", "a\"b", "a b", "a<script>"] {
            assert!(!is_host(other), "{other}");
        }
    }
}
