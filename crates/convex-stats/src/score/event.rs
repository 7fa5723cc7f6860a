//! Scores of a forecast probability.

use crate::Undefined;
use crate::interval::Interval;
use crate::proportion::wilson;

/// Mean squared distance of a probability from what happened (1 or 0), Brier (1950); 0 is perfect, 0.25 what one half always gets.
///
/// Needs one forecast. Errors: [`Undefined::TooFew`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// assert_eq!(convex_stats::score::brier(&[0.5, 1.0], &[true, true]), Ok(0.125));
/// ```
pub fn brier(chances: &[f64], happened: &[bool]) -> Result<f64, Undefined> {
    mean_over(chances, happened, |chance, happened| (chance - f64::from(u8::from(happened))).powi(2))
}

/// Mean of minus the logarithm of the chance given to what happened (Good 1952), in nats; 0 is perfect.
///
/// Chances are kept a ten-thousandth from certainty, which nobody has. Needs one forecast. Errors: [`Undefined::TooFew`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let score = convex_stats::score::log_score(&[0.5, 0.5], &[true, false]).unwrap();
/// assert!((score - 2.0_f64.ln()).abs() < 1e-15);
/// ```
pub fn log_score(chances: &[f64], happened: &[bool]) -> Result<f64, Undefined> {
    mean_over(chances, happened, |chance, happened| {
        let chance = chance.clamp(1e-4, 1.0 - 1e-4);
        -(if happened { chance } else { 1.0 - chance }).ln()
    })
}

fn mean_over(chances: &[f64], happened: &[bool], loss: impl Fn(f64, bool) -> f64) -> Result<f64, Undefined> {
    assert_eq!(chances.len(), happened.len(), "each forecast has an outcome");
    Undefined::unless_enough(chances.len(), 1)?;
    Ok(chances.iter().zip(happened).map(|(chance, happened)| loss(*chance, *happened)).sum::<f64>()
        / chances.len() as f64)
}

/// Forecasts of about the same chance, and how often the event came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Mean chance forecast.
    pub forecast: f64,
    /// Share of them after which it happened.
    pub observed: f64,
    /// Wilson's interval of that share, as if the forecasts were independent.
    pub interval: Interval,
    /// Forecasts in the bin.
    pub n: usize,
}

/// A reliability diagram: forecasts sorted into `bins` equal ranges of chance, empty ranges left out.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let bins = convex_stats::score::reliability(&[0.1, 0.12, 0.9], &[false, true, true], 10);
/// assert_eq!((bins.len(), bins[0].n, bins[0].observed, bins[1].observed), (2, 2, 0.5, 1.0));
/// ```
pub fn reliability(chances: &[f64], happened: &[bool], bins: usize) -> Vec<Bin> {
    assert_eq!(chances.len(), happened.len(), "each forecast has an outcome");
    let mut sums = vec![(0.0, 0_usize, 0_usize); bins];
    for (chance, happened) in chances.iter().zip(happened) {
        let bin = ((chance * bins as f64) as usize).min(bins - 1);
        sums[bin].0 += chance;
        sums[bin].1 += usize::from(*happened);
        sums[bin].2 += 1;
    }
    let full = sums.into_iter().filter(|(_, _, n)| *n > 0);
    full.map(|(sum, cases, n)| Bin {
        forecast: sum / n as f64,
        observed: cases as f64 / n as f64,
        interval: wilson(cases, n),
        n,
    })
    .collect()
}
