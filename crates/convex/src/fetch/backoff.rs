//! When to try again: soon and at random for what passes, never for what does not.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use convex_sources::{Failure, Retry};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Random lengths of waiting, so that many installations do not come back at the same moment.
#[derive(Debug)]
pub struct Jitter(Mutex<Xoshiro256PlusPlus>);

impl Jitter {
    /// The same lengths each time, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(Xoshiro256PlusPlus::seed_from_u64(seed)))
    }

    /// Lengths of this process alone.
    pub fn of_this_process() -> Self {
        use std::hash::{BuildHasher, Hasher};
        // The standard library seeds its hashes from the system's randomness.
        Self::seeded(std::collections::hash_map::RandomState::new().build_hasher().finish())
    }

    /// A length below `most`, all equally likely.
    pub fn below(&self, most: Duration) -> Duration {
        let draw = self.0.lock().unwrap_or_else(PoisonError::into_inner).next_u64();
        most.mul_f64((draw >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

/// Further tries for what may pass by itself.
const TRIES: u32 = 3;
/// The longest the first of them waits; each later one waits up to four times as long.
const FIRST: Duration = Duration::from_secs(2);
/// A provider's own word to wait is obeyed on the spot up to this; longer ones end the asking.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait before the next try; `None` to give up. `tries` are those made so far, at least one.
pub(super) fn wait(failure: &Failure, tries: u32, jitter: &Jitter) -> Option<Duration> {
    if tries > TRIES {
        return None;
    }
    match failure.retry() {
        Retry::Soon => Some(jitter.below(FIRST * 4_u32.pow(tries - 1))),
        Retry::After(after) if after <= PATIENCE => Some(after + jitter.below(Duration::from_secs(1))),
        Retry::After(_) | Retry::NextWindow(_) | Retry::Regular | Retry::Never => None,
    }
}

#[cfg(test)]
mod tests {
    use convex_sources::{Network, Window};

    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let jitter = Jitter::seeded(7);
        let waits = |failure: &Failure| -> Vec<_> { (1..6).map(|tries| wait(failure, tries, &jitter)).collect() };
        for _ in 0..100 {
            let soon = waits(&Failure::Network(Network::TimedOut));
            assert!(soon[3..].iter().all(Option::is_none));
            for (wait, most) in soon.iter().zip([2, 8, 32]) {
                assert!(wait.unwrap() < Duration::from_secs(most));
            }
        }
        let short = waits(&Failure::RateLimited { after: Some(Duration::from_secs(20)) });
        assert!(short[..3].iter().all(|wait| wait.is_some_and(|wait| wait >= Duration::from_secs(20))));
        for failure in [
            Failure::RateLimited { after: Some(Duration::from_secs(119)) },
            Failure::RateLimited { after: None },
            Failure::QuotaSpent { window: Window::Day },
            Failure::Empty,
            Failure::Restricted,
        ] {
            assert!(waits(&failure).iter().all(Option::is_none), "{failure}");
        }
    }

    #[test]
    fn the_same_seed_waits_the_same() {
        let draws = |seed| -> Vec<_> {
            let jitter = Jitter::seeded(seed);
            (0..5).map(|_| jitter.below(Duration::from_mins(1))).collect()
        };
        assert_eq!(draws(3), draws(3));
        assert_ne!(draws(3), draws(4));
    }
}
