//! Whether a quote is shown: newer than what is known, by a provider whose turn it is, and not out of reason.

use std::fmt;
use std::time::Duration;

use convex_core::catalog::{ChangeKind, Metric, Provider};
use convex_sources::Quote;
use jiff::Timestamp;

use super::close::is_from_the_future;
use super::{Close, LiveValue};

/// What became of a quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reception {
    /// It is the latest value now.
    Shown,
    /// It says what is known already.
    Repeat,
    /// Something newer is known.
    Older,
    /// A provider that comes first is at work.
    Outranked,
    /// It is not believed.
    Held(Doubt),
    /// No metric has this symbol at this provider.
    Unknown,
}

/// Why a quote is not believed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// Not a finite number.
    NotFinite,
    /// A price at or below zero.
    NotPositive,
    /// Its time has not come.
    FromTheFuture,
    /// Too far from the last close and from the last value shown: so many times what is believed.
    TooFar(f64),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite => f.write_str("not a finite number"),
            Self::NotPositive => f.write_str("not above zero"),
            Self::FromTheFuture => f.write_str("from the future by this machine's clock"),
            Self::TooFar(times) => write!(f, "{times:.1} times as far from the last close as is believed at once"),
        }
    }
}

/// A quote that waits for someone to confirm it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) provider: Provider,
    pub(super) value: f64,
    pub(super) at: Timestamp,
    pub(super) doubt: Doubt,
}

/// What is known when a quote comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) metric: &'a Metric,
    pub(super) close: Option<&'a Close>,
    pub(super) shown: Option<&'a LiveValue>,
    pub(super) held: Option<&'a Held>,
    /// How long a provider that comes first may be silent before another is listened to.
    pub(super) patience: Duration,
}

/// Two providers agree within this share.
const AGREEMENT: f64 = 0.02;
/// From one shown value to the next, a move of this share is believed whatever the close says.
const STEP: f64 = 0.05;

impl Known<'_> {
    /// Judges a quote; what is held can be confirmed by another provider.
    pub(super) fn judge(&self, provider: Provider, quote: &Quote, now: Timestamp) -> Reception {
        if let Some(shown) = self.shown {
            let is_other = shown.provider != provider;
            if is_other && rank(self.metric, shown.provider) < rank(self.metric, provider) {
                let silence = now.duration_since(shown.received).unsigned_abs();
                if silence < self.patience {
                    return Reception::Outranked;
                }
            }
            // Values of one provider come in its order; those of two are only as good as their clocks.
            if quote.at < shown.at {
                return Reception::Older;
            }
            let is_same = quote.at == shown.at && quote.value.to_bits() == shown.value.to_bits();
            if is_same && !is_other {
                return Reception::Repeat;
            }
        }
        match self.doubt(provider, quote, now) {
            Some(doubt) => Reception::Held(doubt),
            None => Reception::Shown,
        }
    }

    fn doubt(&self, provider: Provider, quote: &Quote, now: Timestamp) -> Option<Doubt> {
        if !quote.value.is_finite() {
            return Some(Doubt::NotFinite);
        }
        if self.metric.change == ChangeKind::Log && quote.value <= 0.0 {
            return Some(Doubt::NotPositive);
        }
        if is_from_the_future(quote.at, now) {
            return Some(Doubt::FromTheFuture);
        }
        let beyond = self.close.and_then(|close| close.beyond_belief(self.metric, quote.value, quote.at))?;
        let near = |other: f64, share: f64| (quote.value - other).abs() <= share * other.abs();
        let follows = self.shown.is_some_and(|shown| near(shown.value, STEP));
        let confirms = self.held.is_some_and(|held| {
            held.provider != provider && matches!(held.doubt, Doubt::TooFar(_)) && near(held.value, AGREEMENT)
        });
        (!follows && !confirms).then_some(Doubt::TooFar(beyond))
    }
}

/// Place of a provider in the metric's order; what is not in it comes last.
fn rank(metric: &Metric, provider: Provider) -> usize {
    metric.sources.iter().position(|source| source.provider == provider).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use convex_core::catalog::Catalog;

    use super::*;

    const NOW: &str = "2026-08-09T21:05:48Z";

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn quote(value: f64, at: &str) -> Quote {
        Quote { symbol: "BTC-USD".to_owned(), value, at: instant(at), delayed_minutes: 0 }
    }

    fn shown(value: f64, at: &str, provider: Provider) -> LiveValue {
        LiveValue {
            metric: Arc::clone(Catalog::builtin().metric("btc").unwrap()),
            value,
            at: instant(at),
            received: instant(at),
            provider,
            delayed_minutes: 0,
            close: None,
        }
    }

    /// Bitcoin, closed at 65,000 the day before; shown at 65,100 a second ago by `by`.
    fn judge(by: Option<Provider>, held: Option<&Held>, provider: Provider, quote: &Quote) -> Reception {
        let metric = Catalog::builtin().metric("btc").unwrap();
        let close = Close { day: "2026-08-08".parse().unwrap(), value: 65_000.0, usual: Some(0.025) };
        let shown = by.map(|by| shown(65_100.0, "2026-08-09T21:05:47Z", by));
        let patience = Duration::from_mins(1);
        Known { metric, close: Some(&close), shown: shown.as_ref(), held, patience }.judge(
            provider,
            quote,
            instant(NOW),
        )
    }

    #[test]
    fn newer_values_are_shown_and_others_are_not() {
        let check = |value: f64, at: &str, expected: Reception| {
            let found = judge(Some(Provider::Coinbase), None, Provider::Coinbase, &quote(value, at));
            assert_eq!(found, expected, "{value} {at}");
        };
        check(65_101.0, NOW, Reception::Shown);
        check(65_100.0, NOW, Reception::Shown);
        check(65_101.0, "2026-08-09T21:05:47Z", Reception::Shown);
        check(65_100.0, "2026-08-09T21:05:47Z", Reception::Repeat);
        check(65_101.0, "2026-08-09T21:05:46Z", Reception::Older);
        check(f64::NAN, NOW, Reception::Held(Doubt::NotFinite));
        check(0.0, NOW, Reception::Held(Doubt::NotPositive));
        check(65_101.0, "2026-08-09T21:09:00Z", Reception::Held(Doubt::FromTheFuture));
        assert!(matches!(
            judge(None, None, Provider::Coinbase, &quote(650.0, NOW)),
            Reception::Held(Doubt::TooFar(times)) if times > 10.0
        ));
    }

    #[test]
    fn the_first_provider_has_the_word_while_it_speaks() {
        let check = |by: Provider, provider: Provider, expected: Reception| {
            assert_eq!(judge(Some(by), None, provider, &quote(65_101.0, NOW)), expected, "{by:?} {provider:?}");
        };
        check(Provider::Coinbase, Provider::Kraken, Reception::Outranked);
        check(Provider::Kraken, Provider::Coinbase, Reception::Shown);
        check(Provider::Kraken, Provider::Kraken, Reception::Shown);
    }

    #[test]
    fn what_one_provider_doubts_alone_another_can_confirm() {
        let crash = 40_000.0;
        let held = |provider| Held { provider, value: 40_300.0, at: instant(NOW), doubt: Doubt::TooFar(1.6) };
        let judged = |held: &Held| judge(None, Some(held), Provider::Coinbase, &quote(crash, NOW));
        assert!(matches!(judged(&held(Provider::Coinbase)), Reception::Held(_)));
        assert_eq!(judged(&held(Provider::Kraken)), Reception::Shown);
        let elsewhere = Held { value: 20_000.0, ..held(Provider::Kraken) };
        assert!(matches!(judged(&elsewhere), Reception::Held(_)));
    }
}
