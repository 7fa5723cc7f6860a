//! Correlation of two series and every interval around it.

mod pearson;
mod spearman;

pub use pearson::{fisher_interval, pearson, pearson_influence};
pub use spearman::{spearman, spearman_influence};

pub(crate) use pearson::Standard;

use crate::Undefined;
use crate::bootstrap::{correlation_interval_of, pair_block_length};
use crate::interval::Interval;
use crate::long_run::Cosines;
use crate::sample::assert_paired;

/// Draws behind `bootstrap_95`.
pub const DRAWS: usize = 2_000;

/// Pairs below which no correlation is given, however few the caller asks for.
const LEAST: usize = 20;

/// Above this size two series are one: the interval would have no width.
const IDENTICAL: f64 = 1.0 - 1e-12;

/// A correlation with what each day adds to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// The correlation, -1 to 1.
    pub correlation: f64,
    /// Influence of each pair on atanh of the correlation, in the order of the pairs; its mean is zero.
    pub score: Vec<f64>,
}

/// Pearson's and Spearman's correlation with intervals of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// Pairs.
    pub n: usize,
    /// Spearman's rank correlation, mid-ranks under ties.
    pub spearman: f64,
    /// Its interval by equal-weighted cosines on Fisher's z scale.
    pub spearman_ewc_95: Interval,
    /// Pearson's correlation.
    pub pearson: f64,
    /// Its interval by equal-weighted cosines on Fisher's z scale.
    pub ewc_95: Interval,
    /// Its interval if pairs were independent and normal (Fisher 1921).
    pub fisher_95: Interval,
    /// Mean block length of the bootstrap, in observations.
    pub block: f64,
    /// Percentile interval of Pearson's correlation over [`DRAWS`] resamples of pairs in blocks.
    pub bootstrap_95: Interval,
}

/// Correlation of `x` and `y` from at least `least` pairs (never fewer than 20), with every interval.
///
/// Changes belong here, not levels: levels of unrelated walks correlate. `seed` alone decides the resamples, so equal
/// input gives equal bits. Both series must be aligned and finite. Errors: [`Undefined::TooFew`]; [`Undefined::Constant`];
/// [`Undefined::Identical`] if either correlation is within 1e-12 of 1 or -1; [`Undefined::NotMeaningful`] if a square
/// overflows. Sources: [`Cosines`], [`fisher_interval`], [`pair_block_length`],
/// [`crate::bootstrap::StationaryBootstrap`].
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::correlation::correlation;
///
/// let x: Vec<f64> = (0..250_u32).map(|t| f64::from(t * t % 101)).collect();
/// let y: Vec<f64> = x.iter().zip(0_u32..).map(|(x, t)| x + f64::from(t * 7 % 97)).collect();
/// let found = correlation(&x, &y, 20, [7; 32]).unwrap();
/// assert!(found.pearson > 0.5 && found.pearson < 0.9);
/// assert!(found.ewc_95.contains(found.pearson) && found.spearman_ewc_95.contains(found.spearman));
/// assert_eq!(found, correlation(&x, &y, 20, [7; 32]).unwrap());
/// ```
pub fn correlation(x: &[f64], y: &[f64], least: usize, seed: [u8; 32]) -> Result<Correlation, Undefined> {
    assert_paired(x, y);
    let n = x.len();
    Undefined::unless_enough(n, least.max(LEAST))?;
    let standard = Standard::of(x, y)?;
    let by_value = standard.influence()?;
    let by_rank = spearman_influence(x, y)?;
    let cosines = Cosines::new(n)?;
    let block = pair_block_length(x, y)?;
    Ok(Correlation {
        n,
        spearman: by_rank.correlation,
        spearman_ewc_95: Interval::around_correlation(by_rank.correlation, cosines.half_width(&by_rank.score)),
        pearson: by_value.correlation,
        ewc_95: Interval::around_correlation(by_value.correlation, cosines.half_width(&by_value.score)),
        fisher_95: fisher_interval(by_value.correlation, n)?,
        block,
        bootstrap_95: correlation_interval_of(&standard, block, DRAWS, seed)?,
    })
}

/// Refuses a correlation without sampling error.
pub(crate) fn unless_identical(correlation: f64) -> Result<f64, Undefined> {
    if correlation.abs() > IDENTICAL { Err(Undefined::Identical) } else { Ok(correlation) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: u32, modulus: u32) -> Vec<f64> {
        (0..n).map(|t| f64::from(t * t % modulus)).collect()
    }

    #[test]
    fn refuses_what_has_no_correlation() {
        let (x, y) = (wave(100, 31), wave(100, 23));
        let seed = [0; 32];
        assert_eq!(correlation(&x[..19], &y[..19], 0, seed), Err(Undefined::TooFew { have: 19, need: 20 }));
        assert_eq!(correlation(&x, &y, 252, seed), Err(Undefined::TooFew { have: 100, need: 252 }));
        assert_eq!(correlation(&x, &[0.1; 100], 20, seed), Err(Undefined::Constant));
        assert_eq!(correlation(&x, &x, 20, seed), Err(Undefined::Identical));
        let opposite: Vec<f64> = x.iter().map(|x| 5.0 - 3.0 * x).collect();
        assert_eq!(correlation(&x, &opposite, 20, seed), Err(Undefined::Identical));
        let same_order: Vec<f64> = x.iter().map(|x| x.powi(3)).collect();
        assert_eq!(correlation(&x, &same_order, 20, seed), Err(Undefined::Identical));
    }

    #[test]
    fn another_seed_moves_the_bootstrap_alone() {
        let (x, y) = (wave(100, 31), wave(100, 23));
        let (one, two) = (correlation(&x, &y, 20, [1; 32]).unwrap(), correlation(&x, &y, 20, [2; 32]).unwrap());
        assert_ne!(one.bootstrap_95, two.bootstrap_95);
        assert_eq!(Correlation { bootstrap_95: two.bootstrap_95, ..one }, two);
    }
}
