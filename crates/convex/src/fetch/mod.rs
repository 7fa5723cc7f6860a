//! Asking providers over the network, and nothing else there: quotas, pauses, conditional requests, retries, the archive.
//!
//! A [`Fetcher`] takes a request that a source made, sends it if it may, has the answer read, and keeps it. What it
//! returns is either observations or a [`Failure`](convex_sources::Failure) with a class. It goes only to the provider's
//! own hosts or to the address configured in their place.

mod address;
mod answer;
mod asking;
mod backoff;
mod breaker;
mod client;
mod exchange;
mod fetcher;
mod host;
mod key;
mod network;
mod quota;
mod record;
mod reread;
mod retry_after;
mod tidy;

pub use answer::{Answer, FetchError, Fetched};
pub use backoff::Jitter;
pub use fetcher::Fetcher;
pub(crate) use quota::calendar as calendar_span;
pub use reread::{archived_request, reread};
pub use tidy::tidy_archive;
