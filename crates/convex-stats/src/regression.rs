//! Ordinary least squares of one series on another.

use crate::Undefined;
use crate::interval::Interval;
use crate::long_run::{Cosines, newey_west, newey_west_lag};
use crate::sample::{Deviations, assert_paired};
use crate::sum::dot;

/// A line through pairs: y = alpha + beta x + e.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// Change of y with one unit of x.
    pub beta: f64,
    /// Interval of beta by equal-weighted cosines.
    pub ewc_95: Interval,
    /// Newey-West standard error of beta.
    pub se_hac: f64,
    /// Lags in that standard error.
    pub lag: usize,
    /// Value of y where x is zero, in the unit of y.
    pub alpha: f64,
    /// Share of the variance of y on the line, 0 to 1.
    pub r2: f64,
    /// Pairs.
    pub n: usize,
}

/// Least squares of `y` on `x` with an intercept, from at least `least` pairs (never fewer than five).
///
/// - beta = sum (x - mean x)(y - mean y) / sum (x - mean x)^2, in units of y per unit of x; alpha = mean y - beta mean x.
/// - `ewc_95`: interval of the influence (x - mean x) e / mean (x - mean x)^2 by equal-weighted cosines ([`Cosines`]).
/// - `se_hac`: Bartlett weights over [`newey_west_lag`] lags, small-sample factor n / (n - 2) (Newey and West 1987).
///
/// Both must be aligned, finite and vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if a square overflows.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let x: Vec<f64> = (0..50_u32).map(|t| f64::from(t * t % 23)).collect();
/// let y: Vec<f64> = x.iter().zip(0..).map(|(x, t)| 1.0 + 2.0 * x + f64::from(t % 2)).collect();
/// let line = convex_stats::regression::slope(&y, &x, 20).unwrap();
/// assert!(line.ewc_95.contains(line.beta) && (line.beta - 2.0).abs() < 0.02 && line.r2 > 0.99);
/// ```
pub fn slope(y: &[f64], x: &[f64], least: usize) -> Result<Slope, Undefined> {
    assert_paired(y, x);
    let n = y.len();
    Undefined::unless_enough(n, least.max(5))?;
    let (y, x) = (Deviations::of_varying(y)?, Deviations::of_varying(x)?);
    let beta = Undefined::unless_finite(dot(&x.values, &y.values) / x.square)?;
    let residuals: Vec<f64> = y.values.iter().zip(&x.values).map(|(y, x)| y - beta * x).collect();
    // Day by day, what moves the slope: its mean is zero because residuals are orthogonal to x.
    let variance = x.square / n as f64;
    let influence: Vec<f64> = x.values.iter().zip(&residuals).map(|(x, e)| x * e / variance).collect();
    let half = Undefined::unless_finite(Cosines::new(n)?.half_width(&influence))?;
    let lag = newey_west_lag(n);
    let se_hac = (newey_west(&influence, lag)? / (n - 2) as f64).sqrt();
    let alpha = Undefined::unless_finite(y.mean - beta * x.mean)?;
    let r2 = (1.0 - dot(&residuals, &residuals) / y.square).clamp(0.0, 1.0);
    Ok(Slope { beta, ewc_95: Interval::around(beta, half), se_hac, lag, alpha, r2, n })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_line_has_no_error() {
        let x: Vec<f64> = (0..40).map(|t| f64::from(t % 9)).collect();
        let y: Vec<f64> = x.iter().map(|x| 3.0 - 0.5 * x).collect();
        let line = slope(&y, &x, 20).unwrap();
        assert!((line.beta + 0.5).abs() < 1e-14 && (line.alpha - 3.0).abs() < 1e-14 && (line.r2 - 1.0).abs() < 1e-14);
        assert!(line.ewc_95.width() < 1e-13 && line.se_hac < 1e-13);
    }

    #[test]
    fn refuses_too_few_and_constant_legs() {
        let x: Vec<f64> = (0..20).map(f64::from).collect();
        assert_eq!(slope(&x, &x, 252), Err(Undefined::TooFew { have: 20, need: 252 }));
        assert_eq!(slope(&x[..4], &x[..4], 0), Err(Undefined::TooFew { have: 4, need: 5 }));
        assert_eq!(slope(&x, &[0.1; 20], 20), Err(Undefined::Constant));
        assert_eq!(slope(&[0.1; 20], &x, 20), Err(Undefined::Constant));
    }
}
