//! What a provider answered.

use std::time::Duration;

use jiff::Timestamp;

use crate::{Failure, Kind};

/// An answer, whole and decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload<'a> {
    /// HTTP status.
    pub status: u16,
    /// Content type as given.
    pub content_type: Option<&'a str>,
    /// `Retry-After`, as a time to wait.
    pub retry_after: Option<Duration>,
    /// The body, after any compression.
    pub body: &'a [u8],
    /// When it came.
    pub received: Timestamp,
}

impl<'a> Payload<'a> {
    /// A successful answer without headers, as tests and archives have them.
    pub fn ok(body: &'a [u8], received: Timestamp) -> Self {
        Self { status: 200, content_type: None, retry_after: None, body, received }
    }

    /// The body as text, if the answer can be one of the kind expected: judges the status, then the first bytes.
    ///
    /// A provider whose errors stand in the body of another status looks at them before it calls this.
    ///
    /// # Errors
    /// What the status says ([`Failure::of_status`]), or [`Failure::WrongKind`], [`Failure::Empty`] for no bytes,
    /// [`Failure::Malformed`] for bytes that are not UTF-8.
    pub fn text(&self, expected: Kind) -> Result<&'a str, Failure> {
        if let Some(failure) = Failure::of_status(self.status, self.retry_after, self.body) {
            return Err(failure);
        }
        self.text_of_any_status(expected)
    }

    /// As [`Self::text`], whatever the status.
    ///
    /// # Errors
    /// As [`Self::text`], without those of the status.
    pub fn text_of_any_status(&self, expected: Kind) -> Result<&'a str, Failure> {
        match Kind::of(self.body) {
            None => Err(Failure::Empty),
            Some(found) if found != expected => Err(Failure::wrong_kind(expected, found, self.body)),
            Some(_) => std::str::from_utf8(self.body)
                .map(|text| text.trim_start_matches('\u{feff}'))
                .map_err(|error| Failure::malformed(format!("byte {} is not UTF-8", error.valid_up_to()))),
        }
    }
}
