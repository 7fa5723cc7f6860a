//! The test of Kwiatkowski, Phillips, Schmidt and Shin.

use std::sync::LazyLock;

use super::LEAST;
use crate::Undefined;
use crate::sample::Deviations;
use crate::stretches::{running_sums, square_of_stretches};
use crate::sum::dot;
use crate::tables::rows;

/// Critical values and their p-values, in order of the critical values.
static LEVEL: LazyLock<Vec<[f64; 2]>> = LazyLock::new(|| rows(include_str!("../tables/kpss_1992_level.txt")));

/// Result of the test of Kwiatkowski, Phillips, Schmidt and Shin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kpss {
    /// Spread of the running sums of the deviations: the larger, the less the series keeps to a level.
    pub statistic: f64,
    /// p-value, interpolated in a table that ends at 0.01 and 0.10, and clipped there.
    pub p: f64,
    /// Lags in the long-run variance.
    pub lag: usize,
    /// Observations.
    pub n: usize,
}

impl Kpss {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "the series varies around a constant level";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "the series has a unit root: it wanders without a level of its own";
}

/// Test of stationarity around a level: sum over t of S\[t\]^2 / (n^2 s2), with S the running sums of the deviations from
/// the mean and s2 their long-run variance with Bartlett weights.
///
/// The number of lags is chosen from the data (Hobijn, Franses and Ooms 2004). Rejects most true slow mean reversion as
/// well (84 % of AR(1) samples with a half-life of 282), so no verdict rests on it. Without unit.
///
/// Needs 250 finite values without gaps. Errors: [`Undefined::TooFew`], [`Undefined::Constant`],
/// [`Undefined::NotMeaningful`] if the estimated variance is not positive. Source: Kwiatkowski and others (1992).
///
/// ```
/// use convex_stats::unit_root::kpss;
///
/// let level: Vec<f64> = (0..400_u64).map(|t| (t * t * 7_919 % 1_009) as f64).collect();
/// let trend: Vec<f64> = (0..400).map(f64::from).collect();
/// assert_eq!(kpss(&level).unwrap().p, 0.10);
/// assert_eq!(kpss(&trend).unwrap().p, 0.01);
/// ```
pub fn kpss(series: &[f64]) -> Result<Kpss, Undefined> {
    Undefined::unless_enough(series.len(), LEAST)?;
    let away = Deviations::of_varying(series)?;
    let n = series.len();
    let lag = automatic_lag(&away).min(n - 1);
    let sums = running_sums(&away.values);
    let count = n as f64;
    let spread = dot(&sums[1..], &sums[1..]) / (count * count);
    let long_run = square_of_stretches(&sums, lag + 1) / (lag + 1) as f64 / count;
    let statistic = Undefined::unless_finite(spread / long_run)?;
    Ok(Kpss { statistic, p: p_of(statistic), lag, n })
}

/// floor(1.1447 (s1 / s0)^(2/3) n^(1/3)), with s0 and s1 sums of the first floor(n^(2/9)) autocovariances, s1 weighted by
/// lag.
fn automatic_lag(away: &Deviations) -> usize {
    let n = away.count();
    let (mut s0, mut s1) = (away.square / n, 0.0);
    for lag in 1..=n.powf(2.0 / 9.0) as usize {
        let product = dot(&away.values[lag..], &away.values[..away.values.len() - lag]) / (n / 2.0);
        s0 += product;
        s1 += lag as f64 * product;
    }
    let ratio = s1 / s0;
    // A cast takes what is not a number to zero lags.
    (1.144_7 * (ratio * ratio).powf(1.0 / 3.0) * n.powf(1.0 / 3.0)) as usize
}

fn p_of(statistic: f64) -> f64 {
    let inside = LEVEL.windows(2).find(|pair| statistic <= pair[1][0]);
    match inside {
        Some([[low, p_low], [high, p_high]]) => p_low + (p_high - p_low) * ((statistic - low) / (high - low)).max(0.0),
        _ => LEVEL.last().map_or(f64::NAN, |[_, p]| *p),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_is_interpolated_and_clipped() {
        assert_eq!(p_of(0.1), 0.10);
        assert_eq!(p_of(0.347), 0.10);
        assert!((p_of(0.405) - 0.075).abs() < 1e-15);
        assert_eq!(p_of(0.739), 0.01);
        assert_eq!(p_of(3.0), 0.01);
    }

    #[test]
    fn refuses_too_few_and_constant_series() {
        assert_eq!(kpss(&[1.0; 249]), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(kpss(&[0.1; 250]), Err(Undefined::Constant));
    }
}
