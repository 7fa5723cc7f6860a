//! How long to wait before connecting again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use convex_sources::{Failure, Retry};

/// Pauses between attempts: each about twice the one before, never the same for two programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// After the first failure.
    pub first: Duration,
    /// At most.
    pub longest: Duration,
    /// When only the operator can change something.
    pub hopeless: Duration,
    /// Attempts without a value after which the next provider is listened to.
    pub patience: u32,
}

impl Default for Rest {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_mins(1),
            hopeless: Duration::from_hours(1),
            patience: 3,
        }
    }
}

impl Rest {
    /// The pause after so many failures in a row; `chance` from 0 to 1 spreads it over its second half.
    pub(super) fn pause(&self, tries: u32, failure: &Failure, chance: f64) -> Duration {
        let doubled = 2u32.saturating_pow(tries.saturating_sub(1).min(30));
        let usual = self.first.saturating_mul(doubled).min(self.longest);
        let base = match failure.retry() {
            Retry::Never => self.hopeless,
            Retry::After(wait) => usual.max(wait),
            Retry::Soon | Retry::Regular | Retry::NextWindow(_) => usual,
        };
        base.mul_f64(0.5 + 0.5 * chance).max(match failure.retry() {
            Retry::After(wait) => wait,
            _ => Duration::ZERO,
        })
    }

    /// Whether the next provider takes over at once.
    pub(super) fn gives_way(&self, silent_tries: u32, failure: &Failure) -> bool {
        silent_tries >= self.patience || matches!(failure.retry(), Retry::Never | Retry::After(_))
    }
}

/// A number from 0 to 1 that differs between programs and calls; nothing that is shown depends on it.
pub(super) fn chance() -> f64 {
    RandomState::new().hash_one(0u8) as f64 / u64::MAX as f64
}

#[cfg(test)]
mod tests {
    use convex_sources::Network;

    use super::*;

    #[test]
    fn pauses_grow_and_are_spread() {
        let check = |tries: u32, failure: &Failure, chance: f64, seconds: f64| {
            let pause = Rest::default().pause(tries, failure, chance);
            assert!((pause.as_secs_f64() - seconds).abs() < 1e-9, "{tries} {failure} {chance}: {pause:?}");
        };
        let cut = Failure::Network(Network::CutOff);
        check(1, &cut, 1.0, 1.0);
        check(1, &cut, 0.0, 0.5);
        check(4, &cut, 1.0, 8.0);
        check(7, &cut, 1.0, 60.0);
        check(4_000_000, &cut, 0.5, 45.0);
        check(1, &Failure::Restricted, 1.0, 3_600.0);
        check(1, &Failure::RateLimited { after: Some(Duration::from_secs(119)) }, 0.0, 119.0);
        assert!((0..100).map(|_| chance()).all(|one| (0.0..=1.0).contains(&one)));
    }
}
