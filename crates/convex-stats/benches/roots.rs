//! What unit roots, cointegration and gaps of one pair of 25 years cost.

use convex_stats::cointegration::{Shift, engle_granger_either_way, gregory_hansen, johansen, johansen_lag};
use convex_stats::divergence::divergence;
use convex_stats::half_life::half_life;
use convex_stats::reversal::reversal;
use convex_stats::unit_root::{adf, kpss};
use convex_stats::variance_ratio::variance_ratio;
use criterion::{Criterion, criterion_group, criterion_main};

/// 25 years of sessions.
const DAYS: usize = 6_438;

/// Two linked log levels with calm and wild stretches; changes of their gap partly reverse.
fn levels() -> (Vec<f64>, Vec<f64>) {
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 2f64.powi(31) - 0.5
    };
    let (mut common, mut gap, mut before) = (0.0, 0.0, 0.0);
    (0..DAYS)
        .map(|day| {
            let scale = 0.005 + 0.03 * (day as f64 / 300.0).sin().powi(4);
            let step = scale * (draw() + draw());
            common += scale * (draw() + draw());
            gap += step - 0.15 * before;
            before = step;
            (common + gap, common)
        })
        .unzip()
}

fn roots(criterion: &mut Criterion) {
    let (a, b) = levels();
    let gap: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
    time(criterion, "unit_root/adf_of_three", || [&a, &b, &gap].map(|series| adf(series)));
    time(criterion, "unit_root/kpss_of_three", || [&a, &b, &gap].map(|series| kpss(series)));
    time(criterion, "cointegration/engle_granger_either_way", || engle_granger_either_way(&a, &b));
    time(criterion, "cointegration/johansen", || johansen(&a, &b, 1));
    time(criterion, "cointegration/johansen_lag_of_20", || johansen_lag(&a, &b, 20));
    time(criterion, "cointegration/gregory_hansen_level", || gregory_hansen(&a, &b, Shift::Level));
    time(criterion, "cointegration/gregory_hansen_regime", || gregory_hansen(&a, &b, Shift::Regime));
    time(criterion, "variance_ratio/999_draws", || variance_ratio(&gap, [7; 32]));
    time(criterion, "half_life/499_draws", || half_life(&gap, [7; 32]));
    time(criterion, "divergence/500_walks", || divergence(&gap, [7; 32]));
    time(criterion, "reversal/21_and_63", || [21, 63].map(|horizon| reversal(&gap, horizon)));
}

fn time<T>(criterion: &mut Criterion, name: &str, mut run: impl FnMut() -> T) {
    criterion.bench_function(name, |timer| timer.iter(&mut run));
}

criterion_group!(benches, roots);
criterion_main!(benches);
