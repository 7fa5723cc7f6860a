//! How a provider may be asked, and what it is good for.

use std::time::Duration;

/// The terms of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What it serves, in a few words for the table of sources.
    pub serves: &'static str,
    /// Where its terms are to be read.
    pub terms: &'static str,
    /// Whether it wants a key.
    pub key: KeyNeed,
    /// Requests it allows without a key.
    pub keyless: Quota,
    /// Requests it allows with one.
    pub keyed: Quota,
    /// Series that one request can ask for.
    pub batch: usize,
    /// Time for a whole answer.
    pub timeout: Duration,
    /// Largest answer, in bytes after decompression.
    pub max_bytes: u64,
    /// Whether HTTP/2 is known to fail there.
    pub http1_only: bool,
    /// Shortest time between two looks at a value within the day; `None` where there are none.
    pub quote_every: Option<Duration>,
}

/// Whether a provider wants a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyNeed {
    /// There is none.
    None,
    /// One opens more.
    Optional,
    /// Nothing without one.
    Required,
}

impl KeyNeed {
    /// The words of the table of sources.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Optional => "optional",
            Self::Required => "needed",
        }
    }
}

/// Requests a provider allows; `None` where no limit is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quota {
    /// In any second.
    pub per_second: Option<u32>,
    /// In any minute.
    pub per_minute: Option<u32>,
    /// In any hour.
    pub per_hour: Option<u32>,
    /// From midnight to midnight UTC.
    pub per_day: Option<u32>,
    /// In a calendar month UTC.
    pub per_month: Option<u32>,
}

impl Quota {
    /// No limit known.
    pub const UNLIMITED: Self =
        Self { per_second: None, per_minute: None, per_hour: None, per_day: None, per_month: None };

    /// The limit of a window.
    pub fn limit(&self, window: Window) -> Option<u32> {
        match window {
            Window::Second => self.per_second,
            Window::Minute => self.per_minute,
            Window::Hour => self.per_hour,
            Window::Day => self.per_day,
            Window::Month => self.per_month,
        }
    }
}

/// A span for which requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Window {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day, UTC.
    Day,
    /// A calendar month, UTC.
    Month,
}

impl Window {
    /// All, shortest first.
    pub const ALL: [Self; 5] = [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Month];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}
