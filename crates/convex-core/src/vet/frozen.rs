//! Values that stand still while the market moves.

use super::{Point, Reason};
use crate::catalog::Metric;
use crate::{Day, Series};

/// A standstill less probable than this, by how often the series repeated itself before, is no accident.
const NO_ACCIDENT: f64 = 1e-6;

/// Changes there must be before it can be said how often a series repeats itself.
const ENOUGH: usize = 100;

/// The run of equal values that a series is in, and how often it repeated itself before.
#[derive(Debug, Default)]
pub(super) struct Standstill {
    run: Vec<Day>,
    value: f64,
    repeats: usize,
    changes: usize,
}

impl Standstill {
    /// Goes on from an accepted value.
    pub(super) fn pass(&mut self, day: Day, value: f64) {
        if !self.run.is_empty() {
            self.changes += 1;
            if same(self.value, value) {
                self.repeats += 1;
            } else {
                self.run.clear();
            }
        }
        self.value = value;
        self.run.push(day);
    }

    /// Why the next value is taken for a repetition of an old one, if it is.
    ///
    /// Three things must come together: the run is longer than the metric allows, the series hardly ever repeats itself,
    /// and, where something that trades on the same days is given, that moved during the run.
    pub(super) fn judge(&self, metric: &Metric, market: Option<&Series>, point: Point) -> Option<Reason> {
        let longest = metric.longest_standstill()?;
        let since = *self.run.first().filter(|_| same(self.value, point.value))?;
        let run = self.run.len() + 1;
        if run <= longest || market.is_some_and(|market| !moved(market, since, point.day)) {
            return None;
        }
        // The run itself is no evidence of how often the series repeats itself.
        let own = self.run.len() - 1;
        if self.changes - own < ENOUGH {
            return None;
        }
        let share = ((self.repeats - own) as f64 + 1.0) / ((self.changes - own) as f64 + 2.0);
        (share.powi(run as i32 - 1) < NO_ACCIDENT).then_some(Reason::Frozen { run, since })
    }
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-12 * one.abs().max(other.abs())
}

/// Whether the market changed on more than half of the days of a standstill.
fn moved(market: &Series, since: Day, until: Day) -> bool {
    let (from, to) =
        (market.days().partition_point(|day| *day < since), market.days().partition_point(|day| *day <= until));
    let values = &market.values()[from..to];
    let changed = values.windows(2).filter(|pair| !same(pair[0], pair[1])).count();
    // Without a single step of the market nothing can be said.
    changed * 2 > values.len().saturating_sub(1)
}
