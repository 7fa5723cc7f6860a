//! How fast a level returns to a centre.

use crate::Undefined;
use crate::sample::Deviations;
use crate::sum::dot;

/// x' = x + pull (centre - x) + residual.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversion {
    /// The level returned to; the mean of the levels where nothing pulls.
    pub centre: f64,
    /// Share of the distance that one step makes good, 0 (a walk) to 1.
    pub pull: f64,
    /// What is left of each step.
    pub residuals: Vec<f64>,
}

/// Least squares of the next level on the last, as a discrete Ornstein-Uhlenbeck process (Vasicek 1977).
///
/// The slope is corrected for its downward bias in short samples, (1 + 3 slope) / n (Kendall 1954), and a slope of one or more
/// counts as a walk. A centre beyond the levels ever seen is not believed: it is drawn back to the nearest of them.
/// Needs 100 finite levels that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let mut level = 0.0;
/// let levels: Vec<f64> = (0..2_000_u32)
///     .map(|t| {
///         level += 0.1 * (5.0 - level) + f64::from(t * t % 11) / 10.0 - 0.4;
///         level
///     })
///     .collect();
/// let found = convex_stats::reversion::reversion(&levels).unwrap();
/// assert!((found.centre - 5.0).abs() < 0.5 && found.pull > 0.05);
/// ```
pub fn reversion(levels: &[f64]) -> Result<Reversion, Undefined> {
    Undefined::unless_enough(levels.len(), 100)?;
    let n = levels.len() - 1;
    let before = Deviations::of_varying(&levels[..n])?;
    let after = Deviations::of(&levels[1..])?;
    let slope = dot(&before.values, &after.values) / before.square;
    let corrected = (slope + (1.0 + 3.0 * slope) / n as f64).clamp(0.0, 1.0);
    let pull = 1.0 - corrected;
    let (low, high) = levels.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    // Below a pull of one in ten thousand the centre is a division by nothing.
    let centre =
        if pull < 1e-4 { before.mean } else { ((after.mean - corrected * before.mean) / pull).clamp(low, high) };
    let pull = if pull < 1e-4 { 0.0 } else { pull };
    let residuals = levels.windows(2).map(|pair| pair[1] - pair[0] - pull * (centre - pair[0])).collect();
    Ok(Reversion { centre, pull, residuals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn a_walk_is_hardly_pulled() {
        let mut level = 0.0;
        let levels: Vec<f64> = noise(5_000, 8)
            .into_iter()
            .map(|shock| {
                level += shock;
                level
            })
            .collect();
        assert!(reversion(&levels).unwrap().pull < 0.005);
        assert_eq!(reversion(&[1.0; 200]), Err(Undefined::Constant));
    }
}
