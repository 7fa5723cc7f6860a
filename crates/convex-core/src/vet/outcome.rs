//! What vetting finds.

use super::{Candle, Caution, Point, Reason};
use crate::Day;

/// An offer, vetted.
#[derive(Clone, Debug, PartialEq)]
pub struct Vetted {
    /// What may be published, in order of days, each day once.
    pub accepted: Vec<Point>,
    /// What may not until someone or something confirms it, in order of days.
    pub quarantined: Vec<Quarantined>,
    /// Remarks on what was accepted, in order of days.
    pub cautions: Vec<(Day, Caution)>,
    /// The ranges of accepted days that can be true.
    pub candles: Vec<Candle>,
    /// Accepted values that differ from what is known of their day.
    pub revised: usize,
    /// Every known value that is offered again is so many times what it was: the past is restated, as after a split or a
    /// payout, and the whole history should be fetched anew.
    pub rebased: Option<f64>,
    /// The provider gives less history than is kept here.
    pub shortened: Option<Shortened>,
    /// Whether the accepted values may be published.
    pub verdict: Verdict,
}

/// A value that is not published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quarantined {
    /// The value and its day.
    pub point: Point,
    /// Why.
    pub reason: Reason,
}

/// The provider's history begins later, or has more holes, than what is kept here. What is kept stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortened {
    /// First day kept.
    pub kept_from: Day,
    /// First day the provider still gives; `None` if it gives nothing.
    pub offered_from: Option<Day>,
    /// Kept observations the provider no longer gives.
    pub missing: usize,
}

/// The judgement on a whole offer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The accepted values may be published.
    Publish,
    /// So much is doubtful that none of it may be.
    Refuse {
        /// Values in quarantine.
        quarantined: usize,
        /// Values that brought something new.
        offered: usize,
    },
    /// The past is restated on another scale and nothing announced explains it, so none of it may be.
    Rebased {
        /// Offered values divided by known ones.
        factor: f64,
    },
}

impl Vetted {
    /// What is to be stored: the accepted values, or nothing if the offer is refused.
    pub fn publishable(&self) -> &[Point] {
        match self.verdict {
            Verdict::Publish => &self.accepted,
            Verdict::Refuse { .. } | Verdict::Rebased { .. } => &[],
        }
    }
}

impl Verdict {
    /// The judgement in words; empty if there is nothing to say.
    pub fn words(self) -> String {
        match self {
            Self::Publish => String::new(),
            Self::Refuse { quarantined, offered } => {
                format!("{quarantined} of {offered} values are doubtful, so none of them is published")
            }
            Self::Rebased { factor } => {
                format!(
                    "all known values come back {factor:.4} times as large and no split is announced, so none is published"
                )
            }
        }
    }
}

impl Shortened {
    /// What a reader is told.
    pub fn words(self) -> String {
        match self.offered_from {
            Some(from) if from > self.kept_from => {
                format!("the provider now gives values from {from} only; those kept go back to {}", self.kept_from)
            }
            Some(_) => format!("the provider no longer gives {} of the values kept here", self.missing),
            None => format!("the provider gives nothing; what is kept goes back to {}", self.kept_from),
        }
    }
}
