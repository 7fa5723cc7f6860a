//! The test of Engle and Granger.

#![expect(clippy::doc_markdown, reason = "a surname has a capital inside")]

use crate::Undefined;
use crate::sample::{Deviations, assert_paired};
use crate::sum::dot;
use crate::unit_root::{Deterministic, LEAST, dickey_fuller, mackinnon_p};

/// Share of the variance left unexplained below which one series is a multiple of the other: 100 times the square root
/// of the rounding error, as statsmodels has it.
const COLLINEAR: f64 = 1.490_116_119_384_765_6e-6;

/// Result of the test of Engle and Granger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EngleGranger {
    /// t statistic of the level of the residuals.
    pub statistic: f64,
    /// Approximate p-value (MacKinnon 1994, two series).
    pub p: f64,
    /// Lagged changes in the regression of the residuals.
    pub lag: usize,
    /// Observations in the regression of the residuals.
    pub n: usize,
    /// Slope of the level relation, in units of y per unit of x.
    pub slope: f64,
    /// Constant of the level relation, in the unit of y.
    pub constant: f64,
}

impl EngleGranger {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "no constant combination of the two series returns to a level";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "a constant combination of the two series returns to a level";
}

/// Both regressions of a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EitherWay {
    /// a explained by b.
    pub a_on_b: EngleGranger,
    /// b explained by a.
    pub b_on_a: EngleGranger,
    /// p-value of the smaller of the two, for having looked twice: min(1, 2 min p) (Bonferroni).
    pub p: f64,
}

/// Engle and Granger's test: the augmented Dickey-Fuller statistic, without constant, of the residuals of
/// y\[t\] = constant + slope x\[t\] + e\[t\].
///
/// Lags as in [`crate::unit_root::adf`]. Which series is explained matters in a sample: see [`engle_granger_either_way`].
/// The statistic has no unit; it does not change when a series is multiplied or shifted.
///
/// Both must be aligned and finite, at least 250 pairs. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::Identical`] if x explains all but 1.5e-6 of the variance of y, [`Undefined::NotMeaningful`]. Sources: Engle
/// and Granger (1987), MacKinnon (1994) for p.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::cointegration::{EngleGranger, engle_granger};
///
/// let noise = |factor: u64| (0..400_u64).map(move |t| (t * t * factor % 1_009) as f64 - 504.0);
/// let x: Vec<f64> = noise(7_919).scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let y: Vec<f64> = x.iter().zip(noise(104_729)).map(|(x, e)| 2.0 * x + e).collect();
/// let found = engle_granger(&y, &x).unwrap();
/// assert!(found.p < 0.01 && (found.slope - 2.0).abs() < 0.1, "{}", EngleGranger::ALTERNATIVE);
/// ```
pub fn engle_granger(y: &[f64], x: &[f64]) -> Result<EngleGranger, Undefined> {
    assert_paired(y, x);
    Undefined::unless_enough(y.len(), LEAST)?;
    let (y, x) = (Deviations::of_varying(y)?, Deviations::of_varying(x)?);
    let slope = Undefined::unless_finite(dot(&x.values, &y.values) / x.square)?;
    let residuals: Vec<f64> = y.values.iter().zip(&x.values).map(|(y, x)| y - slope * x).collect();
    if dot(&residuals, &residuals) <= COLLINEAR * y.square {
        return Err(Undefined::Identical);
    }
    let found = dickey_fuller(&residuals, Deterministic::Nothing)?;
    let p = mackinnon_p(found.statistic, 2);
    let constant = y.mean - slope * x.mean;
    Ok(EngleGranger { statistic: found.statistic, p, lag: found.lag, n: found.n, slope, constant })
}

/// [`engle_granger`] in both directions, with one p-value for the pair.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::cointegration::engle_granger_either_way;
///
/// let noise = |factor: u64| (0..400_u64).map(move |t| (t * t * factor % 1_009) as f64 - 504.0);
/// let a: Vec<f64> = noise(7_919).scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let b: Vec<f64> = noise(104_729).scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let found = engle_granger_either_way(&a, &b).unwrap();
/// assert_eq!(found.p, (2.0 * found.a_on_b.p.min(found.b_on_a.p)).min(1.0));
/// ```
pub fn engle_granger_either_way(a: &[f64], b: &[f64]) -> Result<EitherWay, Undefined> {
    let (a_on_b, b_on_a) = (engle_granger(a, b)?, engle_granger(b, a)?);
    Ok(EitherWay { a_on_b, b_on_a, p: (2.0 * a_on_b.p.min(b_on_a.p)).min(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_multiples_and_constants() {
        let x: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101)).collect();
        let multiple: Vec<f64> = x.iter().map(|x| 3.0 - 2.0 * x).collect();
        assert_eq!(engle_granger(&multiple, &x), Err(Undefined::Identical));
        assert_eq!(engle_granger(&x, &[0.1; 300]), Err(Undefined::Constant));
        assert_eq!(engle_granger(&x[..100], &x[..100]), Err(Undefined::TooFew { have: 100, need: 250 }));
    }
}
