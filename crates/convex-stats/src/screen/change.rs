//! Does a pair move together now as it did in the year before?

use super::{BEFORE, NOW};
use crate::correlation::Standard;
use crate::long_run::Cosines;
use crate::sample::assert_paired;
use crate::score_test::ScoreTest;
use crate::{Interval, Undefined};

/// The correlation now beside that of the year before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorrelationChange {
    /// Pearson's correlation of the last [`NOW`] changes.
    pub now: f64,
    /// Pearson's correlation of the [`BEFORE`] changes before them.
    pub before: f64,
    /// atanh of the first less atanh of the second, with interval and test.
    pub z_difference: ScoreTest,
}

impl CorrelationChange {
    /// What the test supposes.
    pub const NULL: &'static str = "the correlation is now what it was in the year before";
    /// What it can show instead.
    pub const ALTERNATIVE: &'static str = "the correlation has changed, to either side";
}

/// Correlation of the last [`NOW`] changes less that of the [`BEFORE`] changes before them, on Fisher's z scale; earlier
/// changes are not used.
///
/// The influence of a change on the difference is that on its own window's atanh r, times 315 / 63 or 315 / 252, and is
/// taken over both windows as one timeline by equal-weighted cosines: the test of [`crate::conditional`] for two states
/// that lie one after the other. Errors: [`Undefined::TooFew`] below 315 pairs, [`Undefined::Constant`],
/// [`Undefined::Identical`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::screen::correlation_change;
///
/// let common: Vec<f64> = (0..400_u64).map(|t| (t * t * t % 1009) as f64 - 504.0).collect();
/// let own: Vec<f64> = (0..400_u64).map(|t| (t * t * 7 % 997) as f64 - 498.0).collect();
/// let late: Vec<f64> = (0..400).map(|t| if t < 337 { common[t] + 0.2 * own[t] } else { own[t] }).collect();
/// let found = correlation_change(&common, &late).unwrap();
/// assert!(found.before > 0.9 && found.now < 0.4 && found.z_difference.p < 0.01);
/// ```
pub fn correlation_change(a: &[f64], b: &[f64]) -> Result<CorrelationChange, Undefined> {
    Undefined::unless_enough(a.len(), NOW + BEFORE)?;
    change_with(a, b, &Cosines::new(NOW + BEFORE)?)
}

/// The same with cosines of 315 terms at hand.
pub(crate) fn change_with(a: &[f64], b: &[f64], cosines: &Cosines) -> Result<CorrelationChange, Undefined> {
    assert_paired(a, b);
    let n = a.len();
    Undefined::unless_enough(n, NOW + BEFORE)?;
    let (start, border) = (n - NOW - BEFORE, n - NOW);
    let before = Standard::of(&a[start..border], &b[start..border])?.influence()?;
    let now = Standard::of(&a[border..], &b[border..])?.influence()?;
    let whole = (NOW + BEFORE) as f64;
    let earlier = before.score.iter().map(|score| -score * whole / BEFORE as f64);
    let later = now.score.iter().map(|score| score * whole / NOW as f64);
    let influence: Vec<f64> = earlier.chain(later).collect();
    let difference = now.correlation.atanh() - before.correlation.atanh();
    let z_difference = ScoreTest::of(difference, &influence, cosines)?;
    Ok(CorrelationChange { now: now.correlation, before: before.correlation, z_difference })
}

impl CorrelationChange {
    /// Interval of the change, on Fisher's z scale.
    pub fn ewc_95(&self) -> Interval {
        self.z_difference.ewc_95
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditional::Conditional;
    use crate::test_series::noise;

    #[test]
    fn is_the_difference_of_two_states_that_follow_each_other() {
        let (a, own) = (noise(400, 1), noise(400, 2));
        let b: Vec<f64> = a.iter().zip(&own).map(|(a, own)| a + own).collect();
        let found = correlation_change(&a, &b).unwrap();
        let (a, b) = (&a[400 - 315..], &b[400 - 315..]);
        let pair = Conditional::new(a, b).unwrap();
        let mask = |range: std::ops::Range<usize>| (0..315).map(|at| range.contains(&at)).collect::<Vec<bool>>();
        let (now, before) = (pair.in_state(&mask(252..315)).unwrap(), pair.in_state(&mask(0..252)).unwrap());
        let expected = pair.difference(&now, &before).unwrap().z_difference;
        assert!((found.z_difference.p - expected.p).abs() < 1e-12);
        assert!((found.now - now.pearson).abs() < 1e-15 && (found.before - before.pearson).abs() < 1e-15);
    }

    #[test]
    fn refuses_short_and_constant_series() {
        let (a, mut b) = (noise(314, 1), noise(314, 2));
        assert_eq!(correlation_change(&a, &b), Err(Undefined::TooFew { have: 314, need: 315 }));
        let a = noise(315, 1);
        b = noise(315, 2);
        b[252..].fill(0.5);
        assert_eq!(correlation_change(&a, &b), Err(Undefined::Constant));
        assert_eq!(correlation_change(&a, &a), Err(Undefined::Identical));
    }
}
