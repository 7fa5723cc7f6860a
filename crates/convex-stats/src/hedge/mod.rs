//! How well one series hedges another when the ratio must be known beforehand.

mod quality;
mod ratio;

pub use quality::Hedge;

use ratio::rolling_slopes;

use crate::Undefined;
use crate::sample::{Deviations, assert_paired};

/// Observations from which a ratio is estimated.
pub const WINDOW: usize = 252;

/// Blocks a judgement needs.
const LEAST: usize = 60;

/// A minimum-variance hedge as it would have been held: each ratio estimated before the block it is held for.
///
/// ```
/// use convex_stats::hedge::WalkForward;
///
/// let b: Vec<f64> = (0..900_u64).map(|t| (t * t * t % 1009) as f64 - 504.0).collect();
/// let a: Vec<f64> = b.iter().zip(0_u64..).map(|(b, t)| 0.5 * b + (t * t * 7 % 97) as f64).collect();
///
/// let daily = WalkForward::new(&a, &b, 1).unwrap().hedge().unwrap();
/// assert_eq!(daily.n, 900 - 252);
/// assert!((daily.ratio_now - 0.5).abs() < 0.02 && daily.variance_reduction.estimate > 0.9);
/// let weekly = WalkForward::new(&a, &b, 5).unwrap().hedge().unwrap();
/// assert_eq!(weekly.n, (900 - 252) / 5);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WalkForward {
    /// Observations in a block: how long a ratio is held.
    pub horizon: usize,
    /// Position of the first observation of each block; blocks do not overlap and the last one ends with the series.
    pub begins: Vec<usize>,
    /// Ratio held over each block: units of b sold for one of a.
    pub ratios: Vec<f64>,
    /// Change of a over each block.
    pub unhedged: Vec<f64>,
    /// Change of a less the ratio times the change of b over each block.
    pub hedged: Vec<f64>,
    /// Ratio from the last [`WINDOW`] observations, for the block to come.
    pub ratio_now: f64,
    /// Squared correlation of the two over all blocks of the series, those before the first ratio too.
    pub in_sample_r2: f64,
}

impl WalkForward {
    /// The hedge of `a` with `b` over blocks of `horizon` changes.
    ///
    /// Changes over a block are sums of changes. The ratio of a block is cov(a, b) / var(b) of all changes over `horizon`
    /// observations, overlapping, that lie within the [`WINDOW`] observations before the block: nothing of the block is
    /// known to it (Ederington 1979 for the ratio; walking it forward keeps its own estimation error in the result).
    /// Blocks follow each other without overlap up to the last observation. A block whose window of b is constant has no
    /// ratio and is left out.
    ///
    /// Needs aligned finite changes, [`WINDOW`] and 60 blocks of them; a caller drops a pair where either is missing.
    /// Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
    ///
    /// # Panics
    /// If the two slices differ in length, or `horizon` is 0 or not below [`WINDOW`].
    pub fn new(a: &[f64], b: &[f64], horizon: usize) -> Result<Self, Undefined> {
        assert_paired(a, b);
        assert!(
            0 < horizon && horizon < WINDOW,
            "a ratio is held for at least one observation and less than its window"
        );
        let n = a.len();
        Undefined::unless_enough(n, WINDOW + LEAST * horizon)?;
        Deviations::of_varying(a)?;
        Deviations::of_varying(b)?;
        let (a, b) = (sums_over(a, horizon), sums_over(b, horizon));
        // A sum at place s covers observations s to s + horizon - 1, and so many of them fit into a window.
        let inside = WINDOW + 1 - horizon;
        let slopes = rolling_slopes(&a, &b, inside);
        let ratio_now = slopes.last().copied().flatten().ok_or(Undefined::Constant)?;
        let mut walk = Self {
            horizon,
            begins: Vec::new(),
            ratios: Vec::new(),
            unhedged: Vec::new(),
            hedged: Vec::new(),
            ratio_now,
            in_sample_r2: in_sample_r2(&a, &b, horizon)?,
        };
        for begin in blocks(WINDOW, n, horizon) {
            if let Some(ratio) = slopes[begin - WINDOW] {
                walk.begins.push(begin);
                walk.ratios.push(ratio);
                walk.unhedged.push(a[begin]);
                walk.hedged.push(a[begin] - ratio * b[begin]);
            }
        }
        Ok(walk)
    }
}

/// Sums over each run of `horizon` values.
fn sums_over(values: &[f64], horizon: usize) -> Vec<f64> {
    values.windows(horizon).map(|run| run.iter().sum()).collect()
}

/// Beginnings of the blocks of `horizon` observations that fit between `from` and `n`, the last ending at `n`.
fn blocks(from: usize, n: usize, horizon: usize) -> impl Iterator<Item = usize> {
    (from + (n - from) % horizon..n).step_by(horizon)
}

fn in_sample_r2(a: &[f64], b: &[f64], horizon: usize) -> Result<f64, Undefined> {
    let n = a.len() + horizon - 1;
    let [a, b] = [a, b].map(|leg| blocks(0, n, horizon).map(|begin| leg[begin]).collect::<Vec<f64>>());
    Ok(crate::correlation::pearson(&a, &b)?.powi(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regression::slope;
    use crate::test_series::noise;

    #[test]
    fn a_ratio_knows_its_window_and_nothing_after() {
        let (a, b) = (noise(700, 1), noise(700, 2));
        for horizon in [1, 5] {
            let walk = WalkForward::new(&a, &b, horizon).unwrap();
            assert_eq!(walk.begins.len(), (700 - WINDOW) / horizon);
            assert_eq!(walk.begins.last(), Some(&(700 - horizon)));
            for (place, begin) in walk.begins.iter().enumerate().step_by(37) {
                let window = begin - WINDOW..*begin;
                let (x, y) = (sums_over(&a[window.clone()], horizon), sums_over(&b[window], horizon));
                assert!((walk.ratios[place] - slope(&x, &y, 5).unwrap().beta).abs() < 1e-12);
                let block = *begin..begin + horizon;
                let change: f64 = block.map(|day| a[day] - walk.ratios[place] * b[day]).sum();
                assert!((walk.hedged[place] - change).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn windows_without_variation_give_no_ratio() {
        let (a, mut b) = (noise(900, 1), noise(900, 2));
        b[100..500].fill(0.0);
        let walk = WalkForward::new(&a, &b, 1).unwrap();
        assert_eq!(walk.begins.len(), 900 - WINDOW - (500 - WINDOW - 100 + 1));
        b[600..].fill(0.0);
        assert_eq!(WalkForward::new(&a, &b, 1).unwrap_err(), Undefined::Constant);
    }

    #[test]
    fn refuses_too_few() {
        let a = noise(311, 1);
        assert_eq!(WalkForward::new(&a, &a, 1).unwrap_err(), Undefined::TooFew { have: 311, need: 312 });
        assert_eq!(WalkForward::new(&a, &a, 21).unwrap_err(), Undefined::TooFew { have: 311, need: 252 + 1_260 });
    }
}
