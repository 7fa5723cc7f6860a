//! What the charts of a comparison show, as numbers: one panel a chart, all over the same range of days.

mod build;
mod range;

use crate::Day;
use crate::figure::Unavailable;

pub use build::panels;
pub use range::Range;

/// All charts of a comparison over one range.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// The range asked for.
    pub range: Range,
    /// First day shown (the base of the rebased lines).
    pub from: Day,
    /// Last day shown.
    pub to: Day,
    /// Both legs from a common start.
    pub rebased: Rebased,
    /// Ratio or spread, where the pair has one.
    pub gap: Option<Gap>,
    /// Rolling correlation, or why there is none.
    pub correlation: Result<RollingCorrelation, Unavailable>,
    /// Falls from the highest value so far.
    pub drawdowns: Drawdowns,
}

/// Values at days, in order. A step of more than a few days is a gap and is drawn as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Days, increasing.
    pub days: Vec<Day>,
    /// One value for each day.
    pub values: Vec<f64>,
}

/// A lower and an upper value at days, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Days, increasing.
    pub days: Vec<Day>,
    /// Lower edge.
    pub low: Vec<f64>,
    /// Upper edge.
    pub high: Vec<f64>,
}

/// Both legs from the first common day of the range: 100 at that day for a leg measured in log changes, the change since
/// that day in its own unit for a leg measured in differences. Each leg at its own dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebased {
    /// The day both start from.
    pub base: Day,
    /// First leg.
    pub a: Line,
    /// Second leg.
    pub b: Line,
    /// Whether the first leg is shown as 100 at the base (else as a change in its own unit).
    pub a_indexed: bool,
    /// Whether the second leg is shown as 100 at the base (else as a change in its own unit).
    pub b_indexed: bool,
}

/// The ratio of two legs (or the spread of two rates) with its trailing mean and deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// `true` for a ratio, `false` for a spread.
    pub is_ratio: bool,
    /// Ratio or spread on common days.
    pub line: Line,
    /// Mean of the trailing 252 observations.
    pub mean: Line,
    /// That mean less and plus two standard deviations of the trailing 252 observations.
    pub band: Band,
    /// First and last day of each episode in which the log ratio went more than two deviations from its trailing mean,
    /// until it was back within half of one.
    pub episodes: Vec<(Day, Day)>,
}

/// Correlation of changes over a trailing window, with its interval of 95 %.
#[derive(Clone, Debug, PartialEq)]
pub struct RollingCorrelation {
    /// Observations in the window.
    pub window: usize,
    /// Pearson's correlation.
    pub line: Line,
    /// Interval by equal-weighted cosines on the Fisher z scale.
    pub band: Band,
}

/// Fall from the highest value so far, as a fraction (0 to -1), over all history and shown for the range.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawdowns {
    /// First leg, absent where a fall is not meaningful (rates, spreads).
    pub a: Option<Line>,
    /// Second leg.
    pub b: Option<Line>,
}

impl Band {
    fn push(&mut self, day: Day, low: f64, high: f64) {
        self.days.push(day);
        self.low.push(low);
        self.high.push(high);
    }
}

impl Line {
    fn push(&mut self, day: Day, value: f64) {
        self.days.push(day);
        self.values.push(value);
    }
}
