//! Long-run variance with Bartlett weights.

use crate::Undefined;
use crate::sum::dot;

/// Rule-of-thumb bandwidth floor(4 (n / 100)^(2/9)) of Newey and West (1994), in observations.
///
/// ```
/// use convex_stats::long_run::newey_west_lag;
///
/// assert_eq!([62, 252, 6_437].map(newey_west_lag), [3, 4, 10]);
/// ```
pub fn newey_west_lag(n: usize) -> usize {
    (4.0 * (n as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize
}

/// Long-run variance of a series whose expectation is zero, with Bartlett weights (Newey and West 1987):
/// g(0) + 2 sum over l = 1 .. lag of (1 - l / (lag + 1)) g(l), where g(l) = (1/n) sum over t > l of s\[t\] s\[t - l\].
///
/// In the squared unit of the score, never negative. The score is taken as it is, not centred: scores of a regression
/// have mean zero by construction. Needs more values than `lag`; all must be finite. Errors: [`Undefined::TooFew`],
/// [`Undefined::NotMeaningful`] if a square overflows.
///
/// ```
/// use convex_stats::long_run::newey_west;
///
/// let alternating = [1.0, -1.0, 1.0, -1.0];
/// assert_eq!(newey_west(&alternating, 0), Ok(1.0));
/// assert_eq!(newey_west(&alternating, 1), Ok(0.25));
/// ```
pub fn newey_west(score: &[f64], lag: usize) -> Result<f64, Undefined> {
    Undefined::unless_enough(score.len(), lag + 1)?;
    let n = score.len();
    let covariance = |l: usize| dot(&score[l..], &score[..n - l]) / n as f64;
    let weight = |l: usize| 1.0 - l as f64 / (lag + 1) as f64;
    let around = (1..=lag).fold(0.0, |total, l| total + weight(l) * covariance(l));
    Undefined::unless_finite((covariance(0) + 2.0 * around).max(0.0))
}
