//! What is plausible for a metric: the range of its values, the size of a change, the length of a standstill.

use super::{Cadence, Category, ChangeKind, Metric, MetricUnit};

/// The usual limit of a change. In the sixty years and sixty series it was chosen on, the largest that no entry of the
/// catalogue makes room for measured 17.
const LARGEST_CHANGE: f64 = 20.0;

/// The usual limit of a standstill, in days.
const LONGEST_STANDSTILL: usize = 4;

impl Metric {
    /// Lowest and highest plausible value: its own, else what its unit allows.
    pub fn plausible_range(&self) -> (f64, f64) {
        self.plausible.unwrap_or(match (self.unit, self.change) {
            (MetricUnit::Flag, _) => (0.0, 1.0),
            (MetricUnit::Percent, _) => (-10.0, 100.0),
            (MetricUnit::Points, _) => (-20.0, 40.0),
            (_, ChangeKind::Difference) => (-1e6, 1e6),
            (MetricUnit::Usd | MetricUnit::Index | MetricUnit::Jpy, ChangeKind::Log) => (1e-6, 1e7),
            (MetricUnit::Count | MetricUnit::UsdMillions, ChangeKind::Log) => (0.0, 1e12),
        })
    }

    /// The change, in standard deviations of its own changes, beyond which a value waits for confirmation.
    pub fn largest_change(&self) -> f64 {
        self.largest_change.unwrap_or(LARGEST_CHANGE)
    }

    /// How many days in a row one value may stand while the market moves; `None` where standing still is normal: a rate
    /// is quoted in hundredths and a release repeats itself.
    pub fn longest_standstill(&self) -> Option<usize> {
        let priced = self.change == ChangeKind::Log
            && matches!(self.cadence, Cadence::RealTime | Cadence::Delayed | Cadence::Daily)
            && self.category != Category::Uncatalogued;
        self.frozen_after.map(usize::from).or_else(|| priced.then_some(LONGEST_STANDSTILL))
    }
}
