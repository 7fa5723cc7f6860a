//! How long the blocks of a bootstrap should be.

use crate::Undefined;
use crate::sample::{Deviations, assert_paired};
use crate::sum::dot;

/// Observations below which the rule has no autocorrelations to look at.
const LEAST: usize = 11;

/// Mean block length for the stationary bootstrap of a mean, in observations.
///
/// b = (2 g^2 / d)^(1/3) n^(1/3), at most ceil(min(3 sqrt n, n/3)), where g and d = 2 v^2 come from autocovariances under
/// a flat-top window: v = sum h(k/m) c(k), g = sum h(k/m) |k| c(k), h(x) = min(1, 2 (1 - |x|)). The bandwidth m is twice
/// the lag after which five correlations in a row are insignificant, at most ceil(sqrt n) + 5. May be below 1 for a series without dependence.
///
/// Needs 11 finite values that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if the long-run variance vanishes. Source: Politis and White (2004), corrected by Patton,
/// Politis and White (2009); correlations at lag k over the norms of the two parts that remain after k + 1, as `arch` does.
///
/// ```
/// let mut state = 0.0;
/// let persistent: Vec<f64> = (0..500_u32)
///     .map(|t| {
///         state = 0.9 * state + f64::from(t * t % 101) - 50.0;
///         state
///     })
///     .collect();
/// assert!(convex_stats::bootstrap::optimal_block_length(&persistent).unwrap() > 5.0);
/// ```
pub fn optimal_block_length(values: &[f64]) -> Result<f64, Undefined> {
    let n = values.len();
    Undefined::unless_enough(n, LEAST)?;
    let deviations = Deviations::of_varying(values)?;
    let (covariances, bandwidth) = significant_covariances(&deviations.values);
    let (mut g, mut variance) = (0.0, covariances[0]);
    for (k, covariance) in covariances.iter().enumerate().skip(1) {
        let share = k as f64 / bandwidth as f64;
        let weight = if share <= 0.5 { 1.0 } else { 2.0 * (1.0 - share) };
        g += 2.0 * weight * k as f64 * covariance;
        variance += 2.0 * weight * covariance;
    }
    let n = n as f64;
    let longest = (3.0 * n.sqrt()).min(n / 3.0).ceil();
    let ratio = g / variance;
    let length = (ratio * ratio).cbrt() * n.cbrt();
    if length.is_nan() {
        return Err(Undefined::NotMeaningful("the long-run variance vanishes"));
    }
    Ok(length.min(longest))
}

/// Autocovariances (divisor n) up to the bandwidth, and the bandwidth.
fn significant_covariances(deviations: &[f64]) -> (Vec<f64>, usize) {
    let n = deviations.len();
    let limit = 2.0 * ((n as f64).log10() / n as f64).sqrt();
    let quiet_run = ((n as f64).log10() as usize).max(5);
    let most = (n as f64).sqrt().ceil() as usize + quiet_run;
    let (late, early) = squares_left(deviations, most);
    let mut covariances = Vec::with_capacity(most + 1);
    let mut bandwidth = None;
    let mut quiet = 0;
    for lag in 0..=most {
        if bandwidth.is_none() && quiet >= quiet_run {
            bandwidth = Some(most.min(2 * (lag - quiet_run).max(1)));
        }
        if bandwidth.is_some_and(|bandwidth| lag > bandwidth) {
            break;
        }
        let product = dot(&deviations[lag..], &deviations[..n - lag]);
        covariances.push(product / n as f64);
        let insignificant = product.abs() / (late[lag] * early[lag]).sqrt() < limit;
        quiet = if insignificant { quiet + 1 } else { 0 };
    }
    let bandwidth = bandwidth.unwrap_or(most);
    covariances.truncate(bandwidth + 1);
    (covariances, bandwidth)
}

/// For each lag up to `most`, the sum of squares after the first lag + 1 values and before the last lag + 1.
fn squares_left(deviations: &[f64], most: usize) -> (Vec<f64>, Vec<f64>) {
    let n = deviations.len();
    let outer = most + 1;
    let mut late = vec![dot(&deviations[outer..], &deviations[outer..]); outer];
    let mut early = vec![dot(&deviations[..n - outer], &deviations[..n - outer]); outer];
    // From the longest lag down, so that nothing large is ever subtracted.
    for lag in (0..most).rev() {
        late[lag] = late[lag + 1] + deviations[lag + 1].powi(2);
        early[lag] = early[lag + 1] + deviations[n - lag - 2].powi(2);
    }
    (late, early)
}

/// Block length for resampling pairs, in observations: the mean of [`optimal_block_length`] over x, y and x y, at least 1.
///
/// Needs 11 aligned finite pairs. Where the product has no block length (it is constant) the answer is 1. Errors: those of
/// [`optimal_block_length`] for x and y.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let x: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 101)).collect();
/// let y: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 97)).collect();
/// assert!(convex_stats::bootstrap::pair_block_length(&x, &y).unwrap() >= 1.0);
/// ```
pub fn pair_block_length(x: &[f64], y: &[f64]) -> Result<f64, Undefined> {
    assert_paired(x, y);
    let product: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
    let own = optimal_block_length(x)? + optimal_block_length(y)?;
    Ok(optimal_block_length(&product).map_or(1.0, |joint| ((own + joint) / 3.0).max(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remaining_squares_equal_their_definition() {
        let values: Vec<f64> = (0..30_u32).map(|t| f64::from(t * t % 13) - 6.0).collect();
        let (late, early) = squares_left(&values, 11);
        for lag in 0..=11 {
            assert_eq!(late[lag], dot(&values[lag + 1..], &values[lag + 1..]));
            assert_eq!(early[lag], dot(&values[..29 - lag], &values[..29 - lag]));
        }
    }

    #[test]
    fn short_and_constant_series_have_no_length() {
        assert_eq!(optimal_block_length(&[1.0; 10]), Err(Undefined::TooFew { have: 10, need: 11 }));
        assert_eq!(optimal_block_length(&[1.0; 11]), Err(Undefined::Constant));
        let x: Vec<f64> = (0..40).map(|t| if t % 3 == 0 { -1.0 } else { 1.0 }).collect();
        assert_eq!(pair_block_length(&x, &x), Ok(1.0));
    }

    #[test]
    fn a_trend_meets_the_longest_length() {
        let trend: Vec<f64> = (0..400).map(f64::from).collect();
        assert!(optimal_block_length(&trend).unwrap() <= 60.0);
    }
}
