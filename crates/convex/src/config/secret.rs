//! A key, which nothing prints.

use std::fmt;

/// A key of a provider. It is shown as `***` everywhere; only the fetcher opens it, on the way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands for a key wherever one would be shown.
pub const REDACTED: &str = "***";

impl Secret {
    /// Takes a key as it stands in a file or a variable. Spaces around it are not part of it.
    ///
    /// # Errors
    /// Says what is wrong with it, without saying what it is.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("is empty");
        }
        if text.lines().count() > 1 {
            return Err("holds more than one line");
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("holds characters that no key has");
        }
        Ok(Self(text.to_owned()))
    }

    /// The key itself. Whoever calls this must not keep, log or archive what it returns.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_never_shown() {
        let key = Secret::new(" abcdef0123456789\n").unwrap();
        assert_eq!(key.reveal(), "abcdef0123456789");
        assert_eq!(format!("{key} {key:?} {:?}", Some(&key)), "*** *** Some(***)");
    }

    #[test]
    fn what_is_no_key_is_refused_without_repeating_it() {
        let check = |text: &str, expected: &str| assert_eq!(Secret::new(text).unwrap_err(), expected, "{text:?}");
        check("  \n", "is empty");
        check("one\ntwo", "holds more than one line");
        check("with space", "holds characters that no key has");
        check("schlüssel", "holds characters that no key has");
    }
}
