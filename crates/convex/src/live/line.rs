//! One metric within the day: what is shown, what is held, how often a value is expected, when readers were told.

use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::{Metric, Provider};
use convex_sources::Quote;
use jiff::Timestamp;
use tokio::time::Instant;

use super::judge::{Held, Known};
use super::{Close, LiveValue, Reception};

/// Until a provider says more often, a value is expected this often.
const USUAL_PAUSE: Duration = Duration::from_mins(1);
/// Expected values that may be missing before another provider is listened to, and before the value is called late.
const PAUSES: u32 = 3;
/// Readers are told of a metric's value at most this often; in between the latest is kept for them.
const BETWEEN_TELLING: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Line {
    pub(super) metric: Arc<Metric>,
    pub(super) close: Option<Close>,
    pub(super) shown: Option<LiveValue>,
    pub(super) held: Option<Held>,
    /// How often a value is expected; `None` where none is.
    pub(super) every: Option<Duration>,
    pub(super) state: Option<&'static str>,
    version: Option<i64>,
    told: Option<Instant>,
    is_telling: bool,
}

/// When readers are told of a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    Now,
    At(Instant),
    /// Someone is about to tell the latest, which this then is.
    Already,
}

impl Line {
    pub(super) fn new(metric: Arc<Metric>) -> Self {
        Self {
            metric,
            close: None,
            shown: None,
            held: None,
            every: None,
            state: None,
            version: None,
            told: None,
            is_telling: false,
        }
    }

    /// Judges a quote and keeps it, shown or held. `patience` is how long a provider that comes first may be silent,
    /// `stand_in` a close to judge by where the line has none.
    pub(super) fn receive(
        &mut self,
        (provider, quote): (Provider, &Quote),
        now: Timestamp,
        patience: Duration,
        stand_in: Option<Close>,
    ) -> Reception {
        let close = self.close.or(stand_in);
        let known = Known {
            metric: &self.metric,
            close: close.as_ref(),
            shown: self.shown.as_ref(),
            held: self.held.as_ref(),
            patience,
        };
        let reception = known.judge(provider, quote, now);
        match reception {
            Reception::Shown => {
                self.held = None;
                self.shown = Some(LiveValue {
                    metric: Arc::clone(&self.metric),
                    value: quote.value,
                    at: quote.at.min(now),
                    received: now,
                    provider,
                    delayed_minutes: quote.delayed_minutes,
                    close: self.close,
                });
            }
            Reception::Repeat => {
                if let Some(shown) = &mut self.shown {
                    shown.received = now;
                }
            }
            Reception::Held(doubt) => self.held = Some(Held { provider, value: quote.value, at: quote.at, doubt }),
            Reception::Older | Reception::Outranked | Reception::Unknown => {}
        }
        reception
    }

    /// Takes the last close; whether it is news to those who knew an earlier one.
    pub(super) fn closes(&mut self, version: i64, close: Close) -> bool {
        let is_news = self.version.is_some_and(|known| known < version);
        if self.version.is_none_or(|known| known <= version) {
            self.version = Some(version);
            self.close = Some(close);
            if let Some(shown) = &mut self.shown {
                shown.close = Some(close);
            }
        }
        is_news
    }

    /// The value to show: the latest one, unless a close has come since.
    pub(super) fn current(&self) -> Option<&LiveValue> {
        let shown = self.shown.as_ref()?;
        self.close.is_none_or(|close| shown.is_after(&close)).then_some(shown)
    }

    /// Whether values within the day are expected or known.
    pub(super) fn is_live(&self) -> bool {
        self.every.is_some() || self.shown.is_some()
    }

    /// Age beyond which a value is late: several times the pause between two.
    pub(super) fn late_after(&self) -> Duration {
        self.every.unwrap_or(USUAL_PAUSE) * PAUSES
    }

    /// When readers are to be told of the value just taken; whoever asks must tell then.
    pub(super) fn when_to_tell(&mut self, now: Instant) -> Telling {
        if self.is_telling {
            return Telling::Already;
        }
        self.is_telling = true;
        match self.told.map(|told| told + BETWEEN_TELLING) {
            Some(next) if next > now => Telling::At(next),
            _ => Telling::Now,
        }
    }

    /// The value readers are told now.
    pub(super) fn tells(&mut self, now: Instant) -> Option<LiveValue> {
        self.is_telling = false;
        self.told = Some(now);
        self.current().cloned()
    }
}
