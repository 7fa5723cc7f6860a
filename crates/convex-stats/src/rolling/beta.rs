//! Trailing slope with its interval.

use crate::Undefined;
use crate::interval::Interval;
use crate::long_run::Cosines;
use crate::sample::{Deviations, assert_paired};
use crate::sum::dot;

/// Slope of one trailing window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowSlope {
    /// Change of y with one unit of x.
    pub beta: f64,
    /// Its interval by equal-weighted cosines.
    pub ewc_95: Interval,
}

/// Least-squares slope of `y` on `x` over the `window` pairs up to each place, with its interval: n - window + 1 results in
/// order, equal to those of [`crate::regression::slope`] on the same pairs.
///
/// A window in which a series is constant has its own [`Undefined`]. Both series must be aligned and finite. Errors of the
/// whole: [`Undefined::TooFew`] with fewer pairs than `window`, or a window below 20.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::rolling::rolling_slope;
///
/// let x: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 101)).collect();
/// let y: Vec<f64> = x.iter().zip(0_u32..).map(|(x, t)| 2.0 * x + f64::from(t * 7 % 5)).collect();
/// let last = rolling_slope(&y, &x, 60).unwrap()[40].unwrap();
/// assert!(last.ewc_95.contains(last.beta) && (last.beta - 2.0).abs() < 0.05);
/// ```
pub fn rolling_slope(y: &[f64], x: &[f64], window: usize) -> Result<Vec<Result<WindowSlope, Undefined>>, Undefined> {
    assert_paired(y, x);
    Undefined::unless_enough(window, 20)?;
    Undefined::unless_enough(x.len(), window)?;
    let cosines = Cosines::new(window)?;
    let of = |(y, x): (&[f64], &[f64])| {
        let (y, x) = (Deviations::of_varying(y)?, Deviations::of_varying(x)?);
        let beta = Undefined::unless_finite(dot(&x.values, &y.values) / x.square)?;
        let variance = x.square / window as f64;
        let moves = |(x, y): (&f64, &f64)| x * (y - beta * x) / variance;
        let influence: Vec<f64> = x.values.iter().zip(&y.values).map(moves).collect();
        let half = Undefined::unless_finite(cosines.half_width(&influence))?;
        Ok(WindowSlope { beta, ewc_95: Interval::around(beta, half) })
    };
    Ok(y.windows(window).zip(x.windows(window)).map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regression::slope;

    #[test]
    fn equals_the_slope_of_each_window() {
        let x: Vec<f64> = (0..130_u32).map(|t| f64::from(t * t % 101) + 1e3).collect();
        let y: Vec<f64> = (0..130_u32).map(|t| f64::from(t * t % 37) - f64::from(t % 5)).collect();
        for (at, found) in rolling_slope(&y, &x, 61).unwrap().into_iter().enumerate() {
            let own = slope(&y[at..at + 61], &x[at..at + 61], 20).unwrap();
            assert_eq!(found, Ok(WindowSlope { beta: own.beta, ewc_95: own.ewc_95 }));
        }
    }

    #[test]
    fn a_window_without_variation_says_so_and_leaves_the_others() {
        let x: Vec<f64> = (0..60).map(|t| if t < 25 { 1.0 } else { f64::from(t % 4) }).collect();
        let y: Vec<f64> = (0..60).map(|t| f64::from(t % 7)).collect();
        let windows = rolling_slope(&y, &x, 20).unwrap();
        assert_eq!(windows[0], Err(Undefined::Constant));
        assert!(windows[20].is_ok());
        assert_eq!(rolling_slope(&y, &x, 61), Err(Undefined::TooFew { have: 60, need: 61 }));
        assert_eq!(rolling_slope(&y, &x, 19), Err(Undefined::TooFew { have: 19, need: 20 }));
    }
}
