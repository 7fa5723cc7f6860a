//! The sizes that rules name: plain, in basis points or in per cent.

use std::fmt;

use crate::catalog::MetricUnit;
use crate::figure::Unit;

/// A size as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number.
    pub number: f64,
    /// What it counts.
    pub scale: Scale,
}

/// What a typed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The unit of the figure itself.
    Own,
    /// Hundredths of a percentage point.
    BasisPoints,
    /// Hundredths.
    Percent,
}

/// A size was named in a unit that the figure does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{typed} do not fit a figure measured in {unit}: write the number alone")]
pub struct BadUnit {
    /// What was typed.
    pub typed: &'static str,
    /// What the figure is measured in.
    pub unit: &'static str,
}

impl Amount {
    /// The size in a figure's own unit.
    pub fn in_unit(self, unit: Unit) -> Result<f64, BadUnit> {
        let bad = |typed| Err(BadUnit { typed, unit: unit.word() });
        match (self.scale, unit) {
            (Scale::Own, _) | (Scale::Percent, Unit::Own(MetricUnit::Percent)) => Ok(self.number),
            (Scale::BasisPoints, Unit::Own(MetricUnit::Percent)) | (Scale::Percent, Unit::Fraction) => {
                Ok(self.number / 100.0)
            }
            (Scale::BasisPoints, _) => bad("basis points"),
            (Scale::Percent, _) => bad("per cent"),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.scale {
            Scale::Own => "",
            Scale::BasisPoints => " bp",
            Scale::Percent => " %",
        };
        write!(f, "{}{unit}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_brought_to_the_unit_of_the_figure() {
        let check = |number: f64, scale: Scale, unit: Unit, expected: Option<f64>| {
            assert_eq!(Amount { number, scale }.in_unit(unit).ok(), expected, "{number} {scale:?} {unit:?}");
        };
        check(50.0, Scale::BasisPoints, Unit::Own(MetricUnit::Percent), Some(0.5));
        check(5.0, Scale::Percent, Unit::Own(MetricUnit::Percent), Some(5.0));
        check(5.0, Scale::Percent, Unit::Fraction, Some(0.05));
        check(2.0, Scale::Own, Unit::Stdevs, Some(2.0));
        check(50.0, Scale::BasisPoints, Unit::Own(MetricUnit::Usd), None);
        check(5.0, Scale::Percent, Unit::Correlation, None);
    }
}
