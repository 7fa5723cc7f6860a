//! What the charts of a comparison show, as numbers: one panel a chart, all over the same range of days.

mod build;
mod range;
mod shading;

use crate::figure::Unavailable;
use crate::{Basis, Day};

pub use build::panels;
pub use range::{Range, Span};
pub use shading::Shading;

/// What is asked of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The days shown.
    pub span: Span,
    /// Changes a rolling correlation or slope looks back on.
    pub window: usize,
    /// What both legs leave out or add back. Total return is taken only where both legs have it.
    pub basis: Basis,
}

impl Default for Options {
    /// One year, 63 changes, price.
    fn default() -> Self {
        Self { span: Span::Range(Range::Year1), window: 63, basis: Basis::Price }
    }
}

/// All charts of a comparison over one range.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// The days asked for.
    pub span: Span,
    /// What both legs leave out or add back.
    pub basis: Basis,
    /// First day shown (the base of the rebased lines).
    pub from: Day,
    /// Last day shown.
    pub to: Day,
    /// Both legs from a common start.
    pub rebased: Rebased,
    /// Ratio or spread, where the pair has one.
    pub gap: Option<Gap>,
    /// Rolling correlation, or why there is none.
    pub correlation: Result<Rolling, Unavailable>,
    /// Rolling slope of the first leg's changes on the second's, or why there is none.
    pub beta: Result<Rolling, Unavailable>,
    /// Falls from the highest value so far.
    pub drawdowns: Drawdowns,
    /// Recessions and times of fear within the days shown.
    pub shading: Shading,
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

/// An estimate over a trailing window of changes, with its interval of 95 %.
#[derive(Clone, Debug, PartialEq)]
pub struct Rolling {
    /// Changes in the window.
    pub window: usize,
    /// The estimate on the day each window ends.
    pub line: Line,
    /// Its interval by equal-weighted cosines.
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
