//! GARCH(1,1) with Student's t by maximum likelihood.

use statrs::function::gamma::{digamma, ln_gamma};

use super::Recursion;
use super::recursion::backcast;
use crate::Undefined;
use crate::minimise::minimise;
use crate::sample::Deviations;

/// Changes a fit needs.
const LEAST: usize = 250;
/// Degrees of freedom lie above this: below two a t has no variance.
const FEWEST_DEGREES: f64 = 2.05;
/// Degrees of freedom lie below this: beyond it a t is normal.
const MOST_DEGREES: f64 = 500.0;

/// A fitted model r = mean + sqrt(h) z, h' = omega + alpha e^2 + beta h, z a Student t of variance one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Garch {
    /// Mean change.
    pub mean: f64,
    /// How the variance moves on, in the squared unit of a change.
    pub recursion: Recursion,
    /// Degrees of freedom of the t.
    pub degrees: f64,
    /// Log-likelihood of the changes.
    pub log_likelihood: f64,
}

/// GARCH(1,1) with a constant mean and Student's t, by maximum likelihood (Bollerslev 1987).
///
/// The likelihood is that of Python's `arch`: the variance before the first change is the exponentially weighted square of
/// the first 75 deviations from the mean. Searched from three starts, or from `near` (an earlier fit) alone; alpha and beta are positive
/// with alpha + beta < 1, degrees of freedom between 2.05 and 500.
///
/// Needs 250 finite changes that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if no start leads to a finite likelihood.
///
/// ```
/// let (mut h, mut state) = (1.0_f64, 7_u64);
/// let changes: Vec<f64> = (0..1_000)
///     .map(|_| {
///         state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
///         let change = ((state >> 40) as f64 / 16_777_216.0 - 0.5) * 3.46 * h.sqrt();
///         h = 0.05 + 0.15 * change * change + 0.8 * h;
///         change
///     })
///     .collect();
/// let fit = convex_stats::volatility::garch(&changes, None).unwrap();
/// assert!(fit.recursion.alpha > 0.05 && fit.recursion.alpha + fit.recursion.beta < 1.0);
/// ```
pub fn garch(changes: &[f64], near: Option<&Garch>) -> Result<Garch, Undefined> {
    Undefined::unless_enough(changes.len(), LEAST)?;
    let deviations = Deviations::of_varying(changes)?;
    let scale = (deviations.square / deviations.count()).sqrt();
    let scaled: Vec<f64> = changes.iter().map(|change| change / scale).collect();
    let centre = deviations.mean / scale;
    let before = backcast(&deviations.values) / (scale * scale);
    let likelihood = Likelihood { changes: &scaled, before };
    let mut starts: Vec<[f64; 5]> = Vec::new();
    if let Some(fit) = near {
        let Recursion { omega, alpha, beta } = fit.recursion;
        starts.push([fit.mean / scale, omega / (scale * scale), alpha, beta, fit.degrees]);
    } else {
        for (alpha, beta, degrees) in [(0.05, 0.93, 8.0), (0.1, 0.8, 6.0), (0.2, 0.5, 12.0)] {
            starts.push([centre, 1.0 - alpha - beta, alpha, beta, degrees]);
        }
    }
    let mut best: Option<([f64; 5], f64)> = None;
    for start in starts {
        let found = minimise(&free(&start), |at, gradient| likelihood.negative(at, gradient));
        if found.value.is_finite() && best.is_none_or(|(_, lowest)| found.value < lowest) {
            best = Some((bound(&found.at), found.value));
        }
    }
    let ([mean, omega, alpha, beta, degrees], lowest) =
        best.ok_or(Undefined::NotMeaningful("no likelihood is finite"))?;
    Ok(Garch {
        mean: mean * scale,
        recursion: Recursion { omega: omega * scale * scale, alpha, beta },
        degrees,
        log_likelihood: -lowest * changes.len() as f64 - changes.len() as f64 * scale.ln(),
    })
}

/// Parameters without bounds: the mean, log omega, log odds of alpha and of beta against what is left of one, degrees on a logistic scale.
fn free(&[mean, omega, alpha, beta, degrees]: &[f64; 5]) -> [f64; 5] {
    let rest = (1.0 - alpha - beta).max(1e-8);
    let share = ((degrees - FEWEST_DEGREES) / (MOST_DEGREES - FEWEST_DEGREES)).clamp(1e-6, 1.0 - 1e-6);
    [
        mean,
        omega.max(1e-12).ln(),
        (alpha.max(1e-8) / rest).ln(),
        (beta.max(1e-8) / rest).ln(),
        (share / (1.0 - share)).ln(),
    ]
}

fn bound(free: &[f64]) -> [f64; 5] {
    let (a, b) = (free[2].exp(), free[3].exp());
    let whole = 1.0 + a + b;
    let share = 1.0 / (1.0 + (-free[4]).exp());
    [free[0], free[1].exp(), a / whole, b / whole, FEWEST_DEGREES + (MOST_DEGREES - FEWEST_DEGREES) * share]
}

struct Likelihood<'a> {
    changes: &'a [f64],
    before: f64,
}

impl Likelihood<'_> {
    /// Mean negative log-likelihood at free parameters, and its gradient.
    fn negative(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let [mean, omega, alpha, beta, degrees] = bound(at);
        let spread = degrees - 2.0;
        let half = f64::midpoint(degrees, 1.0);
        let constant = ln_gamma(half) - ln_gamma(degrees / 2.0) - 0.5 * (std::f64::consts::PI * spread).ln();
        let mut variance = omega + (alpha + beta) * self.before;
        // Derivatives of the variance by mean, omega, alpha and beta.
        let mut slope = [0.0, 1.0, self.before, self.before];
        let mut own = [0.0; 5];
        // Logarithms are dear: products of many terms are taken before one.
        let (mut variances, mut tails) = (LogSum::default(), LogSum::default());
        for change in self.changes {
            let deviation = change - mean;
            let square = deviation * deviation;
            let q = square / (variance * spread);
            variances.add(variance);
            tails.add(1.0 + q);
            let pull = half / (1.0 + q);
            let by_variance = (pull * q - 0.5) / variance;
            own[0] += by_variance * slope[0] + 2.0 * pull * deviation / (variance * spread);
            for i in 1..4 {
                own[i] += by_variance * slope[i];
            }
            own[4] += pull * q / spread;
            slope = [
                beta * slope[0] - 2.0 * alpha * deviation,
                beta * slope[1] + 1.0,
                beta * slope[2] + square,
                beta * slope[3] + variance,
            ];
            variance = omega + alpha * square + beta * variance;
        }
        let n = self.changes.len() as f64;
        let tails = tails.sum();
        let total = n * constant - 0.5 * variances.sum() - half * tails;
        own[4] += -0.5 * tails + n * (0.5 * (digamma(half) - digamma(degrees / 2.0)) - 0.5 / spread);
        let share = (degrees - FEWEST_DEGREES) / (MOST_DEGREES - FEWEST_DEGREES);
        // The chain rule back to the free parameters.
        gradient[0] = -own[0] / n;
        gradient[1] = -own[1] * omega / n;
        let weighted = alpha * own[2] + beta * own[3];
        gradient[2] = -alpha * (own[2] - weighted) / n;
        gradient[3] = -beta * (own[3] - weighted) / n;
        gradient[4] = -own[4] * (MOST_DEGREES - FEWEST_DEGREES) * share * (1.0 - share) / n;
        -total / n
    }
}

/// Sum of logarithms of positive numbers.
struct LogSum {
    product: f64,
    sum: f64,
}

impl Default for LogSum {
    fn default() -> Self {
        Self { product: 1.0, sum: 0.0 }
    }
}

impl LogSum {
    fn add(&mut self, term: f64) {
        self.product *= term;
        if !(1e-100..=1e100).contains(&self.product) {
            self.sum += self.product.ln();
            self.product = 1.0;
        }
    }

    fn sum(&self) -> f64 {
        self.sum + self.product.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn the_gradient_is_that_of_the_function() {
        let changes = noise(400, 3);
        let likelihood = Likelihood { changes: &changes, before: 0.3 };
        let at = free(&[0.02, 0.05, 0.1, 0.7, 7.0]);
        let mut gradient = [0.0; 5];
        likelihood.negative(&at, &mut gradient);
        let mut scratch = [0.0; 5];
        for i in 0..5 {
            let (mut up, mut down) = (at, at);
            up[i] += 1e-6;
            down[i] -= 1e-6;
            let slope = (likelihood.negative(&up, &mut scratch) - likelihood.negative(&down, &mut scratch)) / 2e-6;
            assert!((slope - gradient[i]).abs() < 1e-7, "{i}: {slope} {}", gradient[i]);
        }
    }

    #[test]
    fn refuses_too_few_and_constant() {
        assert_eq!(garch(&[0.1; 249], None), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(garch(&[0.1; 300], None), Err(Undefined::Constant));
    }

    #[test]
    fn an_earlier_fit_leads_to_the_same_one() {
        let changes = noise(900, 5);
        let first = garch(&changes, None).unwrap();
        let again = garch(&changes, Some(&first)).unwrap();
        assert!((first.log_likelihood - again.log_likelihood).abs() < 1e-4);
    }
}
