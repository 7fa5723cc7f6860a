//! Addresses as they are kept: one spelling each, nothing in them that could end a header.

use lettre::Address;

/// Why a text is not an address that can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Nothing was typed.
    #[error("write an address like name@example.org")]
    Empty,
    /// Longer than any address can be.
    #[error("an address has at most 254 characters")]
    TooLong,
    /// Not of the form name@host.
    #[error("this is not an address like name@example.org")]
    Form,
}

/// The one spelling of an address: its host in lower case and ASCII, the rest as typed.
pub fn normalised(typed: &str) -> Result<String, BadAddress> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(BadAddress::Empty);
    }
    if typed.len() > 254 {
        return Err(BadAddress::TooLong);
    }
    let (name, host) = typed.rsplit_once('@').ok_or(BadAddress::Form)?;
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && !"<>()[]\\,;:\"@".contains(c);
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_plain) {
        return Err(BadAddress::Form);
    }
    // The list of hosts and their spelling in ASCII are those of addresses on the web.
    let Ok(url::Host::Domain(host)) = url::Host::parse(host) else { return Err(BadAddress::Form) };
    if !host.contains('.') || host.ends_with('.') {
        return Err(BadAddress::Form);
    }
    let address = Address::new(name, &host).map_err(|_| BadAddress::Form)?.to_string();
    if address.len() > 254 { Err(BadAddress::TooLong) } else { Ok(address) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_have_one_spelling() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(normalised(typed).ok().as_deref(), expected, "{typed:?}");
        };
        check(" Ann.Lee+x@Example.ORG ", Some("Ann.Lee+x@example.org"));
        check("jörg@münchen.example", Some("jörg@xn--mnchen-3ya.example"));
        check("用户@例子.广告", Some("用户@xn--fsqu00a.xn--4rr70v"));
        for bad in [
            "",
            "a",
            "@b.c",
            "a@",
            "a@b",
            "a@localhost",
            "a b@c.d",
            "a@b.c\r\nBcc: x@y.z",
            "a\r\n@b.c",
            "a@127.0.0.1",
            "<a@b.c>",
            "a@b.c,d@e.f",
            "a@b..c",
            "\"a\"@b.c",
            "a@[1.2.3.4]",
            "a\u{0}@b.c",
        ] {
            check(bad, None);
        }
        assert_eq!(normalised(&format!("{}@b.c", "x".repeat(1 << 20))), Err(BadAddress::TooLong));
    }

    proptest! {
        #[test]
        fn nothing_that_is_kept_can_end_a_line(typed in "\\PC{0,40}@\\PC{0,40}") {
            if let Ok(kept) = normalised(&typed) {
                prop_assert!(!kept.contains(['\r', '\n', '<', '>', ',', ' ']));
                prop_assert_eq!(normalised(&kept), Ok(kept.clone()));
            }
        }
    }
}
