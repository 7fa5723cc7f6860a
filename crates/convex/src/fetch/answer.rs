//! What fetching brings.

use convex_sources::{Failure, Parsed};
use convex_store::{PayloadId, StoreError, Validator};
use jiff::{SignedDuration, Timestamp};

/// A good answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Something to take in.
    Fetched(Box<Fetched>),
    /// The provider says that nothing has changed since the answer that was last taken in.
    NotModified {
        /// That answer.
        payload: PayloadId,
        /// When the provider said so.
        received: Timestamp,
    },
}

impl Answer {
    /// What there is to take in; `None` if nothing has changed.
    pub fn fetched(self) -> Option<Fetched> {
        match self {
            Self::Fetched(fetched) => Some(*fetched),
            Self::NotModified { .. } => None,
        }
    }
}

/// An answer that was read, and archived.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// What it says.
    pub parsed: Parsed,
    /// Where it is archived.
    pub payload: PayloadId,
    /// HTTP status.
    pub status: u16,
    /// Content type as given.
    pub content_type: Option<String>,
    /// When it came.
    pub received: Timestamp,
    /// How far the provider's clock is ahead of ours, by its `Date`.
    pub clock_ahead: Option<SignedDuration>,
    /// What to remember once it has been taken in: see [`Fetcher::confirm`](super::Fetcher::confirm).
    pub(super) validator: Option<Validator>,
    /// The address it came from, without a key.
    pub(super) url: String,
    /// Who sent it.
    pub(super) provider: &'static str,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The provider gave nothing.
    #[error("{0}")]
    Failed(#[from] Failure),
    /// Our own database refused. The provider is not to blame, and nothing is recorded about it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FetchError {
    /// The provider's failure, if it is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            Self::Store(_) => None,
        }
    }
}

/// Why an asking ended, with when it may help to ask again.
#[derive(Debug)]
pub(super) enum Stop {
    Failed { failure: Failure, until: Option<Timestamp> },
    Store(StoreError),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed { failure, until: None }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
