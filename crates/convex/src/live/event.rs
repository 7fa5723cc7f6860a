//! What happens while pages are open: a closed set.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use convex_core::Day;

use super::LiveValue;

/// Something a reader may want to know at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A series has new closes.
    SeriesChanged {
        /// The series.
        series: Arc<str>,
        /// Its version, as the store counts.
        version: i64,
        /// Its last day.
        day: Day,
        /// The close of that day.
        value: f64,
    },
    /// A value within the day.
    Quoted(Arc<LiveValue>),
    /// A series is of another age than before, or its market opened or closed.
    Freshness {
        /// The series.
        series: Arc<str>,
        /// The word for it.
        state: &'static str,
    },
    /// The site shows other data than before: the sample market gave way to real data.
    MarketChanged {
        /// Whether the data shown from now on are simulated.
        sample: bool,
    },
}

impl Event {
    /// The series it is about; `None` if it is about all of them.
    pub fn series(&self) -> Option<&str> {
        match self {
            Self::SeriesChanged { series, .. } | Self::Freshness { series, .. } => Some(series),
            Self::Quoted(value) => Some(&value.metric.id),
            Self::MarketChanged { .. } => None,
        }
    }

    /// The word under which readers receive it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SeriesChanged { .. } => "close",
            Self::Quoted(_) => "quote",
            Self::Freshness { .. } => "freshness",
            Self::MarketChanged { .. } => "market",
        }
    }
}

/// An event that has happened.
#[derive(Debug)]
pub struct Entry {
    /// Larger than those of all events before, also of an earlier run of the program.
    pub id: u64,
    /// The event.
    pub event: Event,
    frame: OnceLock<Bytes>,
}

impl Entry {
    pub(super) fn new(id: u64, event: Event) -> Self {
        Self { id, event, frame: OnceLock::new() }
    }

    /// The event as bytes on the wire, made for the first reader and shared by all.
    pub fn frame(&self, encode: impl FnOnce(&Self) -> Bytes) -> Bytes {
        self.frame.get_or_init(|| encode(self)).clone()
    }
}
