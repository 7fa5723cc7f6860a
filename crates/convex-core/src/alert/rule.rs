//! Rules as values, and as the sentence that means the same.

use std::fmt;

use super::Amount;

/// What is watched, and for what.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Whose figure.
    pub subject: Subject,
    /// What must be true of it.
    pub condition: Condition,
    /// Observations that must pass after an alert before the next.
    pub cool_down: u32,
}

/// Whose figure is watched: a metric or a pair, by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One metric.
    Metric(String),
    /// Two of them.
    Pair(String, String),
}

/// What must be true.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A figure stands beyond a level.
    Level {
        /// Its dotted name.
        figure: String,
        /// On which side.
        side: Side,
        /// Of which level.
        level: Amount,
        /// For how many closes in a row.
        closes: u32,
        /// The level at which the rule may fire again; by default a tenth of the level back.
        until: Option<Amount>,
    },
    /// The value, or the gap of a pair, moved at least so far; a negative size is a fall.
    Move {
        /// How far.
        size: Amount,
        /// Within how many observations.
        sessions: u32,
    },
    /// The verdict on a question is another than at the close before.
    Verdict {
        /// Id of the claim.
        claim: String,
    },
    /// An observation is overdue.
    Late,
}

/// A side of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Higher.
    Above,
    /// Lower.
    Below,
}

/// Observations between two alerts of a rule unless it says otherwise.
pub(super) const COOL_DOWN: u32 = 5;

impl Side {
    /// Whether a value stands on this side of a level.
    pub fn holds(self, value: f64, level: f64) -> bool {
        match self {
            Self::Above => value > level,
            Self::Below => value < level,
        }
    }

    /// The word in a rule.
    pub fn word(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }
}

impl Rule {
    /// A rule with the usual pause between alerts.
    pub fn new(subject: Subject, condition: Condition) -> Self {
        Self { subject, condition, cool_down: COOL_DOWN }
    }

    /// Name of the figure whose path is watched; `None` for verdicts and ages.
    pub fn figure(&self) -> Option<&str> {
        match (&self.condition, &self.subject) {
            (Condition::Level { figure, .. }, _) => Some(figure),
            (Condition::Move { .. }, Subject::Metric(_)) => Some("value"),
            (Condition::Move { .. }, Subject::Pair(..)) => Some("gap"),
            (Condition::Verdict { .. } | Condition::Late, _) => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metric(id) => f.write_str(id),
            Self::Pair(a, b) => write!(f, "{a}-vs-{b}"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level { figure, side, level, closes, until } => {
                write!(f, "{figure} {} {level}", side.word())?;
                if *closes > 1 {
                    write!(f, " for {closes} closes")?;
                }
                match until {
                    Some(until) => write!(f, " until {} {until}", side.other().word()),
                    None => Ok(()),
                }
            }
            Self::Move { size, sessions } => {
                let sign = if size.number >= 0.0 { "+" } else { "" };
                write!(f, "{sign}{size} in {sessions} session{}", if *sessions == 1 { "" } else { "s" })
            }
            Self::Verdict { claim } => write!(f, "verdict of {claim} changes"),
            Self::Late => f.write_str("late"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.condition)?;
        if self.cool_down != COOL_DOWN {
            write!(f, ", at most once in {} sessions", self.cool_down)?;
        }
        Ok(())
    }
}
