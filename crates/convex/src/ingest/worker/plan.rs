//! When to look for what: after each expected observation, again with growing pauses until it is there, and never before
//! the provider may be asked.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::Metric;
use jiff::Timestamp;

use crate::clock::after;
use crate::fetch::Jitter;

/// First pause after a look that brought nothing new.
const FIRST_PAUSE: Duration = Duration::from_mins(10);

/// Longest pause: what has long been late is still looked for this often.
const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// The first look comes when this share of the last delay has passed, so that a provider that has become faster is noticed.
const EAGER: f64 = 0.9;

/// A longer delay was an outage, not a habit.
const LONGEST_DELAY: Duration = Duration::from_hours(36);

/// Longest time between two looks at the plan itself, so that imports and new configuration are noticed.
const LONGEST_SLEEP: Duration = Duration::from_mins(15);

/// When each metric is looked for next.
#[derive(Debug, Default)]
pub(super) struct Plan {
    looks: BTreeMap<String, Look>,
    /// How long after it was expected the last observation of each metric was there.
    delays: BTreeMap<String, Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Look {
    at: Timestamp,
    in_vain: u32,
}

impl Plan {
    /// Those of `due`, with the instant each was expected, whose time has come, longest waiting first: a provider that has
    /// always taken an hour is not asked after a minute.
    pub(super) fn ready(&mut self, due: &[(Arc<Metric>, Option<Timestamp>)], now: Timestamp) -> Vec<Arc<Metric>> {
        let mut ready = Vec::new();
        for (metric, expected) in due {
            let at = match (self.looks.get(&metric.id), expected, self.delays.get(&metric.id)) {
                (Some(look), _, _) => look.at,
                (None, Some(expected), Some(&delay)) => after(*expected, delay.mul_f64(EAGER)),
                (None, _, _) => now,
            };
            if at <= now {
                let waited_for = self.looks.get(&metric.id).map_or(now, |look| look.at);
                ready.push((waited_for, Arc::clone(metric)));
            } else {
                self.looks.entry(metric.id.clone()).or_insert(Look { at, in_vain: 0 });
            }
        }
        ready.sort_by_key(|(at, _)| *at);
        ready.into_iter().map(|(_, metric)| metric).collect()
    }

    /// A look brought the observation that was expected at an instant.
    pub(super) fn found(&mut self, id: &str, expected: Option<Timestamp>, now: Timestamp) {
        self.looks.remove(id);
        let delay = expected.and_then(|expected| Duration::try_from(now.duration_since(expected)).ok());
        if let Some(delay) = delay.filter(|&delay| delay < LONGEST_DELAY) {
            self.delays.insert(id.to_owned(), delay);
        }
    }

    /// A look brought nothing new. Where no provider may be asked before an instant, that is when to look again; else the
    /// pauses grow. The jitter keeps series from being asked for all at once.
    pub(super) fn in_vain(&mut self, id: &str, now: Timestamp, not_before: Option<Timestamp>, jitter: &Jitter) {
        let in_vain = self.looks.get(id).map_or(0, |look| look.in_vain) + 1;
        let pause = FIRST_PAUSE.saturating_mul(1 << (in_vain - 1).min(8)).min(LONGEST_PAUSE);
        let at = match not_before.filter(|&at| at > now) {
            Some(at) => after(at, jitter.below(FIRST_PAUSE / 5)),
            None => after(now, pause + jitter.below(pause / 5)),
        };
        self.looks.insert(id.to_owned(), Look { at, in_vain });
    }

    /// How long to wait before looking at the plan again.
    pub(super) fn pause(&self, now: Timestamp) -> Duration {
        let next = self.looks.values().map(|look| look.at).filter(|&at| at > now).min();
        let wait = next.and_then(|at| Duration::try_from(at.duration_since(now)).ok());
        wait.unwrap_or(LONGEST_SLEEP).clamp(Duration::from_secs(5), LONGEST_SLEEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_in_vain_come_ever_less_often_and_end_with_the_first_find() {
        let metric = Arc::new(Metric::uncatalogued("x"));
        let due = [(Arc::clone(&metric), None)];
        let mut plan = Plan::default();
        let jitter = Jitter::seeded(1);
        let mut now: Timestamp = "2026-01-05T21:30:00Z".parse().unwrap();
        let mut pauses = Vec::new();
        for _ in 0..12 {
            assert_eq!(plan.ready(&due, now).len(), 1);
            plan.in_vain("x", now, None, &jitter);
            assert!(plan.ready(&due, now).is_empty());
            let start = now;
            while plan.ready(&due, now).is_empty() {
                now = after(now, plan.pause(now));
            }
            pauses.push(now.duration_since(start).as_mins());
        }
        assert!((10..=12).contains(&pauses[0]) && (360..=432).contains(&pauses[11]), "{pauses:?}");
        plan.found("x", None, now);
        assert_eq!(plan.ready(&due, now).len(), 1);
    }

    #[test]
    fn what_may_be_asked_first_comes_first_and_nothing_before_it_may() {
        let due: Vec<_> = ["a", "b", "c"].map(|id| (Arc::new(Metric::uncatalogued(id)), None)).into();
        let mut plan = Plan::default();
        let jitter = Jitter::seeded(1);
        let now: Timestamp = "2026-01-05T21:30:00Z".parse().unwrap();
        let hours = |count| after(now, Duration::from_hours(count));
        plan.in_vain("a", now, Some(hours(5)), &jitter);
        plan.in_vain("b", now, Some(hours(3)), &jitter);
        plan.in_vain("c", now, Some(hours(9)), &jitter);
        let ready = |plan: &mut Plan, at| -> Vec<String> {
            plan.ready(&due, at).into_iter().map(|metric| metric.id.clone()).collect()
        };
        assert_eq!(ready(&mut plan, after(now, Duration::from_mins(179))), [""; 0]);
        assert_eq!(ready(&mut plan, hours(6)), ["b", "a"]);
    }

    #[test]
    fn a_provider_that_takes_an_hour_is_asked_after_about_an_hour() {
        let metric = Arc::new(Metric::uncatalogued("x"));
        let mut plan = Plan::default();
        let expected: Timestamp = "2026-01-05T21:00:00Z".parse().unwrap();
        plan.found("x", Some(expected), after(expected, Duration::from_hours(1)));
        let tomorrow = after(expected, Duration::from_hours(24));
        let due = [(metric, Some(tomorrow))];
        assert!(plan.ready(&due, after(tomorrow, Duration::from_mins(50))).is_empty());
        assert_eq!(plan.ready(&due, after(tomorrow, Duration::from_mins(55))).len(), 1);
    }
}
