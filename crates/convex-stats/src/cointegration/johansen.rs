//! Johansen's tests of the number of common levels.

#![expect(clippy::doc_markdown, reason = "a surname has a capital inside")]

use std::sync::LazyLock;

use super::system::System;
use crate::Undefined;
use crate::factor::{Factor, Gram};
use crate::tables::rows;

/// By the number of combinations not yet accounted for: that number, critical values of the trace, of the eigenvalue.
static CRITICAL: LazyLock<Vec<[f64; 7]>> =
    LazyLock::new(|| rows(include_str!("../tables/mackinnon_haug_michelis_1999.txt")));

/// Result of Johansen's tests on two series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Johansen {
    /// Test of no combination that returns to a level, and of at most one.
    pub ranks: [RankTest; 2],
    /// Squared canonical correlations of changes and levels, the larger first.
    pub eigenvalues: [f64; 2],
    /// Lagged changes of each series in the model.
    pub lag: usize,
    /// Observations in the model.
    pub n: usize,
}

/// Both tests of one number of combinations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankTest {
    /// Combinations under the null.
    pub at_most: usize,
    /// -n times the sum of log(1 - eigenvalue) over all further eigenvalues; against any larger number.
    pub trace: f64,
    /// Critical values of the trace at 10 %, 5 % and 1 %.
    pub trace_critical: [f64; 3],
    /// -n log(1 - next eigenvalue); against one combination more.
    pub largest: f64,
    /// Critical values of the largest eigenvalue at 10 %, 5 % and 1 %.
    pub largest_critical: [f64; 3],
}

impl Johansen {
    /// What a statistic above its critical value speaks against, by rank.
    pub const NULL: [&'static str; 2] = [
        "no combination of the two series returns to a level",
        "at most one combination of the two series returns to a level",
    ];
    /// What it speaks for, by rank.
    pub const ALTERNATIVE: [&'static str; 2] =
        ["some combination of the two series returns to a level", "each series returns to a level of its own"];
}

/// Johansen's trace and largest-eigenvalue tests on `a` and `b` with an unrestricted constant and `lag` lagged changes of
/// each: eigenvalues of S11^-1 S10 S00^-1 S01, where S holds products of what lagged changes leave of the changes (0) and
/// of the levels before them (1).
///
/// Statistics have no unit; they do not change when a series is multiplied or shifted. For `lag` see [`johansen_lag`].
///
/// Both must be aligned and finite, at least 250 pairs. Errors: [`Undefined::TooFew`], also if `lag` is above a tenth of
/// the pairs; [`Undefined::Constant`]; [`Undefined::NotMeaningful`] if one series is a combination of the other and the
/// past. Sources: Johansen (1991); critical values of MacKinnon, Haug and Michelis (1999).
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::cointegration::johansen;
///
/// let noise = |factor: u64| (0..400_u64).map(move |t| (t * t * factor % 1_009) as f64 - 504.0);
/// let a: Vec<f64> = noise(7_919).scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let b: Vec<f64> = a.iter().zip(noise(104_729)).map(|(a, e)| a + e).collect();
/// let none = johansen(&a, &b, 1).unwrap().ranks[0];
/// assert!(none.trace > none.trace_critical[2] && none.largest > none.largest_critical[2]);
/// ```
pub fn johansen(a: &[f64], b: &[f64], lag: usize) -> Result<Johansen, Undefined> {
    let system = System::of(a, b, lag)?;
    let (factor, lagged, n) = (Factor::of(system.lags_first(), 2 * lag)?, 2 * lag, system.n as f64);
    // Rows of the design after the lags: levels of a and b, then their changes.
    let left = |i: usize, j: usize| factor.residual(lagged + i, lagged + j, lagged);
    let mut remaining = Gram::zero(4);
    for i in 0..4 {
        for j in 0..=i {
            remaining.set(i, j, left(i, j));
        }
    }
    let eigenvalues = squared_canonical_correlations(&remaining)?;
    let statistic = |k: usize| -n * (-eigenvalues[k]).ln_1p();
    let test = |at_most: usize| {
        let [_, t10, t5, t1, l10, l5, l1] = CRITICAL[1 - at_most];
        let largest = statistic(at_most);
        let trace = if at_most == 0 { largest + statistic(1) } else { largest };
        RankTest { at_most, trace, trace_critical: [t10, t5, t1], largest, largest_critical: [l10, l5, l1] }
    };
    Ok(Johansen { ranks: [test(0), test(1)], eigenvalues, lag, n: system.n })
}

/// The number of lagged changes, 0 to `most`, with the least Akaike criterion log det(covariance of the residuals) +
/// 2 / n times the number of coefficients, all compared on the sample that `most` leaves.
///
/// Needs at least 250 aligned finite pairs and ten times `most`. Errors as for [`johansen`]. Source: Luetkepohl (2005).
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::cointegration::johansen_lag;
///
/// let a: Vec<f64> = (0..400_u64).map(|t| (t * t * 7_919 % 1_009) as f64).collect();
/// let b: Vec<f64> = (0..400_u64).map(|t| (t * t * 104_729 % 1_013) as f64).collect();
/// assert!(johansen_lag(&a, &b, 8).unwrap() <= 8);
/// ```
pub fn johansen_lag(a: &[f64], b: &[f64], most: usize) -> Result<usize, Undefined> {
    let system = System::of(a, b, most)?;
    let columns = 2 * most + 2;
    let factor = Factor::of(system.levels_first(), columns)?;
    let mut best = (f64::INFINITY, 0);
    for lag in 0..=most {
        let left = |i: usize, j: usize| factor.residual(columns + i, columns + j, 2 * lag + 2);
        let determinant = left(0, 0) * left(1, 1) - left(0, 1) * left(0, 1);
        let criterion = determinant.ln() + 8.0 * lag as f64 / system.n as f64;
        if criterion < best.0 {
            best = (criterion, lag);
        }
    }
    if best.0.is_finite() { Ok(best.1) } else { Err(Undefined::NotMeaningful("the past explains the series exactly")) }
}

/// Eigenvalues of S11^-1 S10 S00^-1 S01 from the products of two levels (1) and two changes (0), the larger first.
fn squared_canonical_correlations(products: &Gram) -> Result<[f64; 2], Undefined> {
    // Levels made orthonormal turn the problem into one of a symmetric matrix, and changes made orthonormal into the
    // square of a two-by-two matrix of correlations.
    let half = |first: usize| -> Result<[f64; 3], Undefined> {
        let (xx, xy, yy) =
            (products.get(first, first), products.get(first, first + 1), products.get(first + 1, first + 1));
        let left = yy - xy * xy / xx;
        let varies = xx > 0.0 && left > 1e-13 * yy;
        if varies { Ok([xx.sqrt(), xy / xx, left.sqrt()]) } else { Err(Undefined::Identical) }
    };
    let ([x, slope_x, rest_x], [y, slope_y, rest_y]) = (half(0)?, half(2)?);
    let c = |i: usize, j: usize| products.get(i, j + 2);
    let second_level = |j: usize| (c(1, j) - slope_x * c(0, j)) / rest_x;
    let first_level = |j: usize| c(0, j) / x;
    let whiten = |level: &dyn Fn(usize) -> f64| [level(0) / y, (level(1) - slope_y * level(0)) / rest_y];
    let ([p, q], [r, s]) = (whiten(&first_level), whiten(&second_level));
    let (one, two, across) = (p * p + q * q, r * r + s * s, p * r + q * s);
    let larger = one.midpoint(two) + ((one - two) / 2.0).hypot(across);
    let determinant = p * s - q * r;
    let smaller = if larger > 0.0 { determinant * determinant / larger } else { 0.0 };
    if larger < 1.0 {
        Ok([larger, smaller])
    } else {
        Err(Undefined::NotMeaningful("the past explains a series exactly"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_one_series_twice_and_too_many_lags() {
        let a: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101)).collect();
        let multiple: Vec<f64> = a.iter().map(|a| 2.0 * a + 1.0).collect();
        assert!(johansen(&a, &multiple, 1).is_err());
        assert_eq!(johansen(&a, &a, 31), Err(Undefined::TooFew { have: 300, need: 310 }));
        assert_eq!(johansen(&a, &[0.1; 300], 1), Err(Undefined::Constant));
    }

    #[test]
    fn statistics_ignore_unit_and_offset() {
        let a: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101)).collect();
        let b: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 89) + f64::from(t % 7)).collect();
        let scaled: Vec<f64> = a.iter().map(|a| 1e4 - 250.0 * a).collect();
        let (one, other) = (johansen(&a, &b, 3).unwrap(), johansen(&scaled, &b, 3).unwrap());
        for (one, other) in one.ranks.iter().zip(&other.ranks) {
            assert!((one.trace / other.trace - 1.0).abs() < 1e-9 && (one.largest / other.largest - 1.0).abs() < 1e-9);
        }
        let swapped = johansen(&b, &a, 3).unwrap();
        assert!((one.ranks[0].trace / swapped.ranks[0].trace - 1.0).abs() < 1e-9);
    }
}
