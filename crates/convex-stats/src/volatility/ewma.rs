//! Exponentially weighted variance.

use super::Recursion;
use crate::Undefined;

/// Decay of a day's weight (J.P. Morgan 1996).
pub const DECAY: f64 = 0.94;

/// Variance expected for the next change, in the squared unit of a change: h' = 0.94 h + 0.06 r^2, without a mean.
///
/// Begins with the weighted square of the first 75 changes. Needs 20 finite changes. Errors: [`Undefined::TooFew`],
/// [`Undefined::Constant`] if every change is zero. Source: J.P. Morgan (1996), `RiskMetrics` Technical Document.
///
/// ```
/// let calm = convex_stats::volatility::ewma(&[0.01; 50]).unwrap();
/// assert!((calm - 0.0001).abs() < 1e-15);
/// ```
pub fn ewma(changes: &[f64]) -> Result<f64, Undefined> {
    Undefined::unless_enough(changes.len(), 20)?;
    let path = Recursion::exponential(DECAY).path(changes, 0.0);
    let last = Undefined::unless_finite(path[changes.len()])?;
    if last > 0.0 { Ok(last) } else { Err(Undefined::Constant) }
}
