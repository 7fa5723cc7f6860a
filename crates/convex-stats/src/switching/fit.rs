//! Maximum likelihood of the two states.

use super::filter::{Pass, States};
use crate::Undefined;
use crate::minimise::minimise;
use crate::sample::Deviations;

/// Changes a fit needs.
const LEAST: usize = 250;
/// Rounds of expectation and maximisation before the last search.
const ROUNDS: usize = 300;

/// A fitted model; state 0 is the calm one (the lower variance), state 1 the wild one.
#[derive(Clone, Debug, PartialEq)]
pub struct Switching {
    /// Mean change in each state.
    pub means: [f64; 2],
    /// Variance of a change in each state.
    pub variances: [f64; 2],
    /// Chance that the next change no longer belongs to the state.
    pub leaves: [f64; 2],
    /// Log-likelihood of the changes.
    pub log_likelihood: f64,
}

impl Switching {
    /// Chance of the wild state after each change, from that change and the ones before it alone: filtered, never smoothed.
    pub fn filtered(&self, changes: &[f64]) -> Vec<f64> {
        self.states().filter(changes).filtered.iter().map(|[_, wild]| *wild).collect()
    }

    fn states(&self) -> States {
        States { means: self.means, variances: self.variances, leaves: self.leaves }
    }
}

/// Two states with means and variances of their own, switching as a Markov chain, by maximum likelihood (Hamilton 1989).
///
/// The chain begins in its steady state. Expectation and maximisation from three starts, or from `near` (an earlier fit) alone, then a search on the best.
/// Needs 250 finite changes that vary. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if one state swallows the other.
///
/// ```
/// let mut state = 1_u64;
/// let changes: Vec<f64> = (0..1_000)
///     .map(|t| {
///         state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
///         let shock = (state >> 40) as f64 / 16_777_216.0 - 0.5;
///         if t % 250 < 180 { shock } else { 4.0 * shock }
///     })
///     .collect();
/// let fit = convex_stats::switching::switching(&changes, None).unwrap();
/// assert!(fit.variances[1] > 5.0 * fit.variances[0]);
/// assert!(fit.filtered(&changes)[240] > 0.9);
/// ```
pub fn switching(changes: &[f64], near: Option<&Switching>) -> Result<Switching, Undefined> {
    Undefined::unless_enough(changes.len(), LEAST)?;
    let deviations = Deviations::of_varying(changes)?;
    let scale = (deviations.square / deviations.count()).sqrt();
    let scaled: Vec<f64> = deviations.values.iter().map(|value| value / scale).collect();
    let mut best: Option<(States, f64)> = None;
    let usual = [(0.4, 2.5, [0.02, 0.05]), (0.7, 4.0, [0.01, 0.1]), (0.2, 1.5, [0.05, 0.05])];
    let mut starts: Vec<States> =
        usual.map(|(calm, wild, leaves)| States { means: [0.05, -0.1], variances: [calm, wild], leaves }).to_vec();
    if let Some(fit) = near {
        starts = vec![States {
            means: fit.means.map(|mean| (mean - deviations.mean) / scale),
            variances: fit.variances.map(|variance| variance / (scale * scale)),
            leaves: fit.leaves,
        }];
    }
    for mut states in starts {
        let mut last = f64::NEG_INFINITY;
        for _ in 0..ROUNDS {
            let pass = states.filter(&scaled);
            if (pass.log_likelihood - last).abs() < 1e-9 * pass.log_likelihood.abs() {
                break;
            }
            last = pass.log_likelihood;
            states = maximised(&states, &pass, &scaled);
        }
        let reached = states.log_likelihood(&scaled);
        if reached.is_finite() && best.is_none_or(|(_, highest)| reached > highest) {
            best = Some((states, reached));
        }
    }
    let (states, _) = best.ok_or(Undefined::NotMeaningful("one state swallows the other"))?;
    let n = scaled.len() as f64;
    let found = minimise(&free(&states), |at, gradient| {
        let value = |at: &[f64]| -bound(at).log_likelihood(&scaled) / n;
        let mut moved = at.to_vec();
        for i in 0..at.len() {
            let step = 1e-6 * at[i].abs().max(1.0);
            moved[i] = at[i] + step;
            let up = value(&moved);
            moved[i] = at[i] - step;
            gradient[i] = (up - value(&moved)) / (2.0 * step);
            moved[i] = at[i];
        }
        value(at)
    });
    let mut states = bound(&found.at);
    if states.variances[0] > states.variances[1] {
        states.means.swap(0, 1);
        states.variances.swap(0, 1);
        states.leaves.swap(0, 1);
    }
    Ok(Switching {
        means: states.means.map(|mean| mean * scale + deviations.mean),
        variances: states.variances.map(|variance| variance * scale * scale),
        leaves: states.leaves,
        log_likelihood: -found.value * n - n * scale.ln(),
    })
}

/// One round: chances of states and of moves given all changes (Kim 1994), then the parameters they would make most likely.
fn maximised(states: &States, pass: &Pass, changes: &[f64]) -> States {
    let n = changes.len();
    let mut after = pass.filtered[n - 1];
    let (mut weights, mut sums, mut squares) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    let (mut stays, mut leaves) = ([0.0; 2], [0.0; 2]);
    for t in (0..n).rev() {
        if t + 1 < n {
            let (now, next) = (pass.filtered[t], pass.predicted[t + 1]);
            let ratio = [after[0] / next[0].max(1e-300), after[1] / next[1].max(1e-300)];
            let moves = [now[0] * states.leaves[0] * ratio[1], now[1] * states.leaves[1] * ratio[0]];
            let keeps = [now[0] * (1.0 - states.leaves[0]) * ratio[0], now[1] * (1.0 - states.leaves[1]) * ratio[1]];
            for state in 0..2 {
                leaves[state] += moves[state];
                stays[state] += keeps[state];
            }
            after = [keeps[0] + moves[0], keeps[1] + moves[1]];
        }
        for state in 0..2 {
            weights[state] += after[state];
            sums[state] += after[state] * changes[t];
            squares[state] += after[state] * changes[t] * changes[t];
        }
    }
    let mut next = *states;
    for state in 0..2 {
        let weight = weights[state].max(1e-12);
        next.means[state] = sums[state] / weight;
        next.variances[state] = (squares[state] / weight - next.means[state].powi(2)).max(1e-8);
        next.leaves[state] = (leaves[state] / (leaves[state] + stays[state]).max(1e-12)).clamp(1e-6, 1.0 - 1e-6);
    }
    next
}

fn free(states: &States) -> [f64; 6] {
    let odds = |share: f64| (share / (1.0 - share)).ln();
    [
        states.means[0],
        states.means[1],
        states.variances[0].ln(),
        states.variances[1].ln(),
        odds(states.leaves[0]),
        odds(states.leaves[1]),
    ]
}

fn bound(free: &[f64]) -> States {
    let share = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    States {
        means: [free[0], free[1]],
        variances: [free[2].exp(), free[3].exp()],
        leaves: [share(free[4]), share(free[5])],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_too_few_and_constant() {
        assert_eq!(switching(&[0.1; 249], None), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(switching(&[0.1; 300], None), Err(Undefined::Constant));
    }
}
