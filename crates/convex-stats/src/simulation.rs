//! Paths of a series drawn from its own past shocks, scaled to the volatility of the moment.

use pulp::{Arch, NullaryFnOnce};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::volatility::Recursion;

/// How a level moves: x' = x + pull (centre - x) + sqrt(h) z, with h following its recursion and z drawn from past shocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dynamics {
    /// How the variance moves on.
    pub recursion: Recursion,
    /// The level returned to; without meaning where `pull` is zero.
    pub centre: f64,
    /// The share of the distance to the centre that a step makes good; zero for a walk.
    pub pull: f64,
}

/// Filtered historical simulation (Barone-Adesi, Giannopoulos and Vosper 1999): for each horizon, the sorted changes of the
/// level over so many steps, one for each path.
///
/// `shocks` are past changes over the standard deviation expected before each; `variance` is the one expected for the next
/// change; `horizons` increase. The stream is Xoshiro256++ from the caller's seed.
///
/// # Panics
/// If there is no shock, no path or no horizon.
///
/// ```
/// use convex_stats::simulation::{Dynamics, simulate};
/// use convex_stats::volatility::Recursion;
///
/// let walk = Dynamics { recursion: Recursion { omega: 1.0, alpha: 0.0, beta: 0.0 }, centre: 0.0, pull: 0.0 };
/// let ends = simulate(&walk, 0.0, 1.0, &[-1.0, 1.0], &[1, 4], 1_000, [7; 32]);
/// assert_eq!((ends[0][0], ends[0][999], ends[1][0]), (-1.0, 1.0, -4.0));
/// ```
pub fn simulate(
    dynamics: &Dynamics,
    level: f64,
    variance: f64,
    shocks: &[f64],
    horizons: &[usize],
    paths: usize,
    seed: [u8; 32],
) -> Vec<Vec<f64>> {
    assert!(!shocks.is_empty() && paths > 0 && !horizons.is_empty(), "paths are drawn from shocks over a horizon");
    let mut random = Xoshiro256PlusPlus::from_seed(seed);
    let count = shocks.len() as u64;
    let centre = dynamics.centre;
    let mut away = vec![level - centre; paths];
    let mut variances = vec![variance; paths];
    let mut drawn = vec![0.0; paths];
    let arch = Arch::new();
    let mut ends = Vec::with_capacity(horizons.len());
    let mut step = 0;
    for horizon in horizons {
        while step < *horizon {
            for two in drawn.chunks_mut(2) {
                let bits = random.next_u64();
                for (shock, half) in two.iter_mut().zip([bits >> 32, bits & 0xFFFF_FFFF]) {
                    *shock = shocks[((half * count) >> 32) as usize];
                }
            }
            arch.dispatch(Step { dynamics, away: &mut away, variances: &mut variances, drawn: &drawn });
            step += 1;
        }
        let mut changes: Vec<f64> = away.iter().map(|away| away + centre - level).collect();
        changes.sort_unstable_by(f64::total_cmp);
        ends.push(changes);
    }
    ends
}

/// One step of all paths.
struct Step<'a> {
    dynamics: &'a Dynamics,
    away: &'a mut [f64],
    variances: &'a mut [f64],
    drawn: &'a [f64],
}

impl NullaryFnOnce for Step<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) {
        let Dynamics { recursion: Recursion { omega, alpha, beta }, pull, .. } = *self.dynamics;
        let keep = 1.0 - pull;
        for ((away, variance), shock) in self.away.iter_mut().zip(self.variances).zip(self.drawn) {
            let change = variance.sqrt() * shock;
            *away = keep * *away + change;
            *variance = omega + alpha * change * change + beta * *variance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::{mean, stdev};
    use crate::test_series::noise;

    #[test]
    fn spreads_with_the_root_of_time_and_returns_where_it_is_pulled() {
        let shocks = noise(1_000, 9);
        let size = stdev(&shocks).unwrap();
        let walk = Dynamics { recursion: Recursion { omega: 0.0, alpha: 0.0, beta: 1.0 }, centre: 0.0, pull: 0.0 };
        let ends = simulate(&walk, 3.0, 4.0, &shocks, &[5, 20], 20_000, [1; 32]);
        for (changes, horizon) in ends.iter().zip([5.0_f64, 20.0]) {
            let expected = 2.0 * size * horizon.sqrt();
            assert!((stdev(changes).unwrap() / expected - 1.0).abs() < 0.03);
        }
        let pulled = Dynamics { centre: 1.0, pull: 0.1, ..walk };
        let ends = simulate(&pulled, 3.0, 0.01, &shocks, &[10], 20_000, [1; 32]);
        let expected = -2.0 * (1.0 - 0.9_f64.powi(10));
        assert!((mean(&ends[0]).unwrap() - expected).abs() < 0.05);
    }

    #[test]
    fn one_seed_gives_one_answer() {
        let walk = Dynamics { recursion: Recursion::exponential(0.94), centre: 0.0, pull: 0.0 };
        let ends = |seed| simulate(&walk, 0.0, 1.0, &noise(50, 2), &[5], 101, [seed; 32]);
        assert_eq!(ends(1), ends(1));
        assert_ne!(ends(1), ends(2));
    }
}
