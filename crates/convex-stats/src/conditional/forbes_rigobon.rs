//! The correlation of a wild state as it would be at the volatility of a calm one.

use super::{Conditional, InState};
use crate::Undefined;
use crate::score_test::ScoreTest;

impl Conditional<'_> {
    /// Change of the log standard deviation of what b leaves unexplained of a, the state `one` less the state `other`.
    ///
    /// The influence of an observation is (e^2 / var(e) - 1) / 2 with e the residual of a on b in its state. Zero is what
    /// [`Conditional::forbes_rigobon`] supposes. Errors: [`Undefined::NotMeaningful`] without sampling error. Source:
    /// [`ScoreTest`].
    ///
    /// For an example see [`Conditional::forbes_rigobon`].
    pub fn residual_volatility(&self, one: &InState, other: &InState) -> Result<ScoreTest, Undefined> {
        let log = |state: &InState| state.stdev_a.ln() + ((1.0 - 1.0 / state.n as f64) * open(state)).ln() / 2.0;
        let (one_score, other_score) = (residual_score(one), residual_score(other));
        let influence = self.over_timeline([(&one.places, &one_score, 1.0), (&other.places, &other_score, -1.0)]);
        ScoreTest::of(log(one) - log(other), &influence, &self.cosines)
    }

    /// Forbes and Rigobon's (2002) correlation of the state `one` at b's volatility in the state `other`, less the
    /// correlation of `other`, on Fisher's z scale.
    ///
    /// If only the variance of b differs between the states, the slope and the rest of a staying as they are, the odds
    /// r^2 / (1 - r^2) rise with var(b): divided by the ratio of var(b) they are what the state would show at the other's
    /// volatility, r* = r / sqrt(1 + d (1 - r^2)) with d that ratio less one. It supposes equal variance of the rest, so
    /// where that is rejected at 5 % there is no number. Errors: [`Undefined::NotMeaningful`] then, and without
    /// sampling error. The interval follows from the influences of r and of the ratio.
    ///
    /// ```
    /// use convex_stats::conditional::Conditional;
    ///
    /// let own: Vec<f64> = (0..600_u64).map(|t| (t * t * 7 % 997) as f64).collect();
    /// let scale = |t: u64| if t < 300 { 4.0 } else { 1.0 };
    /// let b: Vec<f64> = (0..600_u64).map(|t| scale(t) * ((t * t * t % 1009) as f64 - 504.0)).collect();
    /// let a: Vec<f64> = b.iter().zip(&own).map(|(b, own)| b + own).collect();
    /// let wild: Vec<bool> = (0..600).map(|t| t < 300).collect();
    /// let calm: Vec<bool> = (0..600).map(|t| t >= 300).collect();
    ///
    /// let pair = Conditional::new(&a, &b).unwrap();
    /// let (wild, calm) = (pair.in_state(&wild).unwrap(), pair.in_state(&calm).unwrap());
    /// assert!(pair.difference(&wild, &calm).unwrap().z_difference.estimate > 1.0);
    /// assert!(!pair.forbes_rigobon(&wild, &calm).unwrap().excludes_zero());
    /// ```
    pub fn forbes_rigobon(&self, one: &InState, other: &InState) -> Result<ScoreTest, Undefined> {
        if self.residual_volatility(one, other)?.excludes_zero() {
            return Err(Undefined::NotMeaningful("the variance b leaves unexplained differs between the states"));
        }
        let population = |state: &InState| state.stdev_b.ln() + (1.0 - 1.0 / state.n as f64).ln() / 2.0;
        let calmer = (population(other) - population(one)).exp();
        // r / sqrt(1 - r^2) is sinh of atanh r.
        let z = one.pearson.atanh();
        let adjusted = (z.sinh() * calmer).asinh();
        let by_z = z.cosh() * calmer / adjusted.cosh();
        let by_volatility = -(z.sinh() * calmer / adjusted.cosh());
        let score = |state: &InState, z: f64, volatility: f64| -> Vec<f64> {
            let days = state.score.iter().zip(&state.standard.y);
            days.map(|(score, b)| z * score + volatility * (b * b - 1.0) / 2.0).collect()
        };
        let (one_score, other_score) = (score(one, by_z, by_volatility), score(other, -1.0, -by_volatility));
        let influence = self.over_timeline([(&one.places, &one_score, 1.0), (&other.places, &other_score, 1.0)]);
        ScoreTest::of(adjusted - other.pearson.atanh(), &influence, &self.cosines)
    }
}

fn open(state: &InState) -> f64 {
    1.0 - state.pearson * state.pearson
}

fn residual_score(state: &InState) -> Vec<f64> {
    let days = state.standard.x.iter().zip(&state.standard.y);
    days.map(|(a, b)| ((a - state.pearson * b).powi(2) / open(state) - 1.0) / 2.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    /// Two states of one pair: `scale` times b in the first, `rest` times what b leaves of a.
    fn states(scale: f64, rest: f64) -> (Vec<f64>, Vec<f64>, Vec<bool>, Vec<bool>) {
        let wild: Vec<bool> = (0..2_000).map(|t| t / 50 % 2 == 0).collect();
        let by = |wild: bool, factor: f64| if wild { factor } else { 1.0 };
        let b: Vec<f64> = noise(2_000, 1).iter().zip(&wild).map(|(b, wild)| by(*wild, scale) * b).collect();
        let own = noise(2_000, 2);
        let a = (0..2_000).map(|t| 0.7 * b[t] + by(wild[t], rest) * own[t]).collect();
        let calm = wild.iter().map(|wild| !wild).collect();
        (a, b, wild, calm)
    }

    #[test]
    fn takes_out_volatility_and_nothing_else() {
        let (a, b, wild, calm) = states(3.0, 1.0);
        let pair = Conditional::new(&a, &b).unwrap();
        let (wild, calm) = (pair.in_state(&wild).unwrap(), pair.in_state(&calm).unwrap());
        assert!(pair.difference(&wild, &calm).unwrap().z_difference.excludes_zero());
        let found = pair.forbes_rigobon(&wild, &calm).unwrap();
        assert!(!found.excludes_zero(), "{found:?}");
        let ratio = (wild.stdev_b / calm.stdev_b).powi(2) - 1.0;
        let textbook = wild.pearson / (1.0 + ratio * (1.0 - wild.pearson.powi(2))).sqrt();
        assert!((found.estimate - (textbook.atanh() - calm.pearson.atanh())).abs() < 1e-9);
    }

    #[test]
    fn says_nothing_where_the_rest_is_wilder_too() {
        let (a, b, wild, calm) = states(3.0, 2.0);
        let pair = Conditional::new(&a, &b).unwrap();
        let (wild, calm) = (pair.in_state(&wild).unwrap(), pair.in_state(&calm).unwrap());
        let rest = pair.residual_volatility(&wild, &calm).unwrap();
        assert!((rest.estimate - 2f64.ln()).abs() < 0.1);
        let part = pair.difference(&wild, &calm).unwrap().a_on_b.log_sigma_residual;
        assert!((rest.estimate - part).abs() < 1e-12);
        assert!(matches!(pair.forbes_rigobon(&wild, &calm), Err(Undefined::NotMeaningful(_))));
    }
}
