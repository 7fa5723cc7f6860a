//! Providers that are listened to.

use std::time::Duration;

use convex_core::catalog::Provider;
use jiff::Timestamp;

use crate::{Failure, Quote};

/// A conversation over one WebSocket connection, without the connection: what to say, and what is heard. A new
/// connection gets a new feed.
pub trait Feed: std::fmt::Debug + Send {
    /// Which provider it is.
    fn provider(&self) -> Provider;

    /// Where to connect: `wss://host/path`.
    fn url(&self) -> &'static str;

    /// What to say first.
    fn hello(&self) -> Vec<String>;

    /// Reads one text message. `at` is when it came.
    ///
    /// # Errors
    /// What ends the conversation: a gap in the numbering, a refusal, a message that cannot be read.
    fn read(&mut self, message: &str, at: Timestamp) -> Result<Heard, Failure>;

    /// Silence after which the connection counts as dead.
    fn patience(&self) -> Duration;
}

/// What a message brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// Values, oldest first.
    pub quotes: Vec<Quote>,
    /// What to answer.
    pub reply: Option<String>,
}
