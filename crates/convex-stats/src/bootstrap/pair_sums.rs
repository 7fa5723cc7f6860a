//! Pearson's correlation of block resamples, one step a block instead of one an observation.

use super::stationary::{Block, StationaryBootstrap};
use crate::Undefined;
use crate::correlation::Standard;
use crate::describe::quantile_in_place;
use crate::interval::Interval;

/// Below this variance (of data whose variance is 1) differences of running sums have lost too many digits.
const THIN: f64 = 1e-5;

/// Running sums of x, y, x^2, y^2 and x y of a standardised pair: the sums over any block are a difference of two rows.
struct PairSums<'a> {
    pairs: &'a Standard,
    rows: Vec<[f64; 5]>,
}

impl<'a> PairSums<'a> {
    fn of(pairs: &'a Standard) -> Self {
        let mut row = [0.0; 5];
        let mut rows = Vec::with_capacity(pairs.x.len() + 1);
        rows.push(row);
        for (x, y) in pairs.x.iter().zip(&pairs.y) {
            for (total, term) in row.iter_mut().zip([*x, *y, x * x, y * y, x * y]) {
                *total += term;
            }
            rows.push(row);
        }
        Self { pairs, rows }
    }

    /// Correlation of the resample; `None` if either series is constant in it.
    fn correlation(&self, blocks: &[Block]) -> Option<f64> {
        let n = self.pairs.x.len();
        let mut total = [0.0; 5];
        let mut add = |from: usize, to: usize| {
            let (from, to) = (&self.rows[from], &self.rows[to]);
            for sum in 0..5 {
                total[sum] += to[sum] - from[sum];
            }
        };
        for block in blocks {
            let end = block.start + block.len;
            if end <= n {
                add(block.start, end);
            } else {
                add(block.start, n);
                add(0, end - n);
            }
        }
        let [x, y, xx, yy, xy] = total.map(|sum| sum / n as f64);
        let (variance_x, variance_y) = (xx - x * x, yy - y * y);
        if variance_x < THIN || variance_y < THIN {
            return self.correlation_directly(blocks);
        }
        Some((xy - x * y) / (variance_x * variance_y).sqrt())
    }

    /// The same from the resampled observations themselves.
    fn correlation_directly(&self, blocks: &[Block]) -> Option<f64> {
        let n = self.pairs.x.len();
        let positions = || blocks.iter().flat_map(|block| block.start..block.start + block.len).map(|at| at % n);
        let x: Vec<f64> = positions().map(|at| self.pairs.x[at]).collect();
        let y: Vec<f64> = positions().map(|at| self.pairs.y[at]).collect();
        Standard::of(&x, &y).ok().map(|resample| resample.correlation)
    }
}

/// Percentile interval (2.5 % to 97.5 %, interpolated) of Pearson's correlation over `draws` resamples of pairs by the
/// stationary bootstrap with blocks of mean length `block` observations.
///
/// Resamples in which a series is constant are left out. Needs two aligned finite pairs and one draw. Errors:
/// [`Undefined::TooFew`], [`Undefined::Constant`] (also if every resample is). Source: Politis and Romano (1994).
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::bootstrap::correlation_interval;
///
/// let x: Vec<f64> = (0..100_u32).map(|t| f64::from(t * t % 101)).collect();
/// let y: Vec<f64> = x.iter().zip(0_u32..).map(|(x, t)| x + f64::from(t * 7 % 97)).collect();
/// let interval = correlation_interval(&x, &y, 4.0, 2_000, [7; 32]).unwrap();
/// assert!(interval.low > 0.3 && interval.high < 0.95);
/// ```
pub fn correlation_interval(
    x: &[f64],
    y: &[f64],
    block: f64,
    draws: usize,
    seed: [u8; 32],
) -> Result<Interval, Undefined> {
    correlation_interval_of(&Standard::of(x, y)?, block, draws, seed)
}

/// [`correlation_interval`] of a pair already standardised.
pub(crate) fn correlation_interval_of(
    pairs: &Standard,
    block: f64,
    draws: usize,
    seed: [u8; 32],
) -> Result<Interval, Undefined> {
    Undefined::unless_enough(draws, 1)?;
    let sums = PairSums::of(pairs);
    let mut bootstrap = StationaryBootstrap::new(pairs.x.len(), block, seed);
    let mut drawn: Vec<f64> = (0..draws).filter_map(|_| sums.correlation(bootstrap.draw())).collect();
    if drawn.is_empty() {
        return Err(Undefined::Constant);
    }
    let low = quantile_in_place(&mut drawn, 0.025);
    Ok(Interval { low, high: quantile_in_place(&mut drawn, 0.975) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(x: &[f64], y: &[f64], block: f64) {
        let Ok(pairs) = Standard::of(x, y) else { return };
        let sums = PairSums::of(&pairs);
        let mut bootstrap = StationaryBootstrap::new(x.len(), block, [11; 32]);
        for _ in 0..50 {
            let blocks = bootstrap.draw();
            let (fast, slow) = (sums.correlation(blocks), sums.correlation_directly(blocks));
            assert_eq!(fast.is_some(), slow.is_some());
            let (fast, slow) = (fast.unwrap_or(0.0), slow.unwrap_or(0.0));
            assert!((fast - slow).abs() < 1e-9, "{fast} against {slow}");
        }
    }

    proptest! {
        #[test]
        fn block_sums_equal_index_by_index(
            pairs in prop::collection::vec((-5.0..5.0_f64, -5.0..5.0_f64), 2..120),
            block in 1.0..30.0_f64,
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            check(&x, &y, block);
        }
    }

    #[test]
    fn an_outlier_costs_the_other_resamples_no_digits() {
        let mut x: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 31)).collect();
        let y: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 23)).collect();
        x[40] = 1e9;
        check(&x, &y, 3.0);
    }

    #[test]
    fn constant_resamples_are_left_out() {
        // One observation of 20 differs: a third of the resamples miss it.
        let x: Vec<f64> = (0..20).map(|t| f64::from(t == 4)).collect();
        let y: Vec<f64> = (0..20).map(f64::from).collect();
        let interval = correlation_interval(&x, &y, 1.0, 2_000, [1; 32]).unwrap();
        assert!(interval.low.is_finite() && interval.high.is_finite() && interval.low < interval.high);
        assert_eq!(correlation_interval(&x, &[1.0; 20], 1.0, 10, [1; 32]), Err(Undefined::Constant));
    }
}
