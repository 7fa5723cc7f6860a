//! Falls from the highest value so far.

use crate::Undefined;

/// Each value over the highest value up to and including it, less one: 0 at a new high, -0.25 a quarter below it.
///
/// Needs one value; all must be finite and positive. Errors: [`Undefined::TooFew`], and
/// [`Undefined::NotMeaningful`] if a level is not positive (a fall of a spread through zero is no fraction).
///
/// ```
/// let path = convex_stats::describe::drawdowns(&[100.0, 75.0, 120.0, 90.0]).unwrap();
/// assert_eq!(path, [0.0, -0.25, 0.0, -0.25]);
/// ```
pub fn drawdowns(levels: &[f64]) -> Result<Vec<f64>, Undefined> {
    Undefined::unless_enough(levels.len(), 1)?;
    if levels.iter().any(|level| *level <= 0.0) {
        return Err(Undefined::NotMeaningful("a level is not positive"));
    }
    let mut highest = 0.0_f64;
    let fall = |level: &f64| {
        highest = highest.max(*level);
        level / highest - 1.0
    };
    Ok(levels.iter().map(fall).collect())
}

/// The deepest of the [`drawdowns`], 0 to -1: min over t of x\[t\] / max(x\[1\] .. x\[t\]) - 1.
///
/// Needs one value; all must be finite and positive. Errors: as [`drawdowns`].
///
/// ```
/// assert_eq!(convex_stats::describe::max_drawdown(&[100.0, 50.0, 200.0, 150.0]), Ok(-0.5));
/// ```
pub fn max_drawdown(levels: &[f64]) -> Result<f64, Undefined> {
    Ok(drawdowns(levels)?.into_iter().fold(0.0, f64::min))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_series_never_falls_and_zero_is_refused() {
        assert_eq!(max_drawdown(&[1.0, 2.0, 2.0, 3.0]), Ok(0.0));
        assert_eq!(max_drawdown(&[1.0, 0.0]), Err(Undefined::NotMeaningful("a level is not positive")));
        assert_eq!(drawdowns(&[]), Err(Undefined::TooFew { have: 0, need: 1 }));
    }
}
