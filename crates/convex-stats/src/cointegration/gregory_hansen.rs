//! The test of Gregory and Hansen: a level relation that breaks once.

use std::sync::LazyLock;

use super::regimes::{LAGS, RESPONSE, Regimes, Shift};
use crate::Undefined;
use crate::factor::Factor;
use crate::interval::NORMAL_975;
use crate::tables::rows;
use crate::unit_root::LEAST;

/// By model: its number, critical values at 1 %, 5 % and 10 %.
static CRITICAL: LazyLock<Vec<[f64; 4]>> = LazyLock::new(|| rows(include_str!("../tables/gregory_hansen_1996.txt")));

/// Result of the test of Gregory and Hansen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GregoryHansen {
    /// ADF*: the smallest t statistic of the level of the residuals over all breaks.
    pub statistic: f64,
    /// Asymptotic critical values at 1 %, 5 % and 10 %: a statistic below speaks against the null.
    pub critical: [f64; 3],
    /// Position of the first observation after the break that gives the statistic.
    pub break_at: usize,
    /// Lagged changes at that break.
    pub lag: usize,
    /// Observations in the regression of the residuals.
    pub n: usize,
    /// Slope before and after the break, in units of y per unit of x.
    pub slope: [f64; 2],
    /// Constant before and after the break, in the unit of y.
    pub constant: [f64; 2],
}

impl GregoryHansen {
    /// What a statistic below its critical value speaks against.
    pub const NULL: &'static str = "no combination of the two series returns to a level, with or without one break";
    /// What it speaks for.
    pub const ALTERNATIVE: &'static str = "a combination of the two series returns to a level that moved at most once";
}

/// Gregory and Hansen's ADF*: for every break from 15 % to 85 % of the sample, y is regressed on x with a constant that
/// moves ([`Shift::Level`], model C) or a constant and a slope that do ([`Shift::Regime`], model C/S); the statistic is the
/// least Dickey-Fuller t statistic of the residuals.
///
/// Lags at each break: from 6 downwards until the last is significant at 5 % (|t| at least 1.96), all on the sample that 6
/// leave. The break date comes without interval. The statistic has no unit; it does not change when a series is
/// multiplied or shifted.
///
/// Both must be aligned and finite, at least 250 pairs. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if no break can be estimated. Source: Gregory and Hansen (1996), critical values from its
/// table 1.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::cointegration::{GregoryHansen, Shift, gregory_hansen};
///
/// let noise = |factor: u64| (0..400_u64).map(move |t| (t * t * factor % 1_009) as f64 - 504.0);
/// let x: Vec<f64> = noise(7_919).scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// let moved = |t: usize| if t < 150 { 0.0 } else { 9_000.0 };
/// let y: Vec<f64> = x.iter().zip(noise(104_729)).enumerate().map(|(t, (x, e))| moved(t) + x + e).collect();
/// let found = gregory_hansen(&y, &x, Shift::Level).unwrap();
/// assert!(found.statistic < found.critical[0], "{}", GregoryHansen::ALTERNATIVE);
/// assert!(found.break_at.abs_diff(150) < 5);
/// ```
pub fn gregory_hansen(y: &[f64], x: &[f64], shift: Shift) -> Result<GregoryHansen, Undefined> {
    let count = y.len();
    Undefined::unless_enough(count, LEAST)?;
    let (first, last) = (count * 15 / 100, count * 85 / 100);
    let mut regimes = Regimes::of(y, x, first)?;
    let n = count - 1 - LAGS;
    let [_, one, five, ten] = CRITICAL[usize::from(shift == Shift::Regime)];
    let mut least: Option<GregoryHansen> = None;
    for break_at in first..=last {
        if break_at > first {
            regimes.advance();
        }
        let Some(relation) = regimes.relation(shift) else { continue };
        let Ok(factor) = Factor::of(regimes.products(&relation), LAGS + 1) else { continue };
        let lag = significant_lags(&factor, n);
        let statistic = factor.first_t(RESPONSE, lag + 1, n - lag - 1);
        if statistic.is_finite() && least.is_none_or(|found| statistic < found.statistic) {
            let relation = regimes.restore(&relation);
            let (slope, constant) = (relation.slope, relation.constant);
            least = Some(GregoryHansen { statistic, critical: [one, five, ten], break_at, lag, n, slope, constant });
        }
    }
    least.ok_or(Undefined::NotMeaningful("no break leaves residuals to test"))
}

/// The largest number of lags whose last is significant.
fn significant_lags(factor: &Factor, n: usize) -> usize {
    let square = |lag: usize| factor.residual(RESPONSE, RESPONSE, lag + 1);
    let significant = |lag: usize| {
        let (without, with) = (square(lag - 1), square(lag));
        (n - lag - 1) as f64 * (without - with) >= NORMAL_975 * NORMAL_975 * with
    };
    (1..=LAGS).rev().find(|lag| significant(*lag)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_too_few_and_constant_series() {
        let x: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101)).collect();
        assert_eq!(gregory_hansen(&x[..249], &x[..249], Shift::Level), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(gregory_hansen(&x, &[0.1; 300], Shift::Level), Err(Undefined::Constant));
        // y is x: nothing is left of it after any break.
        assert!(gregory_hansen(&x, &x, Shift::Regime).is_err());
    }
}
