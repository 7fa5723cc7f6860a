//! Scores of a forecast distribution.

use crate::normal;

/// Loss of a quantile forecast: (y - q) level where y lies above, (q - y)(1 - level) below; in the unit of the value.
///
/// Lowest in expectation for the true quantile (Koenker and Bassett 1978).
///
/// ```
/// assert!((convex_stats::score::pinball(0.9, 1.0, 3.0) - 1.8).abs() < 1e-12);
/// assert!((convex_stats::score::pinball(0.9, 1.0, 0.0) - 0.1).abs() < 1e-12);
/// ```
pub fn pinball(level: f64, quantile: f64, value: f64) -> f64 {
    if value >= quantile { level * (value - quantile) } else { (1.0 - level) * (quantile - value) }
}

/// Continuous ranked probability score from quantiles at the levels (i + 1/2) / m: twice their mean pinball loss, which is
/// that of the m points taken as a sample, each with the same chance (Laio and Tamea 2007). In the unit of the value; lower is better.
///
/// ```
/// // A single point: the distance.
/// assert_eq!(convex_stats::score::crps_quantiles(&[2.0], 5.0), 3.0);
/// ```
pub fn crps_quantiles(quantiles: &[f64], value: f64) -> f64 {
    let m = quantiles.len() as f64;
    let loss = |(at, quantile): (usize, &f64)| pinball((at as f64 + 0.5) / m, *quantile, value);
    2.0 * quantiles.iter().enumerate().map(loss).sum::<f64>() / m
}

/// Continuous ranked probability score of a normal forecast, exact: s (z (2 F(z) - 1) + 2 f(z) - 1 / sqrt(pi)), z = (y - mean) / s
/// (Gneiting and Raftery 2007).
///
/// ```
/// let score = convex_stats::score::crps_normal(0.0, 1.0, 0.0);
/// assert!((score - 0.233_694_977_254_923_6).abs() < 1e-12);
/// ```
pub fn crps_normal(mean: f64, stdev: f64, value: f64) -> f64 {
    let z = (value - mean) / stdev;
    let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    stdev * (z * (2.0 * normal::below(z) - 1.0) + 2.0 * density - std::f64::consts::PI.sqrt().recip())
}

/// The value below which a standard normal variable lies with the chance `share`, without unit; infinite at 0 and 1.
///
/// ```
/// assert!((convex_stats::score::normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
/// ```
pub fn normal_quantile(share: f64) -> f64 {
    -std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_quantiles_of_a_normal_score_as_the_normal() {
        use statrs::distribution::{ContinuousCDF, Normal};
        let normal = Normal::new(0.3, 2.0).unwrap();
        let quantiles: Vec<f64> = (0..2_000).map(|i| normal.inverse_cdf((f64::from(i) + 0.5) / 2_000.0)).collect();
        for value in [-4.0, 0.0, 0.3, 1.7, 9.0] {
            let exact = crps_normal(0.3, 2.0, value);
            assert!((crps_quantiles(&quantiles, value) - exact).abs() < 1e-3, "{value}");
        }
    }
}
