//! Which of two series varies more, and by how much.

use crate::Undefined;
use crate::interval::Interval;
use crate::long_run::Cosines;
use crate::sample::{Deviations, assert_paired};

/// Observations the interval needs.
const LEAST: usize = 60;

/// Log of the ratio of two standard deviations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolatilityRatio {
    /// log(stdev of a / stdev of b): below 0 a is the calmer.
    pub log: f64,
    /// Interval by equal-weighted cosines.
    pub ewc_95: Interval,
}

/// log(stdev(a) / stdev(b)) with the interval of its influence function, (`z_a^2` - `z_b^2`) / 2 on each day.
///
/// A beta below 1 does not show who is calmer, for it is correlation times this ratio. Needs 60 aligned finite values
/// of each that vary; without unit (a log). Errors: [`Undefined::TooFew`], [`Undefined::Constant`]. Source of the
/// interval: [`Cosines`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let b: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 17)).collect();
/// let a: Vec<f64> = b.iter().map(|b| b / 2.0).collect();
/// let ratio = convex_stats::volatility_ratio::volatility_ratio(&a, &b).unwrap();
/// assert!((ratio.log - 0.5_f64.ln()).abs() < 1e-12 && ratio.ewc_95.width() < 1e-12);
/// ```
pub fn volatility_ratio(a: &[f64], b: &[f64]) -> Result<VolatilityRatio, Undefined> {
    assert_paired(a, b);
    Undefined::unless_enough(a.len(), LEAST)?;
    let (a, b) = (Deviations::of_varying(a)?, Deviations::of_varying(b)?);
    let log = (a.square / b.square).ln() / 2.0;
    let score: Vec<f64> = a.standardised().iter().zip(&b.standardised()).map(|(a, b)| (a * a - b * b) / 2.0).collect();
    let half = Cosines::new(score.len())?.half_width(&score);
    Ok(VolatilityRatio { log, ewc_95: Interval::around(log, half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_sixty_values_that_vary() {
        let values: Vec<f64> = (0..60).map(|t| f64::from(t % 7)).collect();
        assert_eq!(volatility_ratio(&values[..59], &values[..59]), Err(Undefined::TooFew { have: 59, need: 60 }));
        assert_eq!(volatility_ratio(&values, &[1.0; 60]), Err(Undefined::Constant));
        assert!(volatility_ratio(&values, &values).unwrap().ewc_95.contains(0.0));
    }
}
