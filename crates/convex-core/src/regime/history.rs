//! The states of one rule through time.

use convex_stats::Interval;
use convex_stats::proportion::jeffreys;

use super::rule::Rule;
use crate::Day;

/// Observations after which a state is looked at again.
const AHEAD: usize = 21;

/// The state of each day of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The rule.
    pub rule: Rule,
    /// Days, in order.
    pub days: Vec<Day>,
    /// Number of the state of each day, as in [`Rule::states`].
    pub states: Vec<u8>,
    /// Chance of the last state on each day, where the rule is a model.
    pub chances: Option<Vec<f64>>,
}

/// The state that holds now.
#[derive(Clone, Debug, PartialEq)]
pub struct Now {
    /// Last day known.
    pub day: Day,
    /// Its state.
    pub state: u8,
    /// First day of the unbroken stretch.
    pub since: Day,
    /// Chance of the last state, where the rule is a model.
    pub chance: Option<f64>,
    /// Non-overlapping spans of 21 observations that began in the state.
    pub spans: usize,
    /// How many of them ended in it.
    pub kept: usize,
    /// Their share, with Jeffreys' interval; `None` without a span.
    pub keeps: Option<(f64, Interval)>,
}

impl History {
    /// The history as it was at the end of `day`.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        let end = self.days.partition_point(|dated| *dated <= day);
        Self {
            rule: self.rule,
            days: self.days[..end].to_vec(),
            states: self.states[..end].to_vec(),
            chances: self.chances.as_ref().map(|chances| chances[..end].to_vec()),
        }
    }

    /// What holds now; `None` for an empty history.
    pub fn now(&self) -> Option<Now> {
        let last = self.days.len().checked_sub(1)?;
        let state = self.states[last];
        let since = self.states.iter().rposition(|other| *other != state).map_or(0, |other| other + 1);
        let (mut spans, mut kept, mut at) = (0, 0, 0);
        while at + AHEAD <= last {
            if self.states[at] == state {
                spans += 1;
                kept += usize::from(self.states[at + AHEAD] == state);
                at += AHEAD;
            } else {
                at += 1;
            }
        }
        Some(Now {
            day: self.days[last],
            state,
            since: self.days[since],
            chance: self.chances.as_ref().and_then(|chances| chances.last().copied()),
            spans,
            kept,
            keeps: (spans > 0).then(|| (kept as f64 / spans as f64, jeffreys(kept, spans))),
        })
    }

    /// Name of a state.
    pub fn name(&self, state: u8) -> &'static str {
        self.rule.states.get(usize::from(state)).copied().unwrap_or("unknown")
    }

    /// The state known at the end of `day`; `None` before the first.
    pub fn at_or_before(&self, day: Day) -> Option<u8> {
        let end = self.days.partition_point(|dated| *dated <= day);
        (end > 0).then(|| self.states[end - 1])
    }

    /// Unbroken stretches of one state: first and last day.
    pub fn stretches(&self) -> Vec<(Day, Day, u8)> {
        let mut found: Vec<(Day, Day, u8)> = Vec::new();
        for (day, state) in self.days.iter().zip(&self.states) {
            match found.last_mut() {
                Some((_, last, held)) if held == state => *last = *day,
                _ => found.push((*day, *day, *state)),
            }
        }
        found
    }

    /// The share of days in each state.
    pub fn shares(&self) -> Vec<f64> {
        let n = self.days.len().max(1) as f64;
        let count = |state: usize| self.states.iter().filter(|other| usize::from(**other) == state).count();
        (0..self.rule.states.len()).map(|state| count(state) as f64 / n).collect()
    }
}
