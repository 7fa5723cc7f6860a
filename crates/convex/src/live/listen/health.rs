//! How each provider that is listened to is doing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use convex_core::catalog::Provider;
use convex_sources::Failure;
use jiff::Timestamp;

/// What a provider's connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not needed: another provider is at work.
    Standby,
    /// On the way.
    Connecting,
    /// Connected.
    Listening,
    /// Failed, and tried again later.
    Resting,
}

impl Standing {
    /// The word a reader sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::Standby => "standing by",
            Self::Connecting => "connecting",
            Self::Listening => "listening",
            Self::Resting => "failed, trying again",
        }
    }
}

/// The record of one provider since the program started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What its connection is doing.
    pub standing: Standing,
    /// Since when.
    pub since: Timestamp,
    /// Connections made.
    pub connections: u64,
    /// Messages understood.
    pub messages: u64,
    /// Values in them.
    pub quotes: u64,
    /// When the last message came.
    pub last_message: Option<Timestamp>,
    /// When the last value came.
    pub last_quote: Option<Timestamp>,
    /// Failures by class.
    pub failures: BTreeMap<&'static str, u64>,
    /// The last failure, and when it was.
    pub last_failure: Option<(Timestamp, String)>,
}

/// The records of all.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<BTreeMap<Provider, Health>>);

impl Ledger {
    /// Every provider that is listened to, or stands by.
    pub fn all(&self) -> BTreeMap<Provider, Health> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn stands(&self, provider: Provider, standing: Standing, now: Timestamp) {
        self.change(provider, now, |health| {
            if health.standing != standing {
                health.since = now;
            }
            health.standing = standing;
            if standing == Standing::Listening {
                health.connections += 1;
            }
        });
    }

    pub(super) fn heard(&self, provider: Provider, quotes: usize, now: Timestamp) {
        self.change(provider, now, |health| {
            health.messages += 1;
            health.quotes += quotes as u64;
            health.last_message = Some(now);
            if quotes > 0 {
                health.last_quote = Some(now);
            }
        });
    }

    pub(super) fn failed(&self, provider: Provider, failure: &Failure, now: Timestamp) {
        self.change(provider, now, |health| {
            *health.failures.entry(failure.class()).or_default() += 1;
            health.last_failure = Some((now, failure.to_string()));
        });
        self.stands(provider, Standing::Resting, now);
    }

    fn change(&self, provider: Provider, now: Timestamp, change: impl FnOnce(&mut Health)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(all.entry(provider).or_insert_with(|| Health {
            standing: Standing::Standby,
            since: now,
            connections: 0,
            messages: 0,
            quotes: 0,
            last_message: None,
            last_quote: None,
            failures: BTreeMap::new(),
            last_failure: None,
        }));
    }
}
