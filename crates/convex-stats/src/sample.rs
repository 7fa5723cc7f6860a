//! A sample taken apart into mean and deviations, the first step of every moment.

use crate::Undefined;
use crate::sum::{dot, sum, sum_from};

/// Mean of the values; 0 for none. Corrected by a second pass, so a constant series has exactly its value as mean.
pub(crate) fn mean(values: &[f64]) -> f64 {
    let n = values.len().max(1) as f64;
    let first = sum(values) / n;
    first + sum_from(first, values) / n
}

/// Values less their mean.
#[derive(Clone, Debug)]
pub(crate) struct Deviations {
    /// Mean of the values.
    pub(crate) mean: f64,
    /// Each value less the mean, in order.
    pub(crate) values: Vec<f64>,
    /// Sum of the squared deviations.
    pub(crate) square: f64,
}

impl Deviations {
    pub(crate) fn of(values: &[f64]) -> Result<Self, Undefined> {
        Undefined::unless_enough(values.len(), 1)?;
        let mean = Undefined::unless_finite(mean(values))?;
        let values: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let square = Undefined::unless_finite(dot(&values, &values))?;
        Ok(Self { mean, values, square })
    }

    /// The same, refused where nothing varies, or so little that its squares have no digits left.
    pub(crate) fn of_varying(values: &[f64]) -> Result<Self, Undefined> {
        let deviations = Self::of(values)?;
        if deviations.square / deviations.count() >= f64::MIN_POSITIVE {
            Ok(deviations)
        } else {
            Err(Undefined::Constant)
        }
    }

    /// Number of observations.
    pub(crate) fn count(&self) -> f64 {
        self.values.len() as f64
    }

    /// Deviations in population standard deviations: mean 0, mean square 1.
    pub(crate) fn standardised(mut self) -> Vec<f64> {
        let scale = (self.square / self.count()).sqrt().recip();
        for value in &mut self.values {
            *value *= scale;
        }
        self.values
    }
}

/// Stops a program that pairs series of different lengths.
pub(crate) fn assert_paired(x: &[f64], y: &[f64]) {
    assert_eq!(x.len(), y.len(), "the two series are aligned and so of one length");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_series_has_no_deviation_at_all() {
        for constant in [0.1, -1e-9, 1e9 + 0.3, 3.3] {
            let values = vec![constant; 1_001];
            assert_eq!(mean(&values), constant);
            assert_eq!(Deviations::of_varying(&values).unwrap_err(), Undefined::Constant);
        }
    }

    #[test]
    fn deviations_too_small_to_square_count_as_none() {
        assert_eq!(Deviations::of_varying(&[1e-200, 2e-200]).unwrap_err(), Undefined::Constant);
    }

    #[test]
    fn values_too_large_to_square_are_refused() {
        assert!(matches!(Deviations::of(&[1e300, -1e300]), Err(Undefined::NotMeaningful(_))));
        assert!(matches!(Deviations::of(&[f64::NAN, 1.0]), Err(Undefined::NotMeaningful(_))));
    }

    #[test]
    #[should_panic(expected = "of one length")]
    fn unequal_lengths_stop_the_program() {
        assert_paired(&[1.0], &[]);
    }
}
