//! Why a figure is absent: not an error, but something a reader is told.

use std::fmt;

use crate::Day;

/// The reason a figure cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// Fewer observations than the figure needs.
    TooFew {
        /// Observations there are.
        have: usize,
        /// Observations needed.
        need: usize,
    },
    /// Nothing is stored for the metric of that id.
    NoObservations(String),
    /// The legs share no usable day (or only one).
    NoOverlap,
    /// A series is not compared with itself.
    Itself,
    /// The values do not vary.
    Constant,
    /// The legs move identically, so a correlation has no sampling error.
    Identical,
    /// The horizon is shorter than the distance between observations.
    ShorterThanCadence,
    /// There is no observation so far back.
    HistoryTooShort,
    /// The number would not mean anything; says why.
    NotMeaningful(&'static str),
    /// A series the figure needs is not stored; its id.
    Needs(String),
    /// A series the figure needs ended, or has not come for a long time.
    Stale {
        /// Its id.
        id: String,
        /// Day of its last observation.
        last: Day,
    },
    /// The bound does not exist; says which.
    Open(&'static str),
}

impl From<convex_stats::Undefined> for Unavailable {
    fn from(why: convex_stats::Undefined) -> Self {
        use convex_stats::Undefined;
        match why {
            Undefined::TooFew { have, need } => Self::TooFew { have, need },
            Undefined::Constant => Self::Constant,
            Undefined::Identical => Self::Identical,
            Undefined::NotMeaningful(reason) => Self::NotMeaningful(reason),
        }
    }
}

impl Unavailable {
    /// A short, stable word for the reason.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "too few",
            Self::NoObservations(_) => "no observations",
            Self::NoOverlap => "no overlap",
            Self::Itself => "itself",
            Self::Constant => "constant",
            Self::Identical => "identical",
            Self::ShorterThanCadence => "shorter than the cadence",
            Self::HistoryTooShort => "history too short",
            Self::NotMeaningful(_) => "not meaningful",
            Self::Needs(_) => "needs",
            Self::Stale { .. } => "stale",
            Self::Open(_) => "open",
        }
    }

    /// The rest of the sentence.
    pub fn detail(&self) -> String {
        match self {
            Self::TooFew { have, need } => format!("{have}, {need} needed"),
            Self::NoObservations(id) => format!("nothing is stored for {id}"),
            Self::NoOverlap => "the two series share fewer than two days".to_owned(),
            Self::Itself => "a series is not compared with itself".to_owned(),
            Self::Constant => "the values do not vary".to_owned(),
            Self::Identical => "the legs are identical".to_owned(),
            Self::ShorterThanCadence => "the horizon is shorter than the distance between observations".to_owned(),
            Self::HistoryTooShort => "there is no observation so far back".to_owned(),
            Self::NotMeaningful(why) | Self::Open(why) => (*why).to_owned(),
            Self::Needs(id) => id.clone(),
            Self::Stale { id, last } => format!("{id} has nothing after {last}"),
        }
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { .. } | Self::NotMeaningful(_) | Self::Stale { .. } | Self::Open(_) => {
                write!(f, "{}: {}", self.reason(), self.detail())
            }
            Self::NoObservations(id) => write!(f, "no observations of {id}"),
            Self::Needs(id) => write!(f, "needs {id}"),
            _ => f.write_str(self.reason()),
        }
    }
}
