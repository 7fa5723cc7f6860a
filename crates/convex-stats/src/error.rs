//! Why a statistic has no value.

use std::fmt;

/// The reason a statistic has no value for the observations given.
///
/// ```
/// use convex_stats::{Undefined, describe};
///
/// let why = describe::stdev(&[1.0]).unwrap_err();
/// assert_eq!(why, Undefined::TooFew { have: 1, need: 2 });
/// assert_eq!(why.to_string(), "too few: 1, 2 needed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// Fewer observations than the statistic needs.
    TooFew {
        /// Observations there are.
        have: usize,
        /// Observations needed.
        need: usize,
    },
    /// The values do not vary.
    Constant,
    /// Two series move identically (or exactly opposite), so that their correlation has no sampling error.
    Identical,
    /// The number would not mean anything; says why.
    NotMeaningful(&'static str),
}

impl Undefined {
    /// `Ok` if there are at least `need` observations.
    pub(crate) fn unless_enough(have: usize, need: usize) -> Result<(), Self> {
        if have < need { Err(Self::TooFew { have, need }) } else { Ok(()) }
    }

    /// `value` itself if it is a number; squares of very large or non-finite input are not.
    pub(crate) fn unless_finite(value: f64) -> Result<f64, Self> {
        if value.is_finite() { Ok(value) } else { Err(Self::NotMeaningful("a value is not finite or too large")) }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { have, need } => write!(f, "too few: {have}, {need} needed"),
            Self::Constant => write!(f, "constant"),
            Self::Identical => write!(f, "the legs are identical"),
            Self::NotMeaningful(why) => write!(f, "not meaningful: {why}"),
        }
    }
}

impl std::error::Error for Undefined {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_reason() {
        assert_eq!(Undefined::Constant.to_string(), "constant");
        assert_eq!(Undefined::Identical.to_string(), "the legs are identical");
        assert_eq!(
            Undefined::NotMeaningful("a level is not positive").to_string(),
            "not meaningful: a level is not positive"
        );
        assert_eq!(Undefined::unless_enough(19, 20), Err(Undefined::TooFew { have: 19, need: 20 }));
        assert_eq!(Undefined::unless_enough(20, 20), Ok(()));
        assert!(Undefined::unless_finite(f64::INFINITY).is_err());
    }
}
