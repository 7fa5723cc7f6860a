//! Spearman's rank correlation and its influence function.

use super::{Influence, unless_identical};
use crate::Undefined;
use crate::sample::assert_paired;
use crate::sum::dot;

/// The order of a series: where each tie begins and ends, and the centred mid-rank of each value.
struct Ranks {
    /// Positions by rising value.
    order: Vec<usize>,
    /// Half-open ranges of `order` that hold equal values, in order.
    ties: Vec<(usize, usize)>,
    /// (mid-rank - 1/2) / n - 1/2 of each value, between -1/2 and 1/2, with mean zero.
    centred: Vec<f64>,
    /// Mean of the squares of `centred`.
    variance: f64,
}

impl Ranks {
    fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mut keyed: Vec<(u64, usize)> = values.iter().map(|value| sortable(*value)).zip(0..).collect();
        keyed.sort_unstable();
        let mut ties = Vec::with_capacity(n);
        let mut centred = vec![0.0; n];
        let mut begin = 0;
        while begin < n {
            let equal = keyed[begin..].iter().take_while(|(key, _)| *key == keyed[begin].0).count();
            let end = begin + equal;
            // Ranks begin + 1 ..= end have the mean (begin + 1 + end) / 2.
            let rank = ((begin + end) as f64 / 2.0) / n as f64 - 0.5;
            for (_, at) in &keyed[begin..end] {
                centred[*at] = rank;
            }
            ties.push((begin, end));
            begin = end;
        }
        let variance = dot(&centred, &centred) / n as f64;
        Self { order: keyed.into_iter().map(|(_, at)| at).collect(), ties, centred, variance }
    }

    /// For each position, the mean over the whole sample of `values` where this series is higher, ties counted half.
    fn mean_above(&self, values: &[f64]) -> Vec<f64> {
        let n = values.len();
        let mut above = vec![0.0; n];
        let mut higher = 0.0;
        for (begin, end) in self.ties.iter().rev() {
            let equal = &self.order[*begin..*end];
            let not_lower = equal.iter().fold(higher, |total, at| total + values[*at]);
            for at in equal {
                above[*at] = (not_lower + higher) / (2 * n) as f64;
            }
            higher = not_lower;
        }
        above
    }
}

/// Whole numbers in the order of the values; -0 and 0 are one.
fn sortable(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn ranked(x: &[f64], y: &[f64]) -> Result<(Ranks, Ranks, f64), Undefined> {
    assert_paired(x, y);
    Undefined::unless_enough(x.len(), 2)?;
    let (u, v) = (Ranks::of(x), Ranks::of(y));
    if u.ties.len() < 2 || v.ties.len() < 2 {
        return Err(Undefined::Constant);
    }
    let covariance = dot(&u.centred, &v.centred) / x.len() as f64;
    let rho = (covariance / (u.variance * v.variance).sqrt()).clamp(-1.0, 1.0);
    Ok((u, v, rho))
}

/// Spearman's rank correlation, -1 to 1: Pearson's correlation of the mid-ranks.
///
/// Needs two aligned finite pairs. Takes n log n steps. Errors: [`Undefined::TooFew`], [`Undefined::Constant`].
/// Source: Spearman (1904).
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let rho = convex_stats::correlation::spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 8.0, 27.0, 26.0]).unwrap();
/// assert!((rho - 0.8).abs() < 1e-15);
/// ```
pub fn spearman(x: &[f64], y: &[f64]) -> Result<f64, Undefined> {
    ranked(x, y).map(|(_, _, rho)| rho)
}

/// Spearman's correlation rho and the influence of each pair on atanh rho.
///
/// With u and v the centred mid-ranks over n, `s_u` and `s_v` their mean squares, and above(w, x) the mean of w over the
/// pairs whose x is higher, ties counted half, the influence on rho is
/// (u v + above(v, x) + above(u, y)) / sqrt(`s_u` `s_v`) - rho/2 ((u^2 + 2 above(u, x)) / `s_u` + (v^2 + 2 above(v, y)) / `s_v`),
/// less its mean; that over 1 - rho^2 is the influence on atanh rho. The terms above(.) are there because a pair moves
/// the ranks of all others (Croux and Dehon 2010).
///
/// Needs two aligned finite pairs. Errors: as [`spearman`], and [`Undefined::Identical`] where |rho| is within 1e-12 of 1.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let found = convex_stats::correlation::spearman_influence(&[1.0, 2.0, 3.0, 9.0], &[1.0, 3.0, 2.0, 4.0]).unwrap();
/// assert!((found.correlation - 0.8).abs() < 1e-12);
/// assert!(found.score.iter().sum::<f64>().abs() < 1e-12);
/// ```
pub fn spearman_influence(x: &[f64], y: &[f64]) -> Result<Influence, Undefined> {
    let (u, v, rho) = ranked(x, y)?;
    unless_identical(rho)?;
    let (v_above_x, u_above_x) = (u.mean_above(&v.centred), u.mean_above(&u.centred));
    let (u_above_y, v_above_y) = (v.mean_above(&u.centred), v.mean_above(&v.centred));
    let product = (u.variance * v.variance).sqrt();
    let raw = |t: usize| {
        let (a, b) = (u.centred[t], v.centred[t]);
        let own = (a * a + 2.0 * u_above_x[t]) / u.variance + (b * b + 2.0 * v_above_y[t]) / v.variance;
        (a * b + v_above_x[t] + u_above_y[t]) / product - rho / 2.0 * own
    };
    let mut score: Vec<f64> = (0..x.len()).map(raw).collect();
    let mean = crate::sample::mean(&score);
    let open = 1.0 - rho * rho;
    for value in &mut score {
        *value = (*value - mean) / open;
    }
    Ok(Influence { correlation: rho, score })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn above_by_definition(values: &[f64], key: &[f64]) -> Vec<f64> {
        let share = |own: f64, other: f64| {
            if other > own {
                1.0
            } else if other == own {
                0.5
            } else {
                0.0
            }
        };
        let sum = |own: &f64| values.iter().zip(key).map(|(value, other)| value * share(*own, *other)).sum::<f64>();
        key.iter().map(|own| sum(own) / key.len() as f64).collect()
    }

    proptest! {
        #[test]
        fn mean_above_equals_its_definition(pairs in prop::collection::vec((-4..4_i32, -1e3..1e3_f64), 2..80)) {
            let key: Vec<f64> = pairs.iter().map(|(key, _)| f64::from(*key)).collect();
            let values: Vec<f64> = pairs.iter().map(|(_, value)| *value).collect();
            for (fast, slow) in Ranks::of(&key).mean_above(&values).iter().zip(above_by_definition(&values, &key)) {
                prop_assert!((fast - slow).abs() < 1e-9);
            }
        }

        #[test]
        fn ranks_do_not_change_under_a_rising_map(x in prop::collection::vec(-50.0..50.0_f64, 2..60)) {
            let risen: Vec<f64> = x.iter().map(|x| x.exp()).collect();
            prop_assume!(x.iter().zip(x.iter().skip(1)).all(|(a, b)| (a - b).abs() > 1e-9));
            prop_assert_eq!(Ranks::of(&x).centred, Ranks::of(&risen).centred);
        }
    }

    #[test]
    fn ties_share_the_middle_rank_and_zeros_are_one() {
        let ranks = Ranks::of(&[0.0, -0.0, 5.0, -3.0]);
        assert_eq!(ranks.centred, [0.0, 0.0, 0.375, -0.375]);
        assert_eq!(spearman(&[0.0, -0.0], &[1.0, 2.0]), Err(Undefined::Constant));
    }
}
