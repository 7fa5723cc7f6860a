//! How long a gap takes to close by half, and whether it can be told at all.

mod regression;
mod returning;
mod wandering;

use crate::Undefined;
use crate::sample::Deviations;
use crate::wild::{Signs, signed_sums};
use regression::{Regression, accepts};
use returning::{GROUP, Returning};

/// Half-lives tried, in observations; the unit root, which has none, follows them.
pub const GRID: [u32; 15] = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987];

/// Draws behind each.
pub const DRAWS: usize = 499;

/// Levels needed.
const LEAST: usize = 250;

/// The half-lives that a sample does not contradict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfLife {
    /// Least-squares slope of a level on the one before it; biased towards 0, so no half-life is read off it.
    pub phi: f64,
    /// Shortest accepted half-life in observations; `None` if only the unit root is accepted.
    pub low: Option<u32>,
    /// Longest accepted half-life in observations; `None` if the unit root is accepted, so that there is no upper bound.
    pub high: Option<u32>,
    /// Whether a series without a level of its own is accepted as well.
    pub unit_root_accepted: bool,
    /// Changes.
    pub n: usize,
}

impl HalfLife {
    /// What each point of the grid is tested for.
    pub const NULL: &'static str = "gaps close by half in this many observations, or never under the unit root";
    /// What rejection speaks for.
    pub const ALTERNATIVE: &'static str = "gaps close faster or more slowly than that";
}

/// Interval of the half-life of a first-order autoregression with constant, x\[t\] = c + phi x\[t-1\] + e\[t\], by Hansen's grid
/// bootstrap: the half-lives h = -ln 2 / ln phi of [`GRID`], and the unit root (phi = 1, c = 0), at which the t statistic
/// of phi lies between the 2.5 % and 97.5 % quantiles of 499 samples made with that phi.
///
/// A sample takes the residuals x\[t\] - phi x\[t-1\], centred, under random signs, so that volatility keeps its course; it
/// begins at the first observation (at 0 under the unit root, where the level does not matter). A plain interval around
/// least squares is finite in 30 % of true random walks; this one leaves the unit root in when it should.
///
/// Of the grid only what decides the two ends is drawn. `seed` alone decides the draws, which are common to all points of
/// the grid. Needs 250 finite values without gaps. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if no half-life is accepted. Source: Hansen (1999).
///
/// ```
/// use convex_stats::half_life::half_life;
///
/// // Each gap closes by an eighth: a half-life of 5.2.
/// let noise = (0..800_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0);
/// let gap: Vec<f64> = noise.scan(0.0, |at, step| { *at = *at * 0.875 + step; Some(*at) }).collect();
/// let found = half_life(&gap, [7; 32]).unwrap();
/// assert!(found.low.unwrap() <= 5 && found.high.unwrap() >= 5 && !found.unit_root_accepted);
/// ```
pub fn half_life(series: &[f64], seed: [u8; 32]) -> Result<HalfLife, Undefined> {
    Undefined::unless_enough(series.len(), LEAST)?;
    Deviations::of_varying(series)?;
    let regression = Regression::of(series)?;
    let (n, phi) = (regression.n, regression.phi);
    let signs = Signs::draw(n, DRAWS, seed);
    let ends: Vec<[f64; 2]> =
        signed_sums(&signs, 0, [[&regression.after, &regression.before]]).into_iter().map(|[pair]| pair).collect();
    let mut grid = Grid { regression: &regression, signs: &signs, ends: &ends, tested: [const { None }; GROUPS] };
    let low = (0..GROUPS).find_map(|group| grid.first_of(group));
    let unit_root_accepted = accepts(wandering::draws(&regression, &signs), regression.t(1.0));
    let high = if unit_root_accepted { None } else { (0..GROUPS).rev().find_map(|group| grid.last_of(group)) };
    if low.is_none() && !unit_root_accepted {
        return Err(Undefined::NotMeaningful("no half-life on the grid is accepted"));
    }
    Ok(HalfLife { phi, low, high, unit_root_accepted, n })
}

/// Half-lives are tested a group at a time, and only the groups that are asked for.
const GROUPS: usize = GRID.len().div_ceil(GROUP);

struct Grid<'a> {
    regression: &'a Regression,
    signs: &'a Signs,
    ends: &'a [[f64; 2]],
    tested: [Option<Vec<bool>>; GROUPS],
}

impl Grid<'_> {
    /// Shortest accepted half-life of a group.
    fn first_of(&mut self, group: usize) -> Option<u32> {
        let (lives, accepted) = self.accepted(group);
        lives.iter().zip(accepted).find(|(_, accepted)| **accepted).map(|(life, _)| *life)
    }

    /// Longest accepted half-life of a group.
    fn last_of(&mut self, group: usize) -> Option<u32> {
        let (lives, accepted) = self.accepted(group);
        lives.iter().zip(accepted).rfind(|(_, accepted)| **accepted).map(|(life, _)| *life)
    }

    fn accepted(&mut self, group: usize) -> (&'static [u32], &[bool]) {
        let lives: &'static [u32] = &GRID[group * GROUP..GRID.len().min((group + 1) * GROUP)];
        let Self { regression, signs, ends, .. } = *self;
        let test = || Returning { regression, signs, ends, lives }.accepted();
        (lives, self.tested[group].get_or_insert_with(test))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_has_no_upper_bound() {
        let noise = (0..900_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0);
        let walk: Vec<f64> = noise
            .scan(0.0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect();
        let found = half_life(&walk, [7; 32]).unwrap();
        assert!(found.unit_root_accepted && found.high.is_none() && found.low.is_some());
        assert_eq!(found, half_life(&walk, [7; 32]).unwrap());
    }

    #[test]
    fn noise_closes_at_once() {
        let noise: Vec<f64> = (0..400_u64).map(|t| (t * t * 7_919 % 1_009) as f64).collect();
        // Faster than the fastest of the grid: nothing is accepted.
        assert_eq!(half_life(&noise, [1; 32]), Err(Undefined::NotMeaningful("no half-life on the grid is accepted")));
    }

    #[test]
    fn refuses_too_few_and_constant_series() {
        assert_eq!(half_life(&[1.0; 249], [0; 32]), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(half_life(&[0.1; 300], [0; 32]), Err(Undefined::Constant));
        let line: Vec<f64> = (0..300).map(f64::from).collect();
        assert!(matches!(half_life(&line, [0; 32]), Err(Undefined::NotMeaningful(_))));
    }
}
