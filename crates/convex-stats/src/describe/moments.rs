//! Mean, standard deviation, skewness and kurtosis.

use crate::Undefined;
use crate::sample::{self, Deviations};

/// Arithmetic mean, (1/n) sum x, in the unit of the values.
///
/// Needs one value; all must be finite. Errors: [`Undefined::TooFew`], and [`Undefined::NotMeaningful`] if the sum
/// overflows.
///
/// ```
/// assert_eq!(convex_stats::describe::mean(&[1.0, 2.0, 6.0]), Ok(3.0));
/// ```
pub fn mean(values: &[f64]) -> Result<f64, Undefined> {
    Undefined::unless_enough(values.len(), 1)?;
    Undefined::unless_finite(sample::mean(values))
}

/// Sample standard deviation, sqrt(sum (x - mean)^2 / (n - 1)), in the unit of the values; 0 for a constant series.
///
/// Computed from deviations, so a large common offset costs no digits. Needs two values; all must be finite.
/// Errors: [`Undefined::TooFew`], [`Undefined::NotMeaningful`] if a square overflows.
///
/// ```
/// assert_eq!(convex_stats::describe::stdev(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]), Ok(1.0));
/// ```
pub fn stdev(values: &[f64]) -> Result<f64, Undefined> {
    Undefined::unless_enough(values.len(), 2)?;
    let deviations = Deviations::of(values)?;
    Ok((deviations.square / (deviations.count() - 1.0)).sqrt())
}

/// Bias-corrected skewness, sqrt(n (n - 1)) / (n - 2) * m3 / m2^(3/2), without unit (`m_k` is the k-th central moment
/// with divisor n; G1 of Joanes and Gill 1998).
///
/// Needs three finite values that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let skew = convex_stats::describe::skewness(&[1.0, 2.0, 3.0, 10.0]).unwrap();
/// assert!((skew - 1.763_632_614_803_888).abs() < 1e-12);
/// ```
pub fn skewness(values: &[f64]) -> Result<f64, Undefined> {
    let (n, z) = standardised(values, 3)?;
    let third = z.iter().fold(0.0, |total, z| total + z * z * z) / n;
    Ok((n * (n - 1.0)).sqrt() / (n - 2.0) * third)
}

/// Bias-corrected excess kurtosis, ((n^2 - 1) m4 / m2^2 - 3 (n - 1)^2) / ((n - 2) (n - 3)), without unit: 0 for a
/// normal distribution (G2 of Joanes and Gill 1998).
///
/// Needs four finite values that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let kurtosis = convex_stats::describe::excess_kurtosis(&[1.0, 2.0, 3.0, 10.0]).unwrap();
/// assert!((kurtosis - 3.228).abs() < 1e-12);
/// ```
pub fn excess_kurtosis(values: &[f64]) -> Result<f64, Undefined> {
    let (n, z) = standardised(values, 4)?;
    let fourth = z.iter().fold(0.0, |total, z| total + z * z * z * z) / n;
    Ok(((n * n - 1.0) * fourth - 3.0 * (n - 1.0) * (n - 1.0)) / ((n - 2.0) * (n - 3.0)))
}

fn standardised(values: &[f64], need: usize) -> Result<(f64, Vec<f64>), Undefined> {
    Undefined::unless_enough(values.len(), need)?;
    let deviations = Deviations::of_varying(values)?;
    // Rounding of the mean alone leaves deviations of this size: they are noise, not variation.
    let noise = f64::EPSILON * deviations.mean;
    if deviations.square / deviations.count() <= noise * noise {
        return Err(Undefined::Constant);
    }
    Ok((deviations.count(), deviations.standardised()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undefined_where_there_is_nothing_to_measure() {
        assert_eq!(mean(&[]), Err(Undefined::TooFew { have: 0, need: 1 }));
        assert_eq!(stdev(&[4.0, 4.0]), Ok(0.0));
        assert_eq!(skewness(&[1.0, 2.0]), Err(Undefined::TooFew { have: 2, need: 3 }));
        assert_eq!(skewness(&[0.1; 30]), Err(Undefined::Constant));
        assert_eq!(excess_kurtosis(&[0.1; 3]), Err(Undefined::TooFew { have: 3, need: 4 }));
        assert_eq!(excess_kurtosis(&[0.1; 30]), Err(Undefined::Constant));
    }
}
