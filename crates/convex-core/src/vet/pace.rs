//! How much a series usually moves in a session: the measure for its changes.

use std::collections::VecDeque;

use crate::Day;
use crate::calendar::Calendar;
use crate::catalog::{Cadence, ChangeKind, Metric, MetricUnit};

/// Changes the measure looks back on: a year of sessions.
const WINDOW: usize = 250;

/// Changes there must be before a change can be called large.
const ENOUGH: usize = 20;

/// Sessions up to which a longer gap allows a larger change.
const LONGEST_GAP: f64 = 60.0;

/// Standard deviation of the recent changes of a series, each scaled to one session.
pub(super) struct Pace {
    recent: VecDeque<f64>,
    squares: f64,
    floor: f64,
}

impl Pace {
    pub(super) fn new(metric: &Metric) -> Self {
        Self { recent: VecDeque::with_capacity(WINDOW), squares: 0.0, floor: floor(metric) }
    }

    /// Takes note of one more change.
    pub(super) fn push(&mut self, scaled: f64) {
        if self.recent.len() == WINDOW {
            self.recent.pop_front();
            // Summed anew, so that rounding does not pile up over decades.
            self.squares = self.recent.iter().map(|change| change * change).sum();
        }
        self.recent.push_back(scaled);
        self.squares += scaled * scaled;
    }

    /// The measure; `None` while too few changes are known.
    pub(super) fn stdev(&self) -> Option<f64> {
        let n = self.recent.len();
        (n >= ENOUGH).then(|| (self.squares / n as f64).sqrt().max(self.floor))
    }

    /// The measure that the changes of a beginning suggest: from their median, which a few mistakes do not move.
    pub(super) fn suggested(&self, changes: &[f64]) -> Option<f64> {
        if changes.len() < ENOUGH {
            return None;
        }
        let mut sizes: Vec<f64> = changes.iter().map(|change| change.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        // The median of the absolute value of a normal variable is 0.6745 of its standard deviation.
        Some((sizes[sizes.len() / 2] / 0.6745).max(self.floor))
    }
}

/// The change from one value to the next as the metric measures it; `None` where a logarithm does not exist.
pub(super) fn change(metric: &Metric, from: f64, to: f64) -> Option<f64> {
    let change = match metric.change {
        ChangeKind::Log if from > 0.0 && to > 0.0 => (to / from).ln(),
        ChangeKind::Log => return None,
        ChangeKind::Difference => to - from,
    };
    change.is_finite().then_some(change)
}

/// The same scaled to one session.
pub(super) fn scaled_change(metric: &Metric, from: (Day, f64), to: (Day, f64)) -> Option<f64> {
    Some(change(metric, from.1, to.1)? / steps(metric, from.0, to.0).sqrt())
}

/// Steps of the cadence from one observation to a later one, at least one.
pub(super) fn steps(metric: &Metric, from: Day, to: Day) -> f64 {
    let days = f64::from(to - from);
    let steps = match metric.cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => {
            Calendar::of(metric.calendar).sessions_between(from, to) as f64 + 1.0
        }
        Cadence::Weekly => days / 7.0,
        Cadence::Monthly => days / 30.0,
    };
    steps.clamp(1.0, LONGEST_GAP)
}

/// The least a session is taken to move, so that the end of a long standstill is not called a jump.
fn floor(metric: &Metric) -> f64 {
    match (metric.change, metric.unit) {
        (ChangeKind::Log, _) => 0.005,
        (ChangeKind::Difference, MetricUnit::Percent | MetricUnit::Points) => 0.03,
        (ChangeKind::Difference, _) => 0.02,
    }
}
