//! How a correlation differs between two states, and what the difference is made of.

use super::{Conditional, InState};
use crate::Undefined;
use crate::score_test::ScoreTest;

/// The difference of a correlation between two states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateDifference {
    /// atanh of the correlation in the first state less that in the second.
    pub z_difference: ScoreTest,
    /// What changed, with a explained by b.
    pub a_on_b: Decomposition,
    /// The same the other way round.
    pub b_on_a: Decomposition,
}

impl StateDifference {
    /// What the test supposes.
    pub const NULL: &str = "the correlation is the same in both states";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "the correlation differs between the states, to either side";
}

/// An identity, not a cause: with y = alpha + beta x + e, r^2 / (1 - r^2) = beta^2 var(x) / var(e), so
/// `log_odds` = 2 `log_beta` + 2 `log_sigma` - 2 `log_sigma_residual`. Each is the first state less the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// Change of log(r^2 / (1 - r^2)).
    pub log_odds: f64,
    /// Change of log|beta|.
    pub log_beta: f64,
    /// Change of the log standard deviation of the leg that explains.
    pub log_sigma: f64,
    /// Change of the log standard deviation of what it leaves unexplained.
    pub log_sigma_residual: f64,
}

impl Conditional<'_> {
    /// The correlation in the state `one` less that in the state `other`, on Fisher's z scale.
    ///
    /// Influences are taken over the whole timeline: those of either state at its own observations, zero elsewhere.
    /// Beside it stands the exact decomposition, both ways round. Errors: [`Undefined::NotMeaningful`] if a correlation
    /// is exactly zero, which has no logarithm. Source of the test: [`ScoreTest`].
    ///
    /// For an example see [`Conditional`].
    pub fn difference(&self, one: &InState, other: &InState) -> Result<StateDifference, Undefined> {
        let influence = self.over_timeline([(&one.places, &one.score, 1.0), (&other.places, &other.score, -1.0)]);
        let estimate = one.pearson.atanh() - other.pearson.atanh();
        if one.pearson == 0.0 || other.pearson == 0.0 {
            return Err(Undefined::NotMeaningful("a correlation is exactly zero"));
        }
        let (one_parts, other_parts) = (Parts::of(one), Parts::of(other));
        Ok(StateDifference {
            z_difference: ScoreTest::of(estimate, &influence, &self.cosines)?,
            a_on_b: one_parts.less(&other_parts, |parts| (parts.sigma_a, parts.sigma_b)),
            b_on_a: one_parts.less(&other_parts, |parts| (parts.sigma_b, parts.sigma_a)),
        })
    }
}

/// Logarithms of the parts of a state.
struct Parts {
    correlation: f64,
    /// log(1 - r^2).
    open: f64,
    sigma_a: f64,
    sigma_b: f64,
}

impl Parts {
    fn of(state: &InState) -> Self {
        let r = state.pearson;
        // Standard deviations with divisor n make the identity exact.
        let to_population = (1.0 - 1.0 / state.n as f64).ln() / 2.0;
        Self {
            correlation: r.abs().ln(),
            open: (1.0 - r * r).ln(),
            sigma_a: state.stdev_a.ln() + to_population,
            sigma_b: state.stdev_b.ln() + to_population,
        }
    }

    fn less(&self, other: &Self, explained_and_explaining: fn(&Self) -> (f64, f64)) -> Decomposition {
        let parts = |state: &Self| {
            let (explained, explaining) = explained_and_explaining(state);
            let beta = state.correlation + explained - explaining;
            [2.0 * state.correlation - state.open, beta, explaining, explained + state.open / 2.0]
        };
        let (one, other) = (parts(self), parts(other));
        let [log_odds, log_beta, log_sigma, log_sigma_residual] = std::array::from_fn(|part| one[part] - other[part]);
        Decomposition { log_odds, log_beta, log_sigma, log_sigma_residual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    fn halves(a: &[f64], b: &[f64]) -> StateDifference {
        let mask: Vec<bool> = (0..a.len()).map(|place| place < a.len() / 2).collect();
        let pair = Conditional::new(a, b).unwrap();
        let other: Vec<bool> = mask.iter().map(|inside| !inside).collect();
        pair.difference(&pair.in_state(&mask).unwrap(), &pair.in_state(&other).unwrap()).unwrap()
    }

    #[test]
    fn the_decomposition_is_exact_both_ways() {
        let (b, own) = (noise(600, 1), noise(600, 2));
        let a: Vec<f64> =
            (0..600).map(|t| if t < 300 { 2.0 * b[t] + own[t] } else { 0.1 * b[t] - 3.0 * own[t] }).collect();
        let found = halves(&a, &b);
        for parts in [found.a_on_b, found.b_on_a] {
            let sum = 2.0 * (parts.log_beta + parts.log_sigma - parts.log_sigma_residual);
            assert!((parts.log_odds - sum).abs() < 1e-12);
        }
        assert_eq!(found.a_on_b.log_odds, found.b_on_a.log_odds);
        assert!(found.z_difference.excludes_zero());
    }

    #[test]
    fn a_larger_scale_of_one_leg_alone_moves_its_own_parts_only() {
        let (b, own) = (noise(600, 3), noise(600, 4));
        let a: Vec<f64> = (0..600).map(|t| b[t] + own[t]).collect();
        let scaled: Vec<f64> = (0..600).map(|t| if t < 300 { 4.0 * a[t] } else { a[t] }).collect();
        let (plain, found) = (halves(&a, &b), halves(&scaled, &b));
        assert!((found.z_difference.estimate - plain.z_difference.estimate).abs() < 1e-12);
        assert!((found.a_on_b.log_beta - plain.a_on_b.log_beta - 4f64.ln()).abs() < 1e-12);
        assert!((found.a_on_b.log_sigma - plain.a_on_b.log_sigma).abs() < 1e-12);
        assert!((found.b_on_a.log_sigma - plain.b_on_a.log_sigma - 4f64.ln()).abs() < 1e-12);
    }
}
