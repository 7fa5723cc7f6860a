//! How the numbers of a chart are read. The script in the browser reads them by the same rule, from this description, so
//! that a value under the crosshair looks as it does in the legend and in the table.

use convex_core::catalog::MetricUnit;
use serde::Serialize;

use super::number::{fixed, price, signed, significant};

/// A rule from number to text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Print {
    /// Which digits are kept.
    pub how: How,
    /// Decimals, or significant digits.
    pub digits: u8,
    /// What the number is multiplied with first: 100 for shares read in per cent.
    pub times: u8,
    /// What stands after the digits.
    pub after: &'static str,
}

/// Which digits are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// So many decimals.
    Fixed,
    /// So many decimals, with a plus before what rises.
    Signed,
    /// At least so many significant digits.
    Significant,
    /// As prices are quoted.
    Price,
}

impl Print {
    /// So many decimals.
    pub const fn fixed(digits: u8) -> Self {
        Self { how: How::Fixed, digits, times: 1, after: "" }
    }

    /// So many decimals with a sign.
    pub const fn signed(digits: u8) -> Self {
        Self { how: How::Signed, digits, times: 1, after: "" }
    }

    /// Four significant digits.
    pub const fn significant() -> Self {
        Self { how: How::Significant, digits: 4, times: 1, after: "" }
    }

    /// A share of one in per cent, one decimal.
    pub const fn percent() -> Self {
        Self { how: How::Fixed, digits: 1, times: 100, after: " %" }
    }

    /// A change of a rate in whole basis points.
    pub const fn basis_points() -> Self {
        Self { how: How::Signed, digits: 0, times: 100, after: " bp" }
    }

    /// A level in its unit.
    pub const fn level(unit: MetricUnit) -> Self {
        match unit {
            MetricUnit::Usd | MetricUnit::Jpy | MetricUnit::Index => {
                Self { how: How::Price, digits: 0, times: 1, after: "" }
            }
            MetricUnit::Percent | MetricUnit::Points => Self::fixed(2),
            MetricUnit::UsdMillions | MetricUnit::Count | MetricUnit::Flag => Self::fixed(0),
        }
    }

    /// The number as read.
    pub fn text(self, value: f64) -> String {
        let value = value * f64::from(self.times);
        let digits = match self.how {
            How::Fixed => fixed(value, usize::from(self.digits)),
            How::Signed => signed(value, usize::from(self.digits)),
            How::Significant => significant(value, i32::from(self.digits)),
            How::Price => price(value),
        };
        format!("{digits}{}", self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same table is read by the tests of the script.
    const CASES: &str = include_str!("../../../../web/src/charts/print-cases.json");

    #[test]
    fn the_table_shared_with_the_script() {
        let cases: Vec<serde_json::Value> = serde_json::from_str(CASES).unwrap();
        assert!(cases.len() >= 20);
        let rules = [
            ("fixed 1", Print::fixed(1)),
            ("fixed 2", Print::fixed(2)),
            ("signed 2", Print::signed(2)),
            ("significant", Print::significant()),
            ("percent", Print::percent()),
            ("basis points", Print::basis_points()),
            ("price", Print::level(MetricUnit::Usd)),
        ];
        for case in &cases {
            let (_, rule) = rules.iter().find(|(name, _)| *name == case["rule"]).unwrap();
            assert_eq!(serde_json::to_value(rule).unwrap(), case["print"], "{case}");
            assert_eq!(rule.text(case["value"].as_f64().unwrap()), case["text"].as_str().unwrap(), "{case}");
        }
    }
}
