//! What must hold for any input: invariance, bounds, and no number that is not one.

use convex_stats::correlation::{Correlation, correlation, pearson, spearman};
use convex_stats::regression::slope;
use convex_stats::rolling::{rolling_correlation, rolling_moments};
use convex_stats::volatility_ratio::volatility_ratio;
use convex_stats::{Interval, Undefined, describe};
use proptest::prelude::*;

const SEED: [u8; 32] = [3; 32];

/// Pairs with some link, some noise and some ties.
fn pairs() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let day = (-1000..1000_i32, -1000..1000_i32, 0..4_u8);
    (prop::collection::vec(day, 20..140), -3..=3_i32).prop_map(|(days, link)| {
        let value = |v: i32| f64::from(v) / 100.0;
        let x = |(x, _, kind): &(i32, i32, u8)| if *kind == 0 { 0.0 } else { value(*x) };
        let y = |day: &(i32, i32, u8)| value(day.1) + f64::from(link) * x(day);
        (days.iter().map(x).collect(), days.iter().map(y).collect())
    })
}

/// Anything finite, however large or small.
fn wild() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![prop::num::f64::NORMAL, prop::num::f64::SUBNORMAL, Just(0.0), Just(1.0), -1.0..1.0_f64];
    prop::collection::vec(value, 20..70)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

fn alike(a: Interval, b: Interval) -> bool {
    near(a.low, b.low) && near(a.high, b.high)
}

fn mirrored(a: Interval) -> Interval {
    Interval { low: -a.high, high: -a.low }
}

fn of(x: &[f64], y: &[f64]) -> Option<Correlation> {
    correlation(x, y, 20, SEED).ok()
}

fn each(values: &[f64], map: impl Fn(f64) -> f64) -> Vec<f64> {
    values.iter().map(|value| map(*value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn correlation_is_bounded_and_inside_its_intervals((x, y) in pairs()) {
        if let Some(found) = of(&x, &y) {
            prop_assert!(found.pearson.abs() <= 1.0 && found.spearman.abs() <= 1.0 && found.block >= 1.0);
            for (interval, estimate) in [
                (found.ewc_95, found.pearson),
                (found.fisher_95, found.pearson),
                (found.spearman_ewc_95, found.spearman),
            ] {
                prop_assert!(interval.contains(estimate) && interval.low >= -1.0 && interval.high <= 1.0);
            }
            prop_assert!(found.bootstrap_95.low <= found.bootstrap_95.high);
        }
    }

    #[test]
    fn correlation_knows_neither_unit_nor_order((x, y) in pairs(), scale in 0.001..1000.0_f64) {
        if let (Some(found), Some(scaled)) = (of(&x, &y), of(&each(&x, |x| x * scale), &y)) {
            prop_assert!(near(found.block, scaled.block) && alike(found.ewc_95, scaled.ewc_95));
            prop_assert!(alike(found.spearman_ewc_95, scaled.spearman_ewc_95));
            let Some(swapped) = of(&y, &x) else { return Err(TestCaseError::fail("swapped is undefined")) };
            prop_assert!(near(found.pearson, swapped.pearson) && near(found.spearman, swapped.spearman));
            prop_assert!(alike(found.ewc_95, swapped.ewc_95) && alike(found.spearman_ewc_95, swapped.spearman_ewc_95));
            prop_assert!(alike(found.bootstrap_95, swapped.bootstrap_95) && near(found.block, swapped.block));
        }
    }

    #[test]
    fn a_common_level_changes_no_interval_of_the_correlation((x, y) in pairs(), level in -1e4..1e4_f64) {
        if let (Some(found), Some(shifted)) = (of(&x, &y), of(&each(&x, |x| x + level), &y)) {
            prop_assert!(near(found.pearson, shifted.pearson) && alike(found.ewc_95, shifted.ewc_95));
        }
    }

    #[test]
    fn turning_one_series_over_turns_every_interval((x, y) in pairs()) {
        if let Some(found) = of(&x, &y) {
            let Some(turned) = of(&x, &each(&y, |y| -y)) else { return Err(TestCaseError::fail("turned is undefined")) };
            prop_assert!(near(found.pearson, -turned.pearson) && near(found.spearman, -turned.spearman));
            prop_assert!(alike(found.ewc_95, mirrored(turned.ewc_95)));
            prop_assert!(alike(found.fisher_95, mirrored(turned.fisher_95)));
            prop_assert!(alike(found.spearman_ewc_95, mirrored(turned.spearman_ewc_95)));
            prop_assert!(alike(found.bootstrap_95, mirrored(turned.bootstrap_95)));
        }
    }

    #[test]
    fn ranks_are_all_that_spearman_sees((x, y) in pairs()) {
        // A smooth bend could round two neighbours into a tie; squares of places among all values cannot.
        let bent = |values: &[f64]| each(values, |value| (values.iter().filter(|other| **other < value).count() as f64).powi(2));
        if let (Some(found), Some(bent)) = (of(&x, &y), of(&bent(&x), &bent(&y))) {
            prop_assert!(near(found.spearman, bent.spearman) && alike(found.spearman_ewc_95, bent.spearman_ewc_95));
        }
    }

    #[test]
    fn slopes_scale_and_multiply_to_r_squared((x, y) in pairs(), scale in 0.01..100.0_f64) {
        let (Ok(line), Ok(back), Ok(r)) = (slope(&y, &x, 20), slope(&x, &y, 20), pearson(&x, &y)) else { return Ok(()) };
        prop_assert!(near(line.beta * back.beta, r * r) && near(line.r2, r * r) && near(line.r2, back.r2));
        prop_assert!(line.ewc_95.contains(line.beta) && line.se_hac >= 0.0);
        let wider = slope(&each(&y, |y| y * scale + 5.0), &x, 20).unwrap();
        prop_assert!(near(wider.beta, line.beta * scale) && near(wider.se_hac, line.se_hac * scale));
        prop_assert!(near(wider.alpha, line.alpha * scale + 5.0) && near(wider.ewc_95.low, line.ewc_95.low * scale));
    }

    #[test]
    fn the_volatility_ratio_changes_sign_with_the_order((x, y) in pairs()) {
        if let (Ok(found), Ok(swapped)) = (volatility_ratio(&x, &y), volatility_ratio(&y, &x)) {
            prop_assert!(near(found.log, -swapped.log) && alike(found.ewc_95, mirrored(swapped.ewc_95)));
            prop_assert!(found.ewc_95.contains(found.log));
        }
    }

    #[test]
    fn descriptions_move_with_the_values((x, _) in pairs(), scale in 0.01..100.0_f64, level in -1e3..1e3_f64) {
        let moved = each(&x, |x| x * scale + level);
        prop_assume!(describe::stdev(&x).unwrap() > 0.0);
        prop_assert!(near(describe::mean(&moved).unwrap(), describe::mean(&x).unwrap() * scale + level));
        prop_assert!(near(describe::stdev(&moved).unwrap(), describe::stdev(&x).unwrap() * scale));
        prop_assert!(near(describe::median(&moved).unwrap(), describe::median(&x).unwrap() * scale + level));
        prop_assert!((describe::skewness(&moved).unwrap() - describe::skewness(&x).unwrap()).abs() < 1e-7);
        prop_assert!((describe::excess_kurtosis(&moved).unwrap() - describe::excess_kurtosis(&x).unwrap()).abs() < 1e-6);
        prop_assert!((describe::z_of_last(&moved).unwrap() - describe::z_of_last(&x).unwrap()).abs() < 1e-7);
    }

    #[test]
    fn places_lie_where_they_can((x, _) in pairs(), value in -20.0..20.0_f64) {
        let share = describe::percentile_of(&x, value).unwrap();
        let above = describe::percentile_of(&each(&x, |x| -x), -value).unwrap();
        prop_assert!(near(share + above, 1.0));
        let (low, high) = (describe::quantile(&x, 0.2).unwrap(), describe::quantile(&x, 0.8).unwrap());
        prop_assert!(low <= high && x[describe::position_of_min(&x).unwrap()] <= low);
        let levels = each(&x, f64::exp);
        let path = describe::drawdowns(&levels).unwrap();
        prop_assert!(path.iter().all(|fall| (-1.0..=0.0).contains(fall)));
        prop_assert!(near(describe::max_drawdown(&each(&levels, |level| 7.0 * level)).unwrap(), describe::max_drawdown(&levels).unwrap()));
    }

    #[test]
    fn nothing_finite_gives_a_number_that_is_not_one(x in wild(), y in wild()) {
        let n = x.len().min(y.len());
        let (x, y) = (&x[..n], &y[..n]);
        let finite = |interval: Interval| interval.low.is_finite() && interval.high.is_finite() && interval.low <= interval.high;
        if let Ok(found) = correlation(x, y, 20, SEED) {
            prop_assert!([found.ewc_95, found.spearman_ewc_95, found.fisher_95, found.bootstrap_95].into_iter().all(finite));
            prop_assert!(found.pearson.abs() <= 1.0 && found.spearman.abs() <= 1.0 && found.block.is_finite());
        }
        if let Ok(line) = slope(y, x, 20) {
            prop_assert!(finite(line.ewc_95) && line.se_hac.is_finite() && line.alpha.is_finite() && line.r2.is_finite());
        }
        if let Ok(found) = volatility_ratio(x, y) {
            prop_assert!(finite(found.ewc_95));
        }
        let one_number = [describe::mean, describe::stdev, describe::median, describe::skewness, describe::excess_kurtosis,
            describe::range_position, describe::z_of_last, describe::share_positive, describe::max_drawdown];
        for statistic in one_number {
            prop_assert!(statistic(x).is_ok_and(f64::is_finite) || statistic(x).is_err());
        }
        if let Ok(windows) = rolling_moments(x, 20) {
            prop_assert!(windows.iter().all(|window| window.mean.is_finite() && window.stdev.is_finite()));
        }
        for window in rolling_correlation(x, y, 20).unwrap().into_iter().flatten() {
            prop_assert!(finite(window.ewc_95) && window.pearson.abs() <= 1.0);
        }
    }
}

#[test]
fn a_series_of_one_value_is_constant_everywhere() {
    let (flat, other): (Vec<f64>, Vec<f64>) = (vec![0.1; 80], (0..80).map(|t| f64::from(t % 7)).collect());
    assert_eq!(pearson(&flat, &other), Err(Undefined::Constant));
    assert_eq!(spearman(&other, &flat), Err(Undefined::Constant));
    assert_eq!(correlation(&flat, &other, 20, SEED), Err(Undefined::Constant));
    assert_eq!(slope(&other, &flat, 20), Err(Undefined::Constant));
    assert_eq!(volatility_ratio(&flat, &other), Err(Undefined::Constant));
    assert!(rolling_correlation(&flat, &other, 20).unwrap().iter().all(|window| *window == Err(Undefined::Constant)));
}
