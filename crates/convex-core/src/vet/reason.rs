//! Why a value is not published, and what is remarked on one that is.

use crate::Day;
use crate::calendar::Kind;

/// Why a value is in quarantine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It is infinite or not a number.
    NotFinite,
    /// Its day has not come yet.
    Future {
        /// The last day there can be a value of.
        latest: Day,
    },
    /// The same offer has another value for its day.
    Conflict {
        /// The other value.
        other: f64,
    },
    /// The market was closed on its day.
    NoSession {
        /// What kind of day it is.
        kind: Kind,
    },
    /// It repeats an old value although the market moved.
    Frozen {
        /// How many days in a row have the value, this one included.
        run: usize,
        /// The first of them.
        since: Day,
    },
    /// It is a multiple of the value before, as after a split that nobody announced.
    SplitLike {
        /// Value divided by the value before.
        ratio: f64,
        /// The factor it is near, as a count of shares: `(3, 1)` for three new shares for one old.
        shares: (u16, u16),
    },
    /// It lies outside what is plausible for the series.
    Implausible {
        /// Lowest plausible value.
        low: f64,
        /// Highest plausible value.
        high: f64,
    },
    /// It is too far from the value before, and nothing confirms it yet.
    Jump {
        /// The change in standard deviations of the series' own changes.
        stdevs: f64,
        /// How many are let through.
        limit: f64,
        /// The day of the value before.
        since: Day,
    },
}

impl Reason {
    /// A short, stable word, for storing and counting.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotFinite => "not-finite",
            Self::Future { .. } => "future",
            Self::Conflict { .. } => "conflict",
            Self::NoSession { .. } => "no-session",
            Self::Frozen { .. } => "frozen",
            Self::SplitLike { .. } => "split-like",
            Self::Implausible { .. } => "implausible",
            Self::Jump { .. } => "jump",
        }
    }

    /// What a reader is told, fit for the end of a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::NotFinite => "it is not a finite number".to_owned(),
            Self::Future { latest } => format!("its day has not come: {latest} is the last there can be a value of"),
            Self::Conflict { other } => format!("the same answer also says {other} for that day"),
            Self::NoSession { kind: Kind::Weekend } => "the market rests on that day of the week".to_owned(),
            Self::NoSession { .. } => "the market was closed for a holiday".to_owned(),
            Self::Frozen { run, since } => {
                format!("the value has stood still for {run} days, since {since}, while the market moved")
            }
            Self::SplitLike { ratio, shares: (new, old) } => {
                format!(
                    "it is {ratio:.3} times the value before, as after a split of {new} for {old} that was not announced"
                )
            }
            Self::Implausible { low, high } => format!("it lies outside the plausible range from {low} to {high}"),
            Self::Jump { stdevs, limit, since } => format!(
                "it is {stdevs:.0} standard deviations from the value of {since}, more than {limit:.0}, and nothing confirms it yet"
            ),
        }
    }

    /// Whether a later value or a second provider may still confirm the value, so that it is judged again.
    pub fn may_be_confirmed(&self) -> bool {
        matches!(self, Self::Jump { .. } | Self::SplitLike { .. } | Self::Frozen { .. })
    }
}

/// A remark on an accepted value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caution {
    /// Open, high and low contradict each other or the close: they are dropped, the close is kept.
    Candle,
    /// The market was closed on its day, as far as the calendar knows, but the series is known to have such values.
    OffDay {
        /// What kind of day it is.
        kind: Kind,
    },
    /// The offer has the same value for that day twice.
    Repeated,
    /// The offer is not in order of days.
    Disorder,
    /// A large change that a later value confirms.
    ConfirmedByNext {
        /// The change in standard deviations of the series' own changes.
        stdevs: f64,
    },
    /// A large change that a second provider has too.
    ConfirmedBySecond {
        /// The change in standard deviations of the series' own changes.
        stdevs: f64,
    },
}

impl Caution {
    /// A short, stable word, for storing and counting.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Candle => "candle",
            Self::OffDay { .. } => "off-day",
            Self::Repeated => "repeated",
            Self::Disorder => "disorder",
            Self::ConfirmedByNext { .. } => "confirmed-by-next",
            Self::ConfirmedBySecond { .. } => "confirmed-by-second",
        }
    }

    /// What a reader is told, fit for the end of a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::Candle => {
                "open, high and low contradict each other or the close, so only the close is kept".to_owned()
            }
            Self::OffDay { kind: Kind::Weekend } => "the day is no working day of the week".to_owned(),
            Self::OffDay { .. } => "the day is a holiday".to_owned(),
            Self::Repeated => "the answer has the value twice".to_owned(),
            Self::Disorder => "the answer is not in order of days".to_owned(),
            Self::ConfirmedByNext { stdevs } => {
                format!("a change of {stdevs:.0} standard deviations, confirmed by the values after it")
            }
            Self::ConfirmedBySecond { stdevs } => {
                format!("a change of {stdevs:.0} standard deviations, confirmed by a second provider")
            }
        }
    }
}
