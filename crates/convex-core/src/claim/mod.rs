//! Claims: fixed questions, answered by figures. A sentence exists only as a function of figures.

mod after;
mod bend;
mod breaks;
mod case;
mod credit;
mod cycles;
mod elsewhere;
mod family;
mod gap;
mod haven;
mod hedge;
mod lead;
mod link;
mod market;
mod moves_with;
mod ranking;
mod register;
mod sentence;
mod slope;
mod stress;
mod tails;

pub use case::at_start;
pub use family::{Family, Judged};
pub use register::claims;
pub use sentence::{Part, Print, Sentence};

/// An answer to a fixed question.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Stable id of the question.
    pub id: &'static str,
    /// The question, in the words of this pair.
    pub question: String,
    /// How well it is answered.
    pub verdict: Verdict,
    /// The answer.
    pub sentence: Sentence,
    /// Names of the figures the answer rests on.
    pub figures: Vec<String>,
    /// How it was decided.
    pub method: &'static str,
}

/// How well a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The interval leaves out the null on the claimed side, passes its family, and both halves of history agree in sign.
    Measured,
    /// One of these fails.
    Suggestive,
    /// The evidence does not tell.
    NotEstablished,
    /// The question names a side, and the interval lies wholly on the other.
    Contradicted,
    /// The data cannot tell, whatever they show.
    NotMeasurable,
}

impl Verdict {
    /// The word on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Suggestive => "suggestive",
            Self::NotEstablished => "not-established",
            Self::Contradicted => "contradicted",
            Self::NotMeasurable => "not-measurable",
        }
    }

    /// The words a reader sees.
    pub fn words(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Suggestive => "suggestive",
            Self::NotEstablished => "not established",
            Self::Contradicted => "contradicted",
            Self::NotMeasurable => "not measurable",
        }
    }
}
