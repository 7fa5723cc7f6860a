//! What must hold of leads, bends, states, hedges, drivers, breaks and tails whatever the data.

use convex_stats::asymmetry::asymmetry;
use convex_stats::breaks::{jumps, mean_breaks, variance_breaks};
use convex_stats::conditional::Conditional;
use convex_stats::convexity::convexity;
use convex_stats::drivers::drivers;
use convex_stats::hedge::WalkForward;
use convex_stats::lead_lag::lead_lag;
use convex_stats::tails::tails;
use proptest::prelude::*;

const SEED: [u8; 32] = [3; 32];

/// Pairs of changes: linked, rounded to steps so that some are equal, with a few large ones.
fn changes(n: usize) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let day = (-1.0..1.0_f64, -1.0..1.0_f64, -1.0..1.0_f64, 0..200_u8);
    (prop::collection::vec(day, n), -1.0..1.0_f64, prop::bool::ANY).prop_map(|(days, link, rounded)| {
        let size = |day: u8| if day == 0 { 12.0 } else { 1.0 };
        let step = |value: f64| if rounded { (value * 8.0).round() / 8.0 } else { value };
        days.into_iter()
            .map(|(x, y, z, day)| (step(size(day) * (link * x + y)), step(size(day) * (x + 0.1 * z))))
            .unzip()
    })
}

fn scaled(values: &[f64], by: f64, shift: f64) -> Vec<f64> {
    values.iter().map(|value| by * value + shift).collect()
}

fn near(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * one.abs().max(other.abs()).max(1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn leads_do_not_know_units((a, b) in changes(260), unit in 0.01..100.0_f64, shift in -5.0..5.0_f64) {
        let one = lead_lag(&a, &b, SEED).unwrap();
        let other = lead_lag(&scaled(&a, -unit, shift), &b, SEED).unwrap();
        prop_assert_eq!((one.ar_a, one.ar_b, one.n), (other.ar_a, other.ar_b, other.n));
        prop_assert!(one.ccf.iter().zip(&other.ccf).all(|(x, y)| (x + y).abs() < 1e-9));
        prop_assert!(near(one.limit_95, other.limit_95, 1e-5) && (one.p_joint - other.p_joint).abs() < 0.002);
        prop_assert!(one.ccf.iter().all(|r| r.abs() <= 1.0) && one.p_joint >= 0.001 && one.p_joint <= 1.0);
        prop_assert!(one.p_joint >= one.a_leads.p_side.min(one.b_leads.p_side) - 1e-12);
    }

    #[test]
    fn bends_turn_with_the_sign_and_slopes_with_the_unit((a, b) in changes(260), unit in 0.01..100.0_f64) {
        let (one, other) = (convexity(&a, &b, SEED).unwrap(), convexity(&scaled(&a, -unit, 1.0), &b, SEED).unwrap());
        prop_assert!(near(-unit * one.gamma, other.gamma, 1e-8) && near(-one.t_hc0, other.t_hc0, 1e-8));
        prop_assert!((one.p_wild - other.p_wild).abs() < 0.002);
        let (one, other) = (asymmetry(&a, &b, SEED).unwrap(), asymmetry(&a, &scaled(&b, -1.0, 0.0), SEED).unwrap());
        prop_assert!((one.beta_up + other.beta_down).abs() < 1e-9 && (one.beta_down + other.beta_up).abs() < 1e-9);
        prop_assert!((one.p_wild - other.p_wild).abs() < 0.002);
    }

    #[test]
    fn states_split_exactly((a, b) in changes(400), unit in 0.01..100.0_f64, edge in 0.2..0.8_f64) {
        let mask: Vec<bool> = (0..400).map(|day| f64::from(day) < 400.0 * edge).collect();
        let rest: Vec<bool> = mask.iter().map(|inside| !inside).collect();
        let b_scaled = scaled(&b, unit, 2.0);
        let (pair, other) = (Conditional::new(&a, &b).unwrap(), Conditional::new(&a, &b_scaled).unwrap());
        let (one, two) = (pair.in_state(&mask).unwrap(), pair.in_state(&rest).unwrap());
        prop_assert_eq!(one.n + two.n, 400);
        prop_assert!(one.ewc_95.contains(one.pearson));
        let found = pair.difference(&one, &two).unwrap();
        let same = other.difference(&other.in_state(&mask).unwrap(), &other.in_state(&rest).unwrap()).unwrap();
        prop_assert!((found.z_difference.estimate - same.z_difference.estimate).abs() < 1e-9);
        for parts in [found.a_on_b, found.b_on_a] {
            let sum = 2.0 * (parts.log_beta + parts.log_sigma - parts.log_sigma_residual);
            prop_assert!((parts.log_odds - sum).abs() < 1e-9);
        }
        prop_assert!((found.z_difference.p < 0.05) == found.z_difference.excludes_zero());
    }

    #[test]
    fn hedges_do_not_know_units((a, b) in changes(640), unit in 0.01..100.0_f64, weekly in prop::bool::ANY) {
        let horizon = if weekly { 5 } else { 1 };
        let of = |b: &[f64]| WalkForward::new(&a, b, horizon).unwrap().hedge().unwrap();
        let (one, other) = (of(&b), of(&scaled(&b, -unit, 0.0)));
        prop_assert!(near(one.ratio_now, -unit * other.ratio_now, 1e-8));
        prop_assert!((one.variance_reduction.estimate - other.variance_reduction.estimate).abs() < 1e-9);
        prop_assert!((one.es5_reduction.estimate - other.es5_reduction.estimate).abs() < 1e-9);
        prop_assert!(one.variance_reduction.estimate <= 1.0 && one.in_sample_r2 <= 1.0);
    }

    #[test]
    fn shares_sum_to_what_is_explained((y, x) in changes(160), (z, w) in changes(160), unit in 0.01..100.0_f64) {
        let one = drivers(&y, &[&x, &z, &w]).unwrap();
        let shares: f64 = one.drivers.iter().map(|driver| driver.shapley_share).sum();
        prop_assert!((shares - one.r2).abs() < 1e-9);
        let other = drivers(&y, &[&w, &scaled(&x, unit, 3.0), &z]).unwrap();
        for (driver, same) in one.drivers.iter().zip([1, 2, 0].map(|place| &other.drivers[place])) {
            prop_assert!((driver.slope.t - same.slope.t).abs() < 1e-7 * (1.0 + driver.slope.t.abs()));
            prop_assert!((driver.shapley_share - same.shapley_share).abs() < 1e-9);
        }
    }

    #[test]
    fn breaks_do_not_know_units((a, _) in changes(300), unit in 0.01..100.0_f64, shift in -5.0..5.0_f64, step in 0.0..3.0_f64) {
        let moved: Vec<f64> = a.iter().enumerate().map(|(day, a)| if day < 140 { *a } else { a + step }).collect();
        let (one, other) = (mean_breaks(&moved).unwrap(), mean_breaks(&scaled(&moved, unit, shift)).unwrap());
        prop_assert_eq!(&one.breaks, &other.breaks);
        prop_assert_eq!(one.segments.len(), one.breaks.len() + 1);
        prop_assert!(one.breaks.windows(2).all(|pair| pair[1] - pair[0] >= 45));
        prop_assert!(one.tests.iter().all(|test| (test.sup_f > test.critical_5) == test.p_at_most.is_some_and(|p| p <= 0.05)));
        let (one, other) = (variance_breaks(&a).unwrap(), variance_breaks(&scaled(&a, -unit, shift)).unwrap());
        prop_assert!(near(one.whole.kappa_2, other.whole.kappa_2, 1e-6));
        prop_assert!(one.breaks.windows(2).all(|pair| pair[0].place < pair[1].place));
        prop_assert!(one.whole.p <= one.whole.p_persistent);
        let (one, other) = (jumps(&a).unwrap(), jumps(&scaled(&a, -unit, 0.0)).unwrap());
        prop_assert_eq!(one.n, other.n);
        prop_assert!(one.jumps.iter().zip(&other.jumps).all(|(x, y)| x.place == y.place && near(x.l, -y.l, 1e-9)));
        prop_assert!(one.jumps.iter().all(|jump| jump.p <= 0.05 + 1e-12));
    }

    #[test]
    fn corners_know_ranks_only((a, b) in changes(520)) {
        let Ok(one) = tails(&a, &b) else { return Ok(()) };
        let bent: Vec<f64> = b.iter().map(|b| b.exp() - 3.0).collect();
        let other = tails(&a, &bent).unwrap();
        prop_assert_eq!(one.degrees_of_freedom, other.degrees_of_freedom);
        for (corner, same) in [(&one.both_fall, &other.both_fall), (&one.a_rises_b_falls, &other.a_rises_b_falls)] {
            prop_assert_eq!(corner.is_ok(), same.is_ok());
            if let (Ok(corner), Ok(same)) = (corner, same) {
                prop_assert_eq!(corner, same);
                prop_assert!(corner.ratio <= 1.0 && (0.0..=1.0).contains(&corner.t.value));
                prop_assert!((0.0..=1.0).contains(&corner.normal.value));
            }
        }
    }

    #[test]
    fn nothing_is_no_number(pairs in prop::collection::vec((-1e6..1e6_f64, prop::sample::select(vec![-1.0, 0.0, 0.0, 0.0, 1e-9, 5.0])), 320..700)) {
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        if let Ok(found) = lead_lag(&a, &b, SEED) {
            prop_assert!(found.ccf.iter().all(|r| r.is_finite()) && found.limit_95.is_finite());
        }
        if let Ok(found) = convexity(&a, &b, SEED) {
            prop_assert!(found.gamma.is_finite() && found.t_hc0.is_finite());
        }
        if let Ok(found) = asymmetry(&a, &b, SEED) {
            prop_assert!(found.difference.is_finite() && found.t_hc0.is_finite());
        }
        if let Ok(found) = WalkForward::new(&a, &b, 1).and_then(|walk| walk.hedge()) {
            prop_assert!(found.variance_reduction.t.is_finite() && found.es5_reduction.ewc_95.width().is_finite());
        }
        if let Ok(found) = mean_breaks(&b) {
            prop_assert!(found.tests.iter().all(|test| test.sup_f.is_finite()));
        }
        if let Ok(found) = variance_breaks(&b) {
            prop_assert!(found.whole.kappa_2.is_finite() && found.whole.p.is_finite());
        }
        if let Ok(found) = jumps(&b) {
            prop_assert!(found.limit_95.is_finite() && found.jumps.iter().all(|jump| jump.l.is_finite()));
        }
        if let Ok(found) = tails(&a, &b) {
            prop_assert!(found.correlation.is_finite());
        }
    }
}
