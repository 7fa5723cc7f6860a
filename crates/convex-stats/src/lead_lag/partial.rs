//! Leads beside a strong link on the same day.

use super::{LEAST, LeadLag, joint, prewhiten};
use crate::Undefined;
use crate::correlation::{pearson, unless_identical};
use crate::least_squares::fit;
use crate::sample::{Deviations, assert_paired};

/// [`super::lead_lag`] of what each series does on a day that the other, on the same day, does not explain.
///
/// u\[t\] is the residual of b\[t\] on a constant, a\[t\] and b's own past (order by BIC, 0 to 10), w\[t\] that of a\[t\] on b\[t\] and
/// a's own past. The correlation of w\[t\] with u\[t + k\] is the partial one of a\[t\] with b\[t + k\] given b\[t\] and a\[t + k\], as in
/// Granger's (1969) test with instantaneous causality; the other side alike. Where the same day links the two by rho, a
/// true lead k of one day gives the follower an autocorrelation of rho k; taking that out leaves k (1 - rho^2) to the plain
/// cross-correlation, but all of k to this one. At lag 0 stands about the negative of the same-day correlation, which is
/// no lead.
///
/// The test is the same: the largest of 40 against draws in which each observation's pair has one sign. Needs and errors
/// as there, and [`Undefined::Identical`] where one series is a multiple of the other.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// use convex_stats::lead_lag::{lead_lag, partial_lead_lag};
///
/// let mut state = 1_u64;
/// let mut noise = || {
///     state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
///     (state >> 33) as f64 / 2f64.powi(31) - 0.5
/// };
/// let (a, own): (Vec<f64>, Vec<f64>) = (0..2_000).map(|_| (noise(), noise())).unzip();
/// // b follows a on the same day, and a little the day after.
/// let late: Vec<f64> = (1..2_000).map(|t| a[t] + 0.15 * a[t - 1] + 0.6 * own[t]).collect();
/// let [plain, partial] = [lead_lag, partial_lead_lag].map(|test| test(&a[1..], &late, [7; 32]).unwrap());
/// assert_eq!(partial.a_leads.lag, 1);
/// assert!(partial.a_leads.ccf > 1.3 * plain.a_leads.ccf && partial.p_joint <= plain.p_joint);
/// ```
pub fn partial_lead_lag(a: &[f64], b: &[f64], seed: [u8; 32]) -> Result<LeadLag, Undefined> {
    assert_paired(a, b);
    Undefined::unless_enough(a.len(), LEAST)?;
    unless_identical(pearson(a, b)?)?;
    let orders = [prewhiten(a)?.order, prewhiten(b)?.order];
    let (of_a, of_b) = (left(a, b, orders[0])?, left(b, a, orders[1])?);
    let n = of_a.len().min(of_b.len());
    let latest = |values: &[f64]| Deviations::of_varying(&values[values.len() - n..]);
    joint(orders, &latest(&of_a)?, &latest(&of_b)?, seed)
}

/// What the same day of `other` and `order` days of its own past leave of `own`.
fn left(own: &[f64], other: &[f64], order: usize) -> Result<Vec<f64>, Undefined> {
    let mut columns = vec![Deviations::of(&other[order..])?];
    for lag in 1..=order {
        columns.push(Deviations::of(&own[order - lag..own.len() - lag])?);
    }
    Ok(fit(&Deviations::of(&own[order..])?.values, &columns).residuals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead_lag::{LAGS, lead_lag};
    use crate::test_series::noise;

    #[test]
    fn a_same_day_link_is_no_lead() {
        let (common, own) = (noise(1_500, 3), noise(1_500, 4));
        let b: Vec<f64> = common.iter().zip(&own).map(|(common, own)| 0.9 * common + 0.4 * own).collect();
        let (found, plain) = (partial_lead_lag(&common, &b, [1; 32]).unwrap(), lead_lag(&common, &b, [1; 32]).unwrap());
        assert!((found.ccf[LAGS] + plain.ccf[LAGS]).abs() < 1e-9, "the same day, turned");
        assert!(found.p_joint > 0.05, "{found:?}");
    }

    #[test]
    fn without_a_link_it_is_the_plain_test() {
        let (a, b) = (noise(4_000, 5), noise(4_000, 6));
        let (found, plain) = (partial_lead_lag(&a, &b, [1; 32]).unwrap(), lead_lag(&a, &b, [1; 32]).unwrap());
        assert!(found.ccf.iter().zip(&plain.ccf).enumerate().all(|(at, (x, y))| at == LAGS || (x - y).abs() < 0.01));
    }

    #[test]
    fn multiples_have_nothing_left() {
        let a = noise(400, 7);
        let twice: Vec<f64> = a.iter().map(|a| 2.0 * a).collect();
        assert_eq!(partial_lead_lag(&a, &twice, [1; 32]), Err(Undefined::Identical));
    }
}
