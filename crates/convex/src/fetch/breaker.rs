//! A host that fails again and again is left alone for a while, then tried with a single request.

use std::time::Duration;

use convex_sources::Failure;
use jiff::Timestamp;

use crate::clock::after;

/// What is known of a host, since this process began.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    openings: u32,
    open: Option<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    until: Timestamp,
    why: Failure,
    /// Whether a request is on its way to find out.
    trial: bool,
}

/// Failures in a row after which a host is left alone.
const FAILURES: u32 = 5;
const FIRST: Duration = Duration::from_mins(1);
const LONGEST: Duration = Duration::from_hours(1);

impl Breaker {
    /// Whether a request may be sent. If not: why the host failed, and when it is tried again.
    pub(super) fn admit(&mut self, now: Timestamp) -> Result<(), (Failure, Timestamp)> {
        match &mut self.open {
            None => Ok(()),
            Some(open) if now >= open.until && !open.trial => {
                open.trial = true;
                Ok(())
            }
            Some(open) => Err((open.why.clone(), open.until.max(now))),
        }
    }

    /// A whole answer came.
    pub(super) fn succeed(&mut self) {
        *self = Self::default();
    }

    /// No answer that says anything about the series came.
    pub(super) fn fail(&mut self, why: &Failure, now: Timestamp) {
        self.failures += 1;
        let trial_failed = self.open.as_ref().is_some_and(|open| open.trial);
        if trial_failed || (self.open.is_none() && self.failures >= FAILURES) {
            let length = (FIRST * 2_u32.pow(self.openings.min(10))).min(LONGEST);
            self.openings += 1;
            self.open = Some(Open { until: after(now, length), why: why.clone(), trial: false });
        }
    }

    /// A request that was let through ended without an answer of either kind.
    pub(super) fn give_up(&mut self) {
        if let Some(open) = &mut self.open {
            open.trial = false;
        }
    }
}

/// Whether a failure says something about the host rather than the series asked for.
pub(super) fn is_of_host(failure: &Failure) -> bool {
    matches!(failure, Failure::Network(_) | Failure::Unavailable { .. } | Failure::Blocked { .. } | Failure::Restricted)
}

#[cfg(test)]
mod tests {
    use convex_sources::Network;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn opens_after_failures_in_a_row_and_tries_with_one_request() {
        let why = Failure::Network(Network::Connect);
        let mut breaker = Breaker::default();
        for _ in 0..4 {
            assert_eq!(breaker.admit(at(0)), Ok(()));
            breaker.fail(&why, at(0));
        }
        breaker.succeed();
        for _ in 0..5 {
            assert_eq!(breaker.admit(at(0)), Ok(()), "a success begins the count anew");
            breaker.fail(&why, at(0));
        }
        assert_eq!(breaker.admit(at(59)), Err((why.clone(), at(60))));
        assert_eq!(breaker.admit(at(60)), Ok(()));
        assert!(breaker.admit(at(60)).is_err(), "one request at a time finds out");
        breaker.fail(&why, at(61));
        assert_eq!(breaker.admit(at(61)), Err((why.clone(), at(61 + 120))), "each time longer");
        assert_eq!(breaker.admit(at(200)), Ok(()));
        breaker.give_up();
        assert_eq!(breaker.admit(at(200)), Ok(()), "a trial without an outcome is no trial");
        breaker.succeed();
        assert_eq!(breaker.admit(at(200)), Ok(()));
        assert_eq!(breaker.admit(at(200)), Ok(()));
    }

    #[test]
    fn is_never_open_for_more_than_an_hour() {
        let why = Failure::Network(Network::Name);
        let mut breaker = Breaker::default();
        let mut now = 0;
        for _ in 0..40 {
            if breaker.admit(at(now)).is_ok() {
                breaker.fail(&why, at(now));
            }
            if let Err((_, until)) = breaker.clone().admit(at(now)) {
                assert!(until <= at(now + 3600));
                now = until.as_second() - at(0).as_second();
            }
        }
    }
}
