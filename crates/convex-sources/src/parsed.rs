//! What an answer says.

pub use convex_core::vet::{Candle, Split};
use convex_core::{Basis, Day};
use jiff::Timestamp;

use crate::Request;

/// Everything in one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// Closes by day, a column a series and basis.
    pub columns: Vec<Column>,
    /// Values within the day.
    pub quotes: Vec<Quote>,
    /// The request for the next page, if there is one.
    pub next: Option<Request>,
    /// What is odd but does no harm, for the log.
    pub warnings: Vec<String>,
}

/// One series of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The provider's name of it, as asked.
    pub symbol: String,
    /// Payouts left out or added back.
    pub basis: Basis,
    /// What else the provider has done to the values.
    pub adjustment: Adjustment,
    /// Values by day, strictly ascending by day (by day and day known, where there are vintages); all finite.
    pub points: Vec<Point>,
    /// Open, high and low, where given: for judging, never stored as values.
    pub candles: Vec<Candle>,
    /// Splits that the provider announces within the answer.
    pub splits: Vec<Split>,
    /// Payouts that the provider announces within the answer.
    pub dividends: Vec<Dividend>,
}

impl Column {
    /// Closes on the price basis without candles or events.
    pub fn closes(symbol: impl Into<String>, adjustment: Adjustment, points: Vec<Point>) -> Self {
        Self {
            symbol: symbol.into(),
            basis: Basis::Price,
            adjustment,
            points,
            candles: Vec::new(),
            splits: Vec::new(),
            dividends: Vec::new(),
        }
    }

    /// Whether a split or payout on or after a day restated the values before it: what is kept of them is on another
    /// scale than these, however little, and all history is to be asked for anew.
    ///
    /// The factor between the two need not show: a payout can be less than a thousandth of the price.
    pub fn restates_before(&self, day: Day) -> bool {
        let split = || self.splits.iter().any(|split| split.day >= day);
        let payout = || self.dividends.iter().any(|dividend| dividend.day >= day);
        match self.adjustment {
            Adjustment::Splits => split(),
            Adjustment::SplitsAndDividends => split() || payout(),
            Adjustment::None | Adjustment::AsTraded | Adjustment::Undocumented => false,
        }
    }
}

/// A value of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day it describes.
    pub day: Day,
    /// The value.
    pub value: f64,
    /// The day from which it was known, where the provider says so.
    pub known: Option<Day>,
}

impl Point {
    /// A value whose day of publication is not given.
    pub fn new(day: Day, value: f64) -> Self {
        Self { day, value, known: None }
    }
}

/// A payout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dividend {
    /// First day without it.
    pub day: Day,
    /// Money a share.
    pub amount: f64,
}

/// What a provider has done to past values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Adjustment {
    /// Nothing to adjust: an index, a rate, a currency, a release.
    None,
    /// As traded on the day.
    AsTraded,
    /// For splits.
    Splits,
    /// For splits and payouts.
    SplitsAndDividends,
    /// The provider does not say.
    Undocumented,
}

impl Adjustment {
    /// The word that stands beside each stored value.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::AsTraded => "as-traded",
            Self::Splits => "splits",
            Self::SplitsAndDividends => "splits-and-dividends",
            Self::Undocumented => "undocumented",
        }
    }
}

/// A value within the day.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The provider's name of the series.
    pub symbol: String,
    /// The value.
    pub value: f64,
    /// The moment it was true, by the provider's word.
    pub at: Timestamp,
    /// Minutes by which the provider holds values back.
    pub delayed_minutes: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_restates_the_past() {
        let day: Day = "2026-01-05".parse().unwrap();
        let check = |adjustment: Adjustment, since: Day, expected: bool| {
            let closes = Column::closes("ACME", adjustment, Vec::new());
            let column = Column { dividends: vec![Dividend { day, amount: 0.01 }], ..closes };
            assert_eq!(column.restates_before(since), expected, "{adjustment:?} {since}");
        };
        check(Adjustment::SplitsAndDividends, day, true);
        check(Adjustment::SplitsAndDividends, day + 1, false);
        check(Adjustment::Splits, day, false);
        check(Adjustment::AsTraded, day, false);
        let split = Column {
            splits: vec![Split { day, ratio: 2.0 }],
            ..Column::closes("ACME", Adjustment::Splits, Vec::new())
        };
        assert!(split.restates_before(day) && !split.restates_before(day + 1));
    }
}
