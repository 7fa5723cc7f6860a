//! Where a value stands among others.

use super::moments::{mean, stdev};
use super::order::{position_of_max, position_of_min};
use crate::Undefined;

/// Share of `values` below `value` plus half the share equal to it, 0 to 1: a percentile rank of the mean kind.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// ```
/// assert_eq!(convex_stats::describe::percentile_of(&[1.0, 2.0, 3.0, 3.0], 3.0), Ok(0.75));
/// ```
pub fn percentile_of(values: &[f64], value: f64) -> Result<f64, Undefined> {
    Undefined::unless_enough(values.len(), 1)?;
    let below = values.iter().filter(|other| **other < value).count();
    let not_above = values.iter().filter(|other| **other <= value).count();
    Ok((below + not_above) as f64 / (2 * values.len()) as f64)
}

/// Where the last value lies between the lowest (0) and the highest (1) of all.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`], [`Undefined::Constant`] if lowest and highest
/// are equal.
///
/// ```
/// assert_eq!(convex_stats::describe::range_position(&[10.0, 20.0, 12.5]), Ok(0.25));
/// ```
pub fn range_position(values: &[f64]) -> Result<f64, Undefined> {
    let (low, high) = (values[position_of_min(values)?], values[position_of_max(values)?]);
    if high > low { Ok((values[values.len() - 1] - low) / (high - low)) } else { Err(Undefined::Constant) }
}

/// Last value less the mean, in sample standard deviations (n - 1); the last value is part of both.
///
/// Needs two values; all must be finite. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// assert_eq!(convex_stats::describe::z_of_last(&[1.0, 2.0, 3.0]), Ok(1.0));
/// ```
pub fn z_of_last(values: &[f64]) -> Result<f64, Undefined> {
    let deviation = stdev(values)?;
    if deviation > 0.0 { Ok((values[values.len() - 1] - mean(values)?) / deviation) } else { Err(Undefined::Constant) }
}

/// Share of the values above zero, 0 to 1.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// ```
/// assert_eq!(convex_stats::describe::share_positive(&[0.5, -0.5, 0.0, 1.0]), Ok(0.5));
/// ```
pub fn share_positive(values: &[f64]) -> Result<f64, Undefined> {
    Undefined::unless_enough(values.len(), 1)?;
    Ok(values.iter().filter(|value| **value > 0.0).count() as f64 / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_series_have_no_range_and_no_z() {
        assert_eq!(range_position(&[0.1; 5]), Err(Undefined::Constant));
        assert_eq!(z_of_last(&[0.1; 5]), Err(Undefined::Constant));
        assert_eq!(z_of_last(&[0.1]), Err(Undefined::TooFew { have: 1, need: 2 }));
        assert_eq!(range_position(&[]), Err(Undefined::TooFew { have: 0, need: 1 }));
        assert_eq!(percentile_of(&[], 1.0), Err(Undefined::TooFew { have: 0, need: 1 }));
    }

    #[test]
    fn a_percentile_counts_a_value_that_is_not_there() {
        assert_eq!(percentile_of(&[1.0, 2.0, 4.0, 8.0], 3.0), Ok(0.5));
        assert_eq!(percentile_of(&[1.0], 0.0), Ok(0.0));
        assert_eq!(percentile_of(&[1.0], 2.0), Ok(1.0));
    }
}
