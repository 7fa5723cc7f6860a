//! Median, quantiles and the places of the extremes.

use crate::Undefined;

/// Middle value, or the mean of the two middle values, in the unit of the values.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// ```
/// assert_eq!(convex_stats::describe::median(&[9.0, 1.0, 2.0, 4.0]), Ok(3.0));
/// ```
pub fn median(values: &[f64]) -> Result<f64, Undefined> {
    quantile(values, 0.5)
}

/// The `share` quantile (0 to 1) by linear interpolation between order statistics, type 7 of Hyndman and Fan (1996):
/// with h = (n - 1) share, x\[floor h\] + (h - floor h) (x\[floor h + 1\] - x\[floor h\]).
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// # Panics
/// If `share` lies outside 0 to 1.
///
/// ```
/// assert_eq!(convex_stats::describe::quantile(&[4.0, 1.0, 2.0, 3.0], 0.25), Ok(1.75));
/// ```
pub fn quantile(values: &[f64], share: f64) -> Result<f64, Undefined> {
    Undefined::unless_enough(values.len(), 1)?;
    Ok(quantile_in_place(&mut values.to_vec(), share))
}

/// [`quantile`] of at least one value, which it reorders.
pub(crate) fn quantile_in_place(values: &mut [f64], share: f64) -> f64 {
    assert!((0.0..=1.0).contains(&share), "a share lies between 0 and 1");
    let place = share * (values.len() - 1) as f64;
    let (below, between) = (place as usize, place.fract());
    let (_, low, rest) = values.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    let high = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    // From the nearer end, so that the result is monotone in `share`.
    if between < 0.5 { low + (high - low) * between } else { high - (high - low) * (1.0 - between) }
}

/// Position of the lowest value, the first of several.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// ```
/// assert_eq!(convex_stats::describe::position_of_min(&[2.0, 1.0, 3.0, 1.0]), Ok(1));
/// ```
pub fn position_of_min(values: &[f64]) -> Result<usize, Undefined> {
    first_where(values, |candidate, best| candidate < best)
}

/// Position of the highest value, the first of several.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`].
///
/// ```
/// assert_eq!(convex_stats::describe::position_of_max(&[2.0, 3.0, 1.0, 3.0]), Ok(1));
/// ```
pub fn position_of_max(values: &[f64]) -> Result<usize, Undefined> {
    first_where(values, |candidate, best| candidate > best)
}

fn first_where(values: &[f64], better: fn(f64, f64) -> bool) -> Result<usize, Undefined> {
    Undefined::unless_enough(values.len(), 1)?;
    Ok((1..values.len()).fold(0, |best, at| if better(values[at], values[best]) { at } else { best }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_reach_both_ends() {
        let values = [5.0, -1.0, 3.0];
        assert_eq!(quantile(&values, 0.0), Ok(-1.0));
        assert_eq!(quantile(&values, 1.0), Ok(5.0));
        assert_eq!(quantile(&[7.0], 0.3), Ok(7.0));
        assert_eq!(median(&[]), Err(Undefined::TooFew { have: 0, need: 1 }));
        assert_eq!(position_of_max(&[]), Err(Undefined::TooFew { have: 0, need: 1 }));
    }
}
