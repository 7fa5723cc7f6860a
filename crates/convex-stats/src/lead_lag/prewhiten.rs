//! Taking a series' own past out of it.

use crate::Undefined;
use crate::least_squares::{Cholesky, Fit, fit, inner_products};
use crate::sample::Deviations;
use crate::sum::dot;

/// Highest order looked at.
const HIGHEST: usize = 10;

/// What a series' own past does not explain.
#[derive(Clone, Debug, PartialEq)]
pub struct Prewhitened {
    /// Order of the autoregression; 0 if the past explains too little.
    pub order: usize,
    /// Residuals, one for each value from place `order` on; their mean is zero.
    pub residuals: Vec<f64>,
}

/// Residuals of the autoregression with constant whose order, 0 to 10, has the lowest BIC: n log(SSR / n) + p log n over
/// the same n = length - 10 values for every order. The order once chosen, its coefficients come from all values that have
/// a past of that length (Schwarz 1978; Haugh 1976 for its use before cross-correlations).
///
/// Needs 30 finite values that vary; none may be missing. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let mut level = 0.0;
/// let persistent: Vec<f64> = (0..400_u32).map(|t| { level = 0.7 * level + f64::from(t * t % 101) - 50.0; level }).collect();
/// let found = convex_stats::lead_lag::prewhiten(&persistent).unwrap();
/// assert!(found.order >= 1 && found.residuals.len() == 400 - found.order);
/// ```
pub fn prewhiten(values: &[f64]) -> Result<Prewhitened, Undefined> {
    Undefined::unless_enough(values.len(), 3 * HIGHEST)?;
    let centred = Deviations::of_varying(values)?.values;
    let order = order(&centred)?;
    if order == 0 {
        return Ok(Prewhitened { order, residuals: centred });
    }
    let lags = (1..=order).map(|lag| lagged(&centred, order, lag)).collect::<Result<Vec<_>, _>>()?;
    let Fit { residuals, .. } = fit(&lagged(&centred, order, 0)?.values, &lags);
    Ok(Prewhitened { order, residuals })
}

/// Values from place `from` on as they were `lag` places earlier, less their mean.
fn lagged(values: &[f64], from: usize, lag: usize) -> Result<Deviations, Undefined> {
    Deviations::of(&values[from - lag..values.len() - lag])
}

/// The first order with the lowest BIC. The orders are nested, so one factorisation in the order of the lags gives the
/// sum of squares that each leaves.
fn order(centred: &[f64]) -> Result<usize, Undefined> {
    let own = lagged(centred, HIGHEST, 0)?;
    let lags = (1..=HIGHEST).map(|lag| lagged(centred, HIGHEST, lag)).collect::<Result<Vec<_>, _>>()?;
    let columns: Vec<&[f64]> = lags.iter().map(|lag| lag.values.as_slice()).collect();
    let right: Vec<f64> = columns.iter().map(|column| dot(column, &own.values)).collect();
    let explained = Cholesky::of(inner_products(&columns)).explained(&right);
    let n = own.count();
    let (mut best, mut lowest, mut left) = (0, n * own.square.ln(), own.square);
    for (order, z) in (1..).zip(explained) {
        left -= z * z;
        let criterion = n * left.max(0.0).ln() + order as f64 * n.ln();
        if criterion < lowest {
            (best, lowest) = (order, criterion);
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn white_noise_is_left_as_it_is() {
        let found = prewhiten(&noise(2_000, 5)).unwrap();
        assert_eq!((found.order, found.residuals.len()), (0, 2_000));
        assert!(found.residuals.iter().sum::<f64>().abs() < 1e-10);
    }

    #[test]
    fn a_recursion_of_two_steps_has_order_two() {
        let mut wave = vec![0.0, 0.0];
        for shock in noise(600, 6) {
            wave.push(1.2 * wave[wave.len() - 1] - 0.7 * wave[wave.len() - 2] + shock);
        }
        let found = prewhiten(&wave).unwrap();
        assert_eq!((found.order, found.residuals.len()), (2, 600));
    }

    #[test]
    fn refuses_too_few_and_constant() {
        assert_eq!(prewhiten(&[1.0; 29]), Err(Undefined::TooFew { have: 29, need: 30 }));
        assert_eq!(prewhiten(&[1.0; 40]), Err(Undefined::Constant));
    }

    #[test]
    fn a_single_change_at_the_end_is_no_recursion() {
        let mut values = vec![0.0; 60];
        values[59] = 1.0;
        assert_eq!(prewhiten(&values).unwrap().order, 0);
    }
}
