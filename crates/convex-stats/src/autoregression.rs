//! A series explained by its own past, for releases.

use crate::Undefined;
use crate::least_squares::{Cholesky, Fit, fit, inner_products};
use crate::sample::Deviations;
use crate::sum::dot;

/// x\[t\] = constant + sum of weights\[k\] x\[t - 1 - k\] + residual.
#[derive(Clone, Debug, PartialEq)]
pub struct Autoregression {
    /// Constant.
    pub constant: f64,
    /// Weight of each earlier value, the last one first; none if the past explains too little.
    pub weights: Vec<f64>,
    /// What is left of each value that has a past of that length, in order.
    pub residuals: Vec<f64>,
}

impl Autoregression {
    /// The value expected after `past`, whose end is the present.
    ///
    /// # Panics
    /// If the past is shorter than the order.
    pub fn next(&self, past: &[f64]) -> f64 {
        self.constant + self.weights.iter().zip(past.iter().rev()).map(|(weight, value)| weight * value).sum::<f64>()
    }
}

/// The autoregression with constant whose order, 0 to `highest`, has the lowest BIC over the same values; coefficients by
/// least squares on all values that have a past of that length (Schwarz 1978).
///
/// Needs three times `highest` values and ten more, which vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// let mut level = 0.0;
/// let persistent: Vec<f64> =
///     (0..400_u32).map(|t| { level = 0.7 * level + f64::from(t * t % 101) - 50.0; level }).collect();
/// let fit = convex_stats::autoregression::autoregression(&persistent, 8).unwrap();
/// assert!(!fit.weights.is_empty());
/// ```
pub fn autoregression(values: &[f64], highest: usize) -> Result<Autoregression, Undefined> {
    Undefined::unless_enough(values.len(), 3 * highest + 10)?;
    let whole = Deviations::of_varying(values)?;
    let order = order(&whole.values, highest)?;
    let own = Deviations::of(&whole.values[order..])?;
    let lags = (1..=order).map(|lag| lagged(&whole.values, order, lag)).collect::<Result<Vec<_>, _>>()?;
    let Fit { coefficients, residuals } = fit(&own.values, &lags);
    let explained: f64 = coefficients.iter().zip(&lags).map(|(weight, lag)| weight * (lag.mean + whole.mean)).sum();
    Ok(Autoregression { constant: own.mean + whole.mean - explained, weights: coefficients, residuals })
}

fn lagged(values: &[f64], from: usize, lag: usize) -> Result<Deviations, Undefined> {
    Deviations::of(&values[from - lag..values.len() - lag])
}

fn order(centred: &[f64], highest: usize) -> Result<usize, Undefined> {
    let own = lagged(centred, highest, 0)?;
    let lags = (1..=highest).map(|lag| lagged(centred, highest, lag)).collect::<Result<Vec<_>, _>>()?;
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
