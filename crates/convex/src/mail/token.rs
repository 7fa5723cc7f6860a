//! What a link in a mail carries: for whom, for what, until when, signed with a key of the database.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use super::sign::keyed;

/// Bytes of a token before its signature.
const PAYLOAD: usize = 26;
/// Bytes of the signature.
const SIGNATURE: usize = 16;
/// First byte: the form of what follows.
const FORM: u8 = 1;

/// What a link is good for. A link for one thing does nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Saying yes to mail.
    Confirm,
    /// Seeing and changing what was chosen.
    Manage,
    /// Ending it.
    Unsubscribe,
}

/// A link's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is good for.
    pub purpose: Purpose,
    /// Whose it is.
    pub subscriber: i64,
    /// The generation of the reader's links it belongs to.
    pub generation: i64,
    /// Until when.
    pub until: Timestamp,
}

/// Why a link does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// It was not made here, or not for this.
    #[error("this link was not made by this site")]
    Forged,
    /// Its time is over.
    #[error("this link has expired")]
    Expired,
}

impl Purpose {
    fn byte(self) -> u8 {
        match self {
            Self::Confirm => 1,
            Self::Manage => 2,
            Self::Unsubscribe => 3,
        }
    }

    /// How long its links live.
    pub fn life(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Confirm => 48,
            Self::Manage => 24 * 90,
            // A mail that lies about for a year can still be answered with a no.
            Self::Unsubscribe => 24 * 400,
        })
    }
}

impl Token {
    /// The text that stands in an address. The owner's address is signed with it, so that it is good for nobody else.
    pub fn signed(&self, key: &[u8], address: &str) -> String {
        let mut bytes = Vec::with_capacity(PAYLOAD + SIGNATURE);
        bytes.extend([FORM, self.purpose.byte()]);
        for number in [self.subscriber, self.generation, self.until.as_second()] {
            bytes.extend(number.to_be_bytes());
        }
        let signature = mac(key, &bytes, address).finalize().into_bytes();
        bytes.extend(&signature[..SIGNATURE]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The number of the reader a link claims to be for; nothing is checked yet.
    pub fn claimed(text: &str) -> Result<i64, BadToken> {
        let bytes = bytes(text)?;
        Ok(number(&bytes[2..10]))
    }

    /// Reads a link that should be for this.
    pub fn read(text: &str, key: &[u8], address: &str, purpose: Purpose, now: Timestamp) -> Result<Self, BadToken> {
        let bytes = bytes(text)?;
        let (payload, signature) = bytes.split_at(PAYLOAD);
        mac(key, payload, address).verify_truncated_left(signature).map_err(|_| BadToken::Forged)?;
        if payload[1] != purpose.byte() {
            return Err(BadToken::Forged);
        }
        let until = Timestamp::from_second(number(&payload[18..26])).map_err(|_| BadToken::Forged)?;
        if until < now {
            return Err(BadToken::Expired);
        }
        Ok(Self { purpose, subscriber: number(&payload[2..10]), generation: number(&payload[10..18]), until })
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, BadToken> {
    if text.len() > 64 {
        return Err(BadToken::Forged);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken::Forged)?;
    if bytes.len() == PAYLOAD + SIGNATURE && bytes[0] == FORM { Ok(bytes) } else { Err(BadToken::Forged) }
}

fn number(bytes: &[u8]) -> i64 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | i64::from(*byte))
}

fn mac(key: &[u8], payload: &[u8], address: &str) -> Hmac<Sha256> {
    let mut mac = keyed(key);
    mac.update(payload);
    mac.update(address.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &[u8] = b"a key of thirty-two bytes, or so";

    fn token(purpose: Purpose) -> Token {
        Token { purpose, subscriber: 7, generation: 3, until: Timestamp::from_second(1_000).unwrap() }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_link_is_good_for_one_thing_one_reader_and_a_while() {
        let text = token(Purpose::Unsubscribe).signed(KEY, "a@b.c");
        let read = |key, address, purpose, now| Token::read(&text, key, address, purpose, at(now));
        assert_eq!(read(KEY, "a@b.c", Purpose::Unsubscribe, 1_000), Ok(token(Purpose::Unsubscribe)));
        assert_eq!(read(KEY, "a@b.c", Purpose::Unsubscribe, 1_001), Err(BadToken::Expired));
        assert_eq!(read(KEY, "a@b.c", Purpose::Confirm, 9), Err(BadToken::Forged), "swapped purpose");
        assert_eq!(read(KEY, "x@b.c", Purpose::Unsubscribe, 9), Err(BadToken::Forged), "another’s");
        assert_eq!(read(b"another key", "a@b.c", Purpose::Unsubscribe, 9), Err(BadToken::Forged));
        assert_eq!(Token::claimed(&text), Ok(7));
    }

    #[test]
    fn any_change_of_a_letter_breaks_it() {
        let text = token(Purpose::Manage).signed(KEY, "a@b.c");
        for at_letter in 0..text.len() {
            let mut letters: Vec<u8> = text.bytes().collect();
            letters[at_letter] = if letters[at_letter] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(letters).unwrap();
            assert!(Token::read(&changed, KEY, "a@b.c", Purpose::Manage, at(9)).is_err(), "{at_letter}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_token_by_chance(text in "\\PC{0,80}") {
            prop_assert!(Token::read(&text, KEY, "a@b.c", Purpose::Confirm, at(0)).is_err());
            let _ = Token::claimed(&text);
        }
    }
}
