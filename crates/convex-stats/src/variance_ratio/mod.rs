//! Do short moves add up to longer ones, or partly cancel?

#![expect(clippy::doc_markdown, reason = "a surname has a capital inside")]

mod neighbours;
mod wild;

use crate::Undefined;
use crate::sample::Deviations;
use crate::stretches::{running_sums, square_of_stretches};
use neighbours::weighted_neighbours;
use wild::Null;

/// Horizons, in observations; one is used where the sample is more than four times as long.
pub const HORIZONS: [usize; 6] = [2, 5, 21, 63, 126, 252];

/// Draws behind the joint p-value, unless it is settled earlier.
pub const DRAWS: usize = 999;

/// Exceedances that settle it.
pub const EXCEEDANCES: usize = 50;

/// Levels needed.
const LEAST: usize = 250;

/// Variance ratios at several horizons, tested together.
#[derive(Clone, Debug, PartialEq)]
pub struct VarianceRatio {
    /// One entry for each horizon, in order.
    pub ratios: Vec<Ratio>,
    /// Chance of a largest |z| at least as large under the null, over all horizons at once.
    pub p_joint: f64,
    /// Draws behind `p_joint`.
    pub draws: usize,
    /// Changes.
    pub n: usize,
}

/// The variance ratio at one horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Observations a move is summed over.
    pub horizon: usize,
    /// Variance of sums over `horizon` changes, by `horizon` times the variance of one: below 1 moves partly reverse,
    /// above 1 they continue.
    pub ratio: f64,
    /// (ratio - 1) by its standard error under changing variance; about standard normal under the null.
    pub z: f64,
}

impl VarianceRatio {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "changes are uncorrelated, whatever their variance does";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "at some horizon changes partly reverse, or continue";
}

/// Variance ratios of the changes of `levels` in autocorrelation form, 1 + sum over k = 1 .. q-1 of 2 (1 - k/q) r\[k\],
/// each with a z robust to heteroskedasticity: (ratio - 1) / sqrt(sum of 4 (1 - k/q)^2 d\[k\]), where
/// d\[k\] = sum of e\[t\]^2 e\[t-k\]^2 / (sum of e\[t\]^2)^2 and e are the changes less their mean.
///
/// Several horizons are several chances to find something, so one p-value stands for all: the share of wild-bootstrap
/// draws (changes under new signs, centred again, z computed anew) whose largest |z| is at least the one seen,
/// (1 + exceedances) / (draws + 1). Drawing stops at the 50th exceedance, where the p-value is 50 / draws; so below
/// 0.05 it rests on all 999.
///
/// `seed` alone decides the draws. Needs 250 finite levels without gaps; ratios and z have no unit. Errors:
/// [`Undefined::TooFew`], [`Undefined::Constant`] if every change is the same. Sources: Lo and MacKinlay (1988), Kim (2006),
/// Besag and Clifford (1991) for stopping.
///
/// ```
/// use convex_stats::variance_ratio::variance_ratio;
///
/// // Noise around a level: every move is undone.
/// let noise: Vec<f64> = (0..600_u64).map(|t| (t * t * 7_919 % 1_009) as f64).collect();
/// let found = variance_ratio(&noise, [7; 32]).unwrap();
/// assert!(found.ratios[0].horizon == 2 && found.ratios[0].ratio < 0.6 && found.ratios[0].z < -5.0);
/// assert_eq!((found.p_joint, found.draws), (0.001, 999));
/// ```
pub fn variance_ratio(levels: &[f64], seed: [u8; 32]) -> Result<VarianceRatio, Undefined> {
    Undefined::unless_enough(levels.len(), LEAST)?;
    let changes: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let changes = Deviations::of_varying(&changes)?.standardised();
    let n = changes.len();
    let horizons: Vec<usize> = HORIZONS.into_iter().filter(|horizon| 4 * horizon < levels.len()).collect();
    let squares: Vec<f64> = changes.iter().map(|change| change * change).collect();
    let around: Vec<Vec<f64>> = horizons.iter().map(|horizon| weighted_neighbours(&squares, *horizon)).collect();
    let null = Null::of(&changes, &squares, &horizons, &around);
    let sums = running_sums(&changes);
    let ratio = |place: usize| {
        let horizon = horizons[place];
        let excess = square_of_stretches(&sums, horizon) / (horizon * n) as f64 - 1.0;
        let z = Undefined::unless_finite(excess * n as f64 / null.scale(place).sqrt())?;
        Ok(Ratio { horizon, ratio: 1.0 + excess, z })
    };
    let ratios = (0..horizons.len()).map(ratio).collect::<Result<Vec<Ratio>, Undefined>>()?;
    let seen = ratios.iter().fold(0.0, |largest: f64, ratio| largest.max(ratio.z.abs()));
    let (p_joint, draws) = null.p_value(seen, seed);
    Ok(VarianceRatio { ratios, p_joint, draws, n })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(n: u64) -> Vec<f64> {
        (0..n)
            .map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0)
            .scan(0.0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect()
    }

    #[test]
    fn ratios_follow_from_autocorrelations() {
        let levels = walk(700);
        let found = variance_ratio(&levels, [1; 32]).unwrap();
        assert_eq!(found.ratios.iter().map(|ratio| ratio.horizon).collect::<Vec<_>>(), [2, 5, 21, 63, 126]);
        let changes: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let away = Deviations::of(&changes).unwrap();
        let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
        let product = |values: &[f64], lag: usize| dot(&values[lag..], &values[..values.len() - lag]);
        let squares: Vec<f64> = away.values.iter().map(|value| value * value).collect();
        for Ratio { horizon, ratio, z } in found.ratios {
            let weight = |k: usize| 2.0 * (1.0 - k as f64 / horizon as f64);
            let excess: f64 = (1..horizon).map(|k| weight(k) * product(&away.values, k) / away.square).sum();
            let variance: f64 =
                (1..horizon).map(|k| weight(k).powi(2) * product(&squares, k) / away.square.powi(2)).sum();
            assert!((ratio - 1.0 - excess).abs() < 1e-12);
            assert!((z / (excess / variance.sqrt()) - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn equal_seeds_give_equal_results_and_stop_alike() {
        let levels = walk(700);
        let found = variance_ratio(&levels, [1; 32]).unwrap();
        assert_eq!(found, variance_ratio(&levels, [1; 32]).unwrap());
        assert_ne!(found.p_joint, variance_ratio(&levels, [2; 32]).unwrap().p_joint);
        if found.p_joint > 0.05 {
            assert_eq!(found.p_joint, EXCEEDANCES as f64 / found.draws as f64);
        }
    }

    #[test]
    fn refuses_too_few_and_steady_changes() {
        assert_eq!(variance_ratio(&[1.0; 249], [0; 32]), Err(Undefined::TooFew { have: 249, need: 250 }));
        let line: Vec<f64> = (0..300).map(f64::from).collect();
        assert_eq!(variance_ratio(&line, [0; 32]), Err(Undefined::Constant));
    }
}
