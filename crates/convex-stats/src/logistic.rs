//! The chance of an event from what was known before it.

use crate::Undefined;
use crate::least_squares::Cholesky;
use crate::sum::dot;

/// Log odds of an event as a constant and a weight for each thing known.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// Log odds where everything known is zero.
    pub constant: f64,
    /// Weight of each thing known.
    pub weights: Vec<f64>,
    /// Log-likelihood of the cases, without the penalty.
    pub log_likelihood: f64,
}

impl Logistic {
    /// The chance given what is known.
    pub fn chance(&self, known: &[f64]) -> f64 {
        1.0 / (1.0 + (-self.constant - dot(&self.weights, known)).exp())
    }
}

/// Logistic regression by Newton's method; `penalty` times half the squared weights (not the constant) is taken off the
/// log-likelihood, which keeps weights finite where few cases part perfectly (le Cessie and van Houwelingen 1992).
///
/// Needs 20 cases, with and without the event among them. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let known: Vec<Vec<f64>> = (0..100_u32).map(|t| vec![f64::from(t % 10) / 5.0 - 0.9]).collect();
/// let happened: Vec<bool> = (0..100_u32).map(|t| t % 10 > t * t % 7).collect();
/// let fit = convex_stats::logistic::logistic(&known, &happened, 0.0).unwrap();
/// assert!(fit.weights[0] > 0.0 && fit.chance(&[0.9]) > fit.chance(&[-0.9]));
/// ```
pub fn logistic(known: &[Vec<f64>], happened: &[bool], penalty: f64) -> Result<Logistic, Undefined> {
    assert_eq!(known.len(), happened.len(), "each case has an outcome");
    Undefined::unless_enough(known.len(), 20)?;
    if happened.iter().all(|came| *came == happened[0]) {
        return Err(Undefined::Constant);
    }
    let k = known[0].len() + 1;
    let share = happened.iter().filter(|came| **came).count() as f64 / happened.len() as f64;
    let mut at = vec![0.0; k];
    at[0] = (share / (1.0 - share)).ln();
    let mut value = penalised(known, happened, &at, penalty);
    for _ in 0..50 {
        let mut gradient = vec![0.0; k];
        let mut curvature: Vec<Vec<f64>> = (0..k).map(|row| vec![0.0; row + 1]).collect();
        for (row, came) in known.iter().zip(happened) {
            let chance = chance(&at, row);
            let (left, weight) = (f64::from(u8::from(*came)) - chance, chance * (1.0 - chance));
            let term = |i: usize| if i == 0 { 1.0 } else { row[i - 1] };
            for i in 0..k {
                gradient[i] += left * term(i);
                for (j, cell) in curvature[i].iter_mut().enumerate() {
                    *cell += weight * term(i) * term(j);
                }
            }
        }
        for i in 1..k {
            gradient[i] -= penalty * at[i];
            curvature[i][i] += penalty;
        }
        let step = Cholesky::of(curvature).solve(&gradient);
        let mut length = 1.0;
        let mut better = None;
        for _ in 0..30 {
            let next: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at + length * step).collect();
            let reached = penalised(known, happened, &next, penalty);
            if reached >= value {
                better = Some((next, reached));
                break;
            }
            length /= 2.0;
        }
        let Some((next, reached)) = better else { break };
        let gained = reached - value;
        (at, value) = (next, reached);
        if gained < 1e-12 * value.abs() {
            break;
        }
    }
    let log_likelihood = Undefined::unless_finite(penalised(known, happened, &at, 0.0))?;
    Ok(Logistic { constant: at[0], weights: at[1..].to_vec(), log_likelihood })
}

fn chance(at: &[f64], row: &[f64]) -> f64 {
    1.0 / (1.0 + (-at[0] - dot(&at[1..], row)).exp())
}

fn penalised(known: &[Vec<f64>], happened: &[bool], at: &[f64], penalty: f64) -> f64 {
    let mut total = 0.0;
    for (row, came) in known.iter().zip(happened) {
        let odds = at[0] + dot(&at[1..], row);
        // log(1 + e^x) without overflow.
        let log = odds.max(0.0) + (-odds.abs()).exp().ln_1p();
        total += if *came { odds - log } else { -log };
    }
    total - 0.5 * penalty * dot(&at[1..], &at[1..])
}
