//! Units in words, and levels in their unit.

use convex_core::catalog::MetricUnit;

use super::number::{fixed, price};

/// The words beside a level: `USD`, `% a year`, `index points`.
pub fn unit_words(unit: MetricUnit) -> &'static str {
    match unit {
        MetricUnit::Usd => "USD",
        MetricUnit::UsdMillions => "USD millions",
        MetricUnit::Jpy => "JPY",
        MetricUnit::Index => "index points",
        MetricUnit::Percent => "percent",
        MetricUnit::Points => "percentage points",
        MetricUnit::Count => "count",
        MetricUnit::Flag => "yes 1, no 0",
    }
}

/// A level with the digits its unit is quoted with; the unit itself is left to the words beside it.
pub fn level(value: f64, unit: MetricUnit) -> String {
    match unit {
        MetricUnit::Usd | MetricUnit::Jpy | MetricUnit::Index => price(value),
        MetricUnit::Percent | MetricUnit::Points => fixed(value, 2),
        MetricUnit::UsdMillions | MetricUnit::Count => fixed(value, 0),
        MetricUnit::Flag => {
            let is_whole = (value - value.round()).abs() < 1e-9;
            fixed(value, if is_whole { 0 } else { 2 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_as_read() {
        let table = [
            (level(480.57, MetricUnit::Usd), "480.57"),
            (level(1.1745, MetricUnit::Usd), "1.1745"),
            (level(4.18, MetricUnit::Percent), "4.18"),
            (level(-0.5, MetricUnit::Points), "−0.50"),
            (level(6_640_618.0, MetricUnit::UsdMillions), "6,640,618"),
            (level(212_345.6, MetricUnit::Count), "212,346"),
            (level(1.0, MetricUnit::Flag), "1"),
            (level(0.25, MetricUnit::Flag), "0.25"),
            (level(-0.523_46, MetricUnit::Index), "−0.5235"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
