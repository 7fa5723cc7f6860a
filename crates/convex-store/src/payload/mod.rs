//! Answers of providers, kept as they came, so that history can be read again by a better parser.

mod keep;
mod list;
mod prune;
mod read;

use std::fmt;

use convex_core::Day;
use jiff::Timestamp;

pub use list::Search;
pub use prune::Pruned;
pub use read::Archived;
pub(crate) use read::damaged_payloads;

/// Number of an archived answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayloadId(i64);

impl PayloadId {
    /// The answer of that number, as rows and addresses spell it.
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for PayloadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An answer to keep. Nothing in it may hold a key.
#[derive(Clone, Copy, Debug)]
pub struct NewPayload<'a> {
    /// Who answered.
    pub provider: &'a str,
    /// What was asked for, as a word.
    pub purpose: &'a str,
    /// First day of interest, where not everything was asked for.
    pub since: Option<Day>,
    /// The provider's own names of the series it can hold.
    pub symbols: &'a [String],
    /// Method of the request.
    pub method: &'a str,
    /// The provider's own address.
    pub url: &'a str,
    /// The base address it was fetched from instead.
    pub via: Option<&'a str>,
    /// Body of the request.
    pub request_body: Option<&'a str>,
    /// When it came.
    pub fetched_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Content type as given.
    pub content_type: Option<&'a str>,
    /// Class of failure; `None` if it was good.
    pub failure: Option<&'a str>,
    /// The body, decoded.
    pub body: &'a [u8],
}

/// What is known of an archived answer without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadSummary {
    /// Its number.
    pub id: PayloadId,
    /// Who answered.
    pub provider: String,
    /// What was asked for, as a word.
    pub purpose: String,
    /// First day of interest.
    pub since: Option<Day>,
    /// The provider's own names of the series it can hold.
    pub symbols: Vec<String>,
    /// Method of the request.
    pub method: String,
    /// The provider's own address.
    pub url: String,
    /// The base address it was fetched from instead.
    pub via: Option<String>,
    /// Body of the request.
    pub request_body: Option<String>,
    /// When it came.
    pub fetched_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Content type as given.
    pub content_type: Option<String>,
    /// Class of failure; `None` if it was good.
    pub failure: Option<String>,
    /// Bytes of the body.
    pub length: u64,
    /// SHA-256 of the body.
    pub sha256: [u8; 32],
}
