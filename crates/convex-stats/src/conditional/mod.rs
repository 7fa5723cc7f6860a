//! Correlation in states of the world that were known beforehand, and how it differs between two of them.

mod difference;
mod forbes_rigobon;

pub use difference::{Decomposition, StateDifference};

use crate::Undefined;
use crate::correlation::Standard;
use crate::interval::Interval;
use crate::long_run::Cosines;
use crate::sample::{Deviations, assert_paired};

/// Pairs the whole timeline needs.
const LEAST: usize = 250;
/// Observations a state needs.
const LEAST_IN_STATE: usize = 60;

/// A pair of series whose observations fall into states.
///
/// ```
/// use convex_stats::conditional::Conditional;
///
/// let common: Vec<f64> = (0..600_u64).map(|t| (t * t * t % 1009) as f64).collect();
/// let own: Vec<f64> = (0..600_u64).map(|t| (t * t * 7 % 997) as f64).collect();
/// let calm: Vec<bool> = (0..600).map(|t| t / 100 % 2 == 0).collect();
/// let stress: Vec<bool> = calm.iter().map(|calm| !calm).collect();
/// let weight = |stress: bool| if stress { 3.0 } else { 0.5 };
/// let a: Vec<f64> = (0..600).map(|t| weight(stress[t]) * common[t] + own[t]).collect();
///
/// let pair = Conditional::new(&a, &common).unwrap();
/// let (stress, calm) = (pair.in_state(&stress).unwrap(), pair.in_state(&calm).unwrap());
/// assert!(stress.pearson > 0.9 && calm.pearson < 0.6 && stress.n == 300);
/// let tighter = pair.difference(&stress, &calm).unwrap();
/// assert!(tighter.z_difference.excludes_zero() && tighter.z_difference.estimate > 0.5);
/// ```
#[derive(Clone, Debug)]
pub struct Conditional<'a> {
    a: &'a [f64],
    b: &'a [f64],
    cosines: Cosines,
}

/// Correlation and volatilities of the observations in one state.
#[derive(Clone, Debug)]
pub struct InState {
    /// Observations in the state.
    pub n: usize,
    /// Pearson's correlation in the state.
    pub pearson: f64,
    /// Its interval by equal-weighted cosines over the whole timeline, on Fisher's z scale.
    pub ewc_95: Interval,
    /// Sample standard deviation of a in the state, in its unit.
    pub stdev_a: f64,
    /// Sample standard deviation of b in the state, in its unit.
    pub stdev_b: f64,
    places: Vec<usize>,
    standard: Standard,
    /// Influence of each observation in the state on atanh of the correlation.
    score: Vec<f64>,
}

impl<'a> Conditional<'a> {
    /// A pair of at least 250 aligned finite values that vary; a caller drops a pair where either is missing.
    ///
    /// Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
    ///
    /// # Panics
    /// If the two slices differ in length.
    pub fn new(a: &'a [f64], b: &'a [f64]) -> Result<Self, Undefined> {
        assert_paired(a, b);
        Undefined::unless_enough(a.len(), LEAST)?;
        Deviations::of_varying(a)?;
        Deviations::of_varying(b)?;
        Ok(Self { a, b, cosines: Cosines::new(a.len())? })
    }

    /// Pearson's correlation over the observations where `mask` holds, at least 60.
    ///
    /// The state of an observation must have been known before its change began; where it is not known the mask is false.
    /// The interval is on the z scale, atanh r -+ t(0.975, nu) sqrt(variance / N): the influence of an observation is
    /// that on atanh r in the state ([`crate::correlation::pearson_influence`]) times N / n inside the state and zero
    /// outside, so that stretches of a state count as the few episodes they are. Errors: [`Undefined::TooFew`],
    /// [`Undefined::Constant`], [`Undefined::Identical`].
    ///
    /// # Panics
    /// If the mask is not of the length of the series.
    pub fn in_state(&self, mask: &[bool]) -> Result<InState, Undefined> {
        assert_eq!(mask.len(), self.a.len(), "a mask says of every observation whether it is in the state");
        let places: Vec<usize> = (0..mask.len()).filter(|place| mask[*place]).collect();
        let n = places.len();
        Undefined::unless_enough(n, LEAST_IN_STATE)?;
        let [a, b] = [self.a, self.b].map(|leg| places.iter().map(|place| leg[*place]).collect::<Vec<f64>>());
        let stdev = |leg: &[f64]| Deviations::of_varying(leg).map(|leg| (leg.square / (leg.count() - 1.0)).sqrt());
        let (stdev_a, stdev_b) = (stdev(&a)?, stdev(&b)?);
        let standard = Standard::of(&a, &b)?;
        let influence = standard.influence()?;
        let (pearson, score) = (influence.correlation, influence.score);
        let half = self.cosines.half_width(&self.over_timeline([(&places, &score, 1.0)]));
        let ewc_95 = Interval::around_correlation(pearson, half);
        Ok(InState { n, pearson, ewc_95, stdev_a, stdev_b, places, standard, score })
    }

    /// Influences of observations in states on a sum of estimates with weights: each times N / n at its place, zero
    /// elsewhere.
    fn over_timeline<const S: usize>(&self, states: [(&[usize], &[f64], f64); S]) -> Vec<f64> {
        let mut whole = vec![0.0; self.a.len()];
        for (places, score, weight) in states {
            let share = weight * whole.len() as f64 / places.len() as f64;
            for (place, score) in places.iter().zip(score) {
                whole[*place] += share * score;
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlation::pearson_influence;
    use crate::long_run::half_width;
    use crate::test_series::noise;

    #[test]
    fn a_state_that_always_holds_is_the_whole_sample() {
        let (a, b) = (noise(400, 1), noise(400, 2));
        let found = Conditional::new(&a, &b).unwrap().in_state(&[true; 400]).unwrap();
        let whole = pearson_influence(&a, &b).unwrap();
        assert_eq!(found.pearson, whole.correlation);
        assert_eq!(found.ewc_95, Interval::around_correlation(whole.correlation, half_width(&whole.score).unwrap()));
    }

    #[test]
    fn refuses_small_states_and_constant_legs() {
        let (a, mut b) = (noise(300, 1), noise(300, 2));
        let first = |n: usize| (0..300).map(|place| place < n).collect::<Vec<bool>>();
        b[..80].fill(1.5);
        let pair = Conditional::new(&a, &b).unwrap();
        assert_eq!(pair.in_state(&first(59)).unwrap_err(), Undefined::TooFew { have: 59, need: 60 });
        assert_eq!(pair.in_state(&first(80)).unwrap_err(), Undefined::Constant);
        assert_eq!(Conditional::new(&a, &a).unwrap().in_state(&first(90)).unwrap_err(), Undefined::Identical);
        assert_eq!(Conditional::new(&a[..249], &b[..249]).unwrap_err(), Undefined::TooFew { have: 249, need: 250 });
        assert_eq!(Conditional::new(&a, &[0.0; 300]).unwrap_err(), Undefined::Constant);
    }
}
