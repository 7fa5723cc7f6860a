//! Trailing mean and standard deviation.

use super::sliding::sliding;
use crate::Undefined;

/// Mean and standard deviation of one trailing window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowMoments {
    /// Arithmetic mean, in the unit of the values.
    pub mean: f64,
    /// Sample standard deviation (n - 1), in the unit of the values; 0 for a constant window.
    pub stdev: f64,
}

/// Count, mean and sum of squared deviations of some values, all less the value at the anchor.
#[derive(Clone, Copy)]
struct Part {
    anchor: usize,
    n: f64,
    mean: f64,
    square: f64,
}

impl Part {
    /// Of the values of both (Chan and others 1983).
    fn merge(self, other: Self) -> Self {
        let n = self.n + other.n;
        let apart = other.mean - self.mean;
        Self {
            anchor: self.anchor,
            n,
            mean: self.mean + apart * other.n / n,
            square: self.square + other.square + apart * apart * self.n * other.n / n,
        }
    }
}

/// Mean and standard deviation of the `window` values up to each place; n - window + 1 results in order.
///
/// Linear in n for every window, and exact to rounding of the window's own values, whatever went before or is common to
/// all. Needs `window` values and a window of two; all must be finite. Errors: [`Undefined::TooFew`],
/// [`Undefined::NotMeaningful`] if a square overflows.
///
/// ```
/// use convex_stats::rolling::{WindowMoments, rolling_moments};
///
/// let moments = rolling_moments(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0, 1e9 + 7.0], 3).unwrap();
/// assert_eq!(moments.len(), 2);
/// assert_eq!(moments[0], WindowMoments { mean: 1e9 + 2.0, stdev: 1.0 });
/// ```
pub fn rolling_moments(values: &[f64], window: usize) -> Result<Vec<WindowMoments>, Undefined> {
    Undefined::unless_enough(window, 2)?;
    Undefined::unless_enough(values.len(), window)?;
    let from_anchor =
        |at: usize, anchor: usize| Part { anchor, n: 1.0, mean: values[at] - values[anchor], square: 0.0 };
    let of = |part: Part| {
        let stdev = Undefined::unless_finite((part.square / (part.n - 1.0)).sqrt())?;
        Ok(WindowMoments { mean: values[part.anchor] + part.mean, stdev })
    };
    sliding(values.len(), window, from_anchor, Part::merge).into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::describe::{mean, stdev};

    fn check(values: &[f64], window: usize) {
        let moments = rolling_moments(values, window).unwrap();
        assert_eq!(moments.len(), values.len() - window + 1);
        for (found, own) in moments.iter().zip(values.windows(window)) {
            let scale = own.iter().fold(1e-300, |scale: f64, value| scale.max(value.abs()));
            assert!((found.mean - mean(own).unwrap()).abs() <= 1e-14 * scale);
            let expected = stdev(own).unwrap();
            assert!((found.stdev - expected).abs() <= 1e-11 * expected.max(1e-4), "{} against {expected}", found.stdev);
        }
    }

    proptest! {
        #[test]
        fn equal_each_window_by_itself(values in prop::collection::vec(-100.0..100.0_f64, 2..150), window in 2..60_usize) {
            prop_assume!(window <= values.len());
            check(&values, window);
        }
    }

    #[test]
    fn a_large_offset_or_a_large_past_costs_no_digits() {
        let noise: Vec<f64> = (0..2_000_u32).map(|t| f64::from(t * t % 101)).collect();
        check(&noise.iter().map(|value| 1e9 + value).collect::<Vec<_>>(), 252);
        let fallen: Vec<f64> = noise.iter().enumerate().map(|(t, v)| if t < 500 { 1e6 * v } else { *v }).collect();
        check(&fallen, 60);
    }

    #[test]
    fn constant_windows_and_refusals() {
        assert!(
            rolling_moments(&[0.1; 50], 20).unwrap().iter().all(|window| window.stdev == 0.0 && window.mean == 0.1)
        );
        assert_eq!(rolling_moments(&[1.0, 2.0], 3), Err(Undefined::TooFew { have: 2, need: 3 }));
        assert_eq!(rolling_moments(&[1.0, 2.0], 1), Err(Undefined::TooFew { have: 1, need: 2 }));
    }
}
