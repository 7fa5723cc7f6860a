//! What the charts of a comparison show, as numbers: one panel a chart, all over the same range of days.

use crate::Day;

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

/// The range of days a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    /// One calendar month back from the last common day.
    Month1,
    /// Three months.
    Month3,
    /// Six months.
    Month6,
    /// From the last observation of the year before.
    YearToDate,
    /// One year.
    Year1,
    /// Three years.
    Year3,
    /// Five years.
    Year5,
    /// Ten years.
    Year10,
    /// All history.
    Max,
}

/// Both legs rebased to 100 at the first common day of the range. Only for two legs measured in log changes;
/// a leg measured in differences is shown as its change since that day, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebased {
    /// The day both start from.
    pub base: Day,
    /// First leg.
    pub a: Line,
    /// Second leg.
    pub b: Line,
}

/// The ratio of two legs (or the spread of two rates) with its trailing mean and deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// `true` for a ratio, `false` for a spread.
    pub is_ratio: bool,
    /// Ratio or spread.
    pub line: Line,
    /// Mean of the trailing 252 observations.
    pub mean: Line,
    /// That mean less and plus two standard deviations of the trailing 252 observations.
    pub band: Band,
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

/// Fall from the highest value so far, as a fraction (0 to -1).
#[derive(Clone, Debug, PartialEq)]
pub struct Drawdowns {
    /// First leg, absent where a fall is not meaningful (rates, spreads).
    pub a: Option<Line>,
    /// Second leg.
    pub b: Option<Line>,
}
