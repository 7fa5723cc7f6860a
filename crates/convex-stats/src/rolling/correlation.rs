//! Trailing correlation with its interval.

use crate::Undefined;
use crate::correlation::Standard;
use crate::interval::Interval;
use crate::long_run::Cosines;
use crate::sample::assert_paired;

/// Correlation of one trailing window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowCorrelation {
    /// Pearson's correlation, -1 to 1.
    pub pearson: f64,
    /// Its interval by equal-weighted cosines on Fisher's z scale.
    pub ewc_95: Interval,
}

/// Pearson's correlation of the `window` pairs up to each place, with its interval: n - window + 1 results in order, equal to
/// those of [`crate::correlation::correlation`] on the same pairs.
///
/// A window in which a series is constant, or both are identical, has its own [`Undefined`]. Both series must be aligned
/// and finite. Errors of the whole: [`Undefined::TooFew`] with fewer pairs than `window`, or a window below 20.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::rolling::rolling_correlation;
///
/// let x: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 101)).collect();
/// let y: Vec<f64> = x.iter().zip(0_u32..).map(|(x, t)| x + f64::from(t * 7 % 97)).collect();
/// let windows = rolling_correlation(&x, &y, 60).unwrap();
/// assert_eq!(windows.len(), 41);
/// let last = windows[40].unwrap();
/// assert!(last.ewc_95.contains(last.pearson));
/// ```
pub fn rolling_correlation(
    x: &[f64],
    y: &[f64],
    window: usize,
) -> Result<Vec<Result<WindowCorrelation, Undefined>>, Undefined> {
    assert_paired(x, y);
    Undefined::unless_enough(window, 20)?;
    Undefined::unless_enough(x.len(), window)?;
    let cosines = Cosines::new(window)?;
    let of = |(x, y): (&[f64], &[f64])| {
        let found = Standard::of(x, y)?.influence()?;
        let half = cosines.half_width(&found.score);
        Ok(WindowCorrelation {
            pearson: found.correlation,
            ewc_95: Interval::around_correlation(found.correlation, half),
        })
    };
    Ok(x.windows(window).zip(y.windows(window)).map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlation::correlation;

    #[test]
    fn equals_the_correlation_of_each_window() {
        let x: Vec<f64> = (0..130_u32).map(|t| f64::from(t * t % 101) + 1e6).collect();
        let y: Vec<f64> = (0..130_u32).map(|t| f64::from(t * t % 37) - f64::from(t % 5)).collect();
        for (at, found) in rolling_correlation(&x, &y, 61).unwrap().into_iter().enumerate() {
            let own = correlation(&x[at..at + 61], &y[at..at + 61], 20, [0; 32]).unwrap();
            assert_eq!(found, Ok(WindowCorrelation { pearson: own.pearson, ewc_95: own.ewc_95 }));
        }
    }

    #[test]
    fn a_window_without_variation_says_so_and_leaves_the_others() {
        let x: Vec<f64> = (0..60).map(|t| if t < 25 { 1.0 } else { f64::from(t % 4) }).collect();
        let y: Vec<f64> = (0..60).map(|t| f64::from(t % 7)).collect();
        let windows = rolling_correlation(&x, &y, 20).unwrap();
        assert_eq!(windows[0], Err(Undefined::Constant));
        assert!(windows[20].is_ok());
        assert_eq!(rolling_correlation(&x, &x, 20).unwrap()[30], Err(Undefined::Identical));
        assert_eq!(rolling_correlation(&x, &y, 61), Err(Undefined::TooFew { have: 60, need: 61 }));
        assert_eq!(rolling_correlation(&x, &y, 19), Err(Undefined::TooFew { have: 19, need: 20 }));
    }
}
