//! Addresses that stand in mails.

use convex_store::Subscriber;
use jiff::Timestamp;

use super::{Purpose, Token};

/// Makes the addresses of one site.
#[derive(Clone)]
pub struct Links {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// Key of the signatures.
    pub key: Vec<u8>,
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "links of {}", self.origin)
    }
}

impl Links {
    /// The signed text of a link for a reader.
    pub fn token(&self, reader: &Subscriber, purpose: Purpose, now: Timestamp) -> String {
        let until = now.saturating_add(purpose.life()).unwrap_or(Timestamp::MAX);
        let token = Token { purpose, subscriber: reader.id, generation: reader.generation, until };
        token.signed(&self.key, &reader.address)
    }

    /// Where a reader says yes.
    pub fn confirm(&self, reader: &Subscriber, now: Timestamp) -> String {
        format!("{}/confirm/{}", self.origin, self.token(reader, Purpose::Confirm, now))
    }

    /// Where a reader changes what they chose.
    pub fn manage(&self, reader: &Subscriber, now: Timestamp) -> String {
        format!("{}/manage/{}", self.origin, self.token(reader, Purpose::Manage, now))
    }

    /// Where a reader ends it: by hand, and by one click of their mail program.
    pub fn unsubscribe(&self, reader: &Subscriber, now: Timestamp) -> String {
        format!("{}/unsubscribe/{}", self.origin, self.token(reader, Purpose::Unsubscribe, now))
    }
}
