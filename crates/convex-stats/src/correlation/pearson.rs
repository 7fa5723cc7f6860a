//! Pearson's correlation, its influence function and Fisher's interval.

use super::{Influence, unless_identical};
use crate::Undefined;
use crate::interval::{Interval, NORMAL_975};
use crate::sample::{Deviations, assert_paired};
use crate::sum::dot;

/// Two series in population standard deviations from their means, with their correlation.
#[derive(Clone, Debug)]
pub(crate) struct Standard {
    pub(crate) x: Vec<f64>,
    pub(crate) y: Vec<f64>,
    pub(crate) correlation: f64,
}

impl Standard {
    /// Errors: too few (below two), constant, not finite.
    pub(crate) fn of(x: &[f64], y: &[f64]) -> Result<Self, Undefined> {
        assert_paired(x, y);
        Undefined::unless_enough(x.len(), 2)?;
        let (x, y) = (Deviations::of_varying(x)?.standardised(), Deviations::of_varying(y)?.standardised());
        let correlation = Undefined::unless_finite(dot(&x, &y) / x.len() as f64)?.clamp(-1.0, 1.0);
        Ok(Self { x, y, correlation })
    }

    /// Errors: identical.
    pub(crate) fn influence(&self) -> Result<Influence, Undefined> {
        let r = unless_identical(self.correlation)?;
        let scale = (1.0 - r * r).recip();
        let score = self.x.iter().zip(&self.y).map(|(x, y)| (x * y - r / 2.0 * (x * x + y * y)) * scale).collect();
        Ok(Influence { correlation: r, score })
    }
}

/// Pearson's correlation, -1 to 1: sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 sum (y - mean y)^2).
///
/// Needs two aligned finite pairs. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if a square overflows.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let r = convex_stats::correlation::pearson(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).unwrap();
/// assert!((r - 0.5).abs() < 1e-15);
/// ```
pub fn pearson(x: &[f64], y: &[f64]) -> Result<f64, Undefined> {
    Ok(Standard::of(x, y)?.correlation)
}

/// Pearson's correlation r and the influence of each pair on atanh r: (zx zy - r/2 (zx^2 + zy^2)) / (1 - r^2), with z
/// in population standard deviations (Devlin, Gnanadesikan and Kettenring 1975).
///
/// Needs two aligned finite pairs. Errors: as [`pearson`], and [`Undefined::Identical`] where |r| is within 1e-12 of 1.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let found = convex_stats::correlation::pearson_influence(&[1.0, 2.0, 3.0, 9.0], &[1.0, 3.0, 2.0, 4.0]).unwrap();
/// assert!(found.score.iter().sum::<f64>().abs() < 1e-12);
/// ```
pub fn pearson_influence(x: &[f64], y: &[f64]) -> Result<Influence, Undefined> {
    Standard::of(x, y)?.influence()
}

/// Fisher's interval of Pearson's correlation over `n` pairs: tanh(atanh r -+ 1.96 / sqrt(n - 3)).
///
/// True only for independent normal pairs; kept beside the others as the figure readers know. Errors:
/// [`Undefined::TooFew`] below four pairs, [`Undefined::Identical`] where |r| is within 1e-12 of 1.
/// Source: Fisher (1921).
///
/// ```
/// let interval = convex_stats::correlation::fisher_interval(0.5, 103).unwrap();
/// assert!((interval.low - 0.339_308).abs() < 1e-6 && (interval.high - 0.632_338).abs() < 1e-6);
/// ```
pub fn fisher_interval(correlation: f64, n: usize) -> Result<Interval, Undefined> {
    Undefined::unless_enough(n, 4)?;
    let half = NORMAL_975 / ((n - 3) as f64).sqrt();
    Ok(Interval::around_correlation(unless_identical(correlation)?, half))
}
