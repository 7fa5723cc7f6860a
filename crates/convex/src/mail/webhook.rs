//! Alerts to other programs: signed, to public addresses alone.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::redirect;
use url::Url;

use super::Failure;
use super::sign::signed;

const PATIENCE: Duration = Duration::from_secs(15);

/// Why nothing is sent to an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// It cannot be read, or is of another kind.
    #[error("write an address like https://host/path, at most 500 characters, without a name or password in it")]
    Form,
    /// It leads into a private network.
    #[error("the address leads into a private network")]
    Private,
}

/// The address of a webhook, if it can be one. Where its name leads is looked at again whenever something is sent.
pub fn check_target(text: &str, allow_private: bool) -> Result<Url, BadTarget> {
    if text.len() > 500 {
        return Err(BadTarget::Form);
    }
    let url = Url::parse(text.trim()).map_err(|_| BadTarget::Form)?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !(matches!(url.scheme(), "https" | "http") && is_plain) {
        return Err(BadTarget::Form);
    }
    let address = match url.host() {
        Some(url::Host::Domain(_)) => None,
        Some(url::Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(url::Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        None => return Err(BadTarget::Form),
    };
    if !allow_private && address.is_some_and(is_private) {
        return Err(BadTarget::Private);
    }
    Ok(url)
}

/// Whether an address belongs to this machine, a local network, or no host at all.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            four.is_private()
                || four.is_loopback()
                || four.is_link_local()
                || four.is_multicast()
                || four.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19))
        }
        IpAddr::V6(six) => {
            let parts = six.segments();
            let within = |four: [u16; 2]| {
                let [a, b] = four[0].to_be_bytes();
                let [c, d] = four[1].to_be_bytes();
                is_private(IpAddr::from([a, b, c, d]))
            };
            // Addresses of the older kind written in the newer form lead where the older one does.
            let is_carrier = parts[0] == 0x2002 && within([parts[1], parts[2]]);
            let is_mapped = (six.to_ipv4_mapped().is_some() || parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0])
                && within([parts[6], parts[7]]);
            six.is_loopback()
                || six.is_unspecified()
                || six.is_multicast()
                || parts[0] & 0xfe00 == 0xfc00
                || parts[0] & 0xffc0 == 0xfe80
                || parts[0] & 0xffc0 == 0xfec0
                || (parts[0] == 0x2001 && parts[1] == 0xdb8)
                || Ipv6Addr::from(six.octets())
                    .to_ipv4()
                    .is_some_and(|four| parts[..6] == [0; 6] && is_private(four.into()))
                || is_carrier
                || is_mapped
        }
    }
}

/// The signature of a body at an instant: what the receiver computes with the key it was shown.
pub(super) fn signature(key: &str, now: Timestamp, body: &str) -> String {
    let hex = signed(key.as_bytes(), format!("{}.{body}", now.as_second()).as_bytes());
    format!("t={},v1={hex}", now.as_second())
}

/// Sends a body to an address: the name is resolved once, judged, and asked at the very address that was judged.
pub(super) async fn send(
    target: &str,
    key: &str,
    body: &str,
    now: Timestamp,
    allow_private: bool,
) -> Result<(), Failure> {
    let failed = |words: String, is_final: bool| Failure { words, is_final, is_bounce: false, is_connected: true };
    let url = check_target(target, allow_private).map_err(|error| failed(error.to_string(), true))?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().unwrap_or(443);
    let found = tokio::net::lookup_host((host.as_str(), port)).await;
    let found: Vec<SocketAddr> =
        found.map_err(|_| failed("the host’s name does not resolve".to_owned(), false))?.collect();
    if !allow_private && found.iter().any(|address| is_private(address.ip())) {
        return Err(failed(BadTarget::Private.to_string(), true));
    }
    let Some(first) = found.first() else { return Err(failed("the host’s name does not resolve".to_owned(), false)) };
    let client = reqwest::Client::builder()
        .user_agent(concat!("convex/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .resolve(&host, *first)
        .build()
        .map_err(|error| failed(error.to_string(), false))?;
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .header("x-convex-signature", signature(key, now, body))
        .body(body.to_owned());
    // An address may hold a secret of the receiver; what is kept of a failure names none.
    let answer = request.send().await.map_err(|error| failed(error.without_url().to_string(), false))?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        status => Err(failed(format!("answered {status}"), status == reqwest::StatusCode::GONE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        for target in [
            "http://127.0.0.1/x",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://10.1.2.3/",
            "http://192.168.1.1/",
            "http://172.16.0.9/",
            "http://169.254.169.254/latest",
            "http://0.0.0.0/",
            "http://100.64.1.1/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[::127.0.0.1]/",
            "http://255.255.255.255/",
            "http://224.0.0.1/",
        ] {
            assert_eq!(check_target(target, false), Err(BadTarget::Private), "{target}");
            assert!(check_target(target, true).is_ok());
        }
        for target in ["ftp://a.example/", "https://u:p@a.example/", "nonsense", "file:///etc/passwd", "javascript:1"] {
            assert_eq!(check_target(target, false), Err(BadTarget::Form), "{target}");
        }
        assert!(check_target("https://hooks.example/a?b=c", false).is_ok());
        assert!(check_target("http://8.8.8.8/", false).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_refused_when_it_is_asked() {
        let refused = send("http://localhost:9/", "k", "{}", Timestamp::UNIX_EPOCH, false).await.unwrap_err();
        assert_eq!((refused.words.as_str(), refused.is_final), ("the address leads into a private network", true));
    }

    #[test]
    fn the_signature_is_that_of_rfc_2104() {
        // Computed with Python's hmac: hmac.new(b"key", b"1.{}", "sha256").hexdigest()
        let expected = "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224";
        assert_eq!(signature("key", Timestamp::from_second(1).unwrap(), "{}"), expected);
    }
}
