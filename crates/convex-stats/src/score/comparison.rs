//! Was one of two forecasts better?

use crate::Undefined;
use crate::long_run::newey_west;
use crate::normal;
use crate::sample::Deviations;

/// Test of equal mean loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Mean of the first loss less the second: negative where the first forecast was better.
    pub difference: f64,
    /// The mean over its standard error, negative where the first was better.
    pub statistic: f64,
    /// Two-sided p-value, standard normal.
    pub p: f64,
    /// Losses compared.
    pub n: usize,
}

impl Comparison {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "both forecasts lose the same on average";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "the first loses less (negative statistic) or more (positive)";
}

/// Diebold and Mariano's (1995) test on paired differences of losses, with Bartlett weights over `lag` differences: forecasts
/// that overlap by a horizon need a lag of at least that.
///
/// Needs 20 differences and more than `lag`. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let worse: Vec<f64> = (0..100_u32).map(|t| 0.2 + f64::from(t * t % 11) / 11.0 - 0.45).collect();
/// let found = convex_stats::score::compare(&worse, 4).unwrap();
/// assert!(found.difference > 0.1 && found.statistic > 2.0);
/// ```
pub fn compare(differences: &[f64], lag: usize) -> Result<Comparison, Undefined> {
    let n = differences.len();
    Undefined::unless_enough(n, 20.max(lag + 1))?;
    let deviations = Deviations::of_varying(differences)?;
    let variance = newey_west(&deviations.values, lag)?;
    if variance <= 0.0 {
        return Err(Undefined::Constant);
    }
    let statistic = deviations.mean / (variance / n as f64).sqrt();
    Ok(Comparison { difference: deviations.mean, statistic, p: normal::beyond(statistic), n })
}
