//! Is a gap unusual now, and does it behave otherwise than a walk?

mod back;
mod gap;
mod walks;

pub use back::{came_back, wide_and_back, wide_and_back_on_walks};
pub use gap::{Episode, episodes, trailing_z};

use crate::Undefined;
use crate::sample::Deviations;
use walks::Walks;

/// Observations a level is compared with, its own included.
pub const WINDOW: usize = 252;

/// Walks behind the figures of comparison.
pub const WALKS: usize = 500;

/// Levels needed.
pub(crate) const LEAST: usize = 600;

/// A gap beside driftless walks made of its own changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// Last level less the mean of its window, by the window's standard deviation.
    pub z: f64,
    /// Share of walks, and the gap itself, whose last |z| is at least as large.
    pub p_walk: f64,
    /// Share of observations with |z| above 2.
    pub share_beyond_2: f64,
    /// The same, mean over walks.
    pub share_beyond_2_walk: f64,
    /// Wide gaps, each counted once: from |z| above 2 until |z| below 0.5.
    pub episodes: usize,
    /// The same, mean over walks.
    pub episodes_walk: f64,
    /// Levels.
    pub n: usize,
}

impl Divergence {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "the gap is a driftless walk of independent changes";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "the gap is wider than such walks are after as many observations";
}

/// z of the last level of `levels` (a log ratio) over its last 252, and how often it was wide, beside 500 driftless walks
/// of as many observations whose steps are drawn from its own changes less their mean, each with equal chance.
///
/// A walk has |z| above 2 on 15 % of days, so nothing about levels is said without the walks. p = (1 + walks at least as
/// wide) / 501. `seed` alone decides the walks. Needs 600 finite values without gaps; z has no unit. Errors:
/// [`Undefined::TooFew`], [`Undefined::Constant`].
///
/// ```
/// use convex_stats::divergence::divergence;
///
/// let noise = (0..900_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0);
/// let gap: Vec<f64> = noise.scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let found = divergence(&gap, [7; 32]).unwrap();
/// assert!(found.p_walk > 0.01);
/// assert!(found.share_beyond_2_walk > 0.10 && found.share_beyond_2_walk < 0.20);
/// ```
pub fn divergence(levels: &[f64], seed: [u8; 32]) -> Result<Divergence, Undefined> {
    Undefined::unless_enough(levels.len(), LEAST)?;
    let n = levels.len();
    let changes: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let z = trailing_z(levels)?;
    let last = z[z.len() - 1];
    if last.is_nan() {
        return Err(Undefined::Constant);
    }
    let walks = Walks::of(&Deviations::of_varying(&changes)?.standardised(), n).draw(seed);
    let mean = |value: &dyn Fn(&walks::Walk) -> f64| walks.iter().map(value).sum::<f64>() / WALKS as f64;
    let as_wide = walks.iter().filter(|walk| walk.last >= last.abs()).count();
    Ok(Divergence {
        z: last,
        p_walk: (1 + as_wide) as f64 / (WALKS + 1) as f64,
        share_beyond_2: z.iter().filter(|z| z.abs() > 2.0).count() as f64 / z.len() as f64,
        share_beyond_2_walk: mean(&|walk| f64::from(walk.beyond)) / z.len() as f64,
        episodes: episodes(&z).len(),
        episodes_walk: mean(&|walk| f64::from(walk.episodes)),
        n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_too_few_and_constant_series() {
        assert_eq!(divergence(&[1.0; 599], [0; 32]), Err(Undefined::TooFew { have: 599, need: 600 }));
        assert_eq!(divergence(&[0.1; 700], [0; 32]), Err(Undefined::Constant));
        let mut late: Vec<f64> = (0..700).map(|t| f64::from(t % 7)).collect();
        late[400..].fill(3.0);
        assert_eq!(divergence(&late, [0; 32]), Err(Undefined::Constant));
    }

    #[test]
    fn the_seed_alone_decides() {
        let levels: Vec<f64> = (0..700_u64).map(|t| (t * t * 7_919 % 1_009) as f64).collect();
        let found = divergence(&levels, [1; 32]).unwrap();
        assert_eq!(found, divergence(&levels, [1; 32]).unwrap());
        assert_ne!(found.episodes_walk, divergence(&levels, [2; 32]).unwrap().episodes_walk);
    }
}
