//! What one pair of 25 years costs, statistic by statistic.

use convex_stats::bootstrap::{correlation_interval, pair_block_length};
use convex_stats::correlation::{correlation, pearson_influence, spearman_influence};
use convex_stats::long_run::Cosines;
use convex_stats::regression::slope;
use convex_stats::rolling::{rolling_correlation, rolling_moments};
use convex_stats::volatility_ratio::volatility_ratio;
use criterion::{Criterion, criterion_group, criterion_main};

/// 25 years of sessions.
const DAYS: usize = 6_437;

/// Linked changes with calm and wild stretches, by whole-number arithmetic.
fn changes() -> (Vec<f64>, Vec<f64>) {
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 2f64.powi(31) - 0.5
    };
    (0..DAYS)
        .map(|day| {
            let scale = 0.005 + 0.03 * (day as f64 / 300.0).sin().powi(4);
            let (common, own) = (draw() + draw(), draw() + draw());
            (scale * common, scale * (0.8 * common + 0.6 * own))
        })
        .unzip()
}

fn statistics(criterion: &mut Criterion) {
    let (x, y) = changes();
    let scores = [pearson_influence(&x, &y), spearman_influence(&x, &y)]
        .map(|found| found.map_or_else(|_| vec![0.0; DAYS], |f| f.score));
    let (year_x, year_y) = (&x[DAYS - 252..], &y[DAYS - 252..]);
    let (quarter_x, quarter_y) = (&x[DAYS - 62..], &y[DAYS - 62..]);
    time(criterion, "correlation/all", || correlation(&x, &y, 20, [7; 32]));
    time(criterion, "correlation/252obs", || correlation(year_x, year_y, 20, [7; 32]));
    time(criterion, "correlation/90d", || correlation(quarter_x, quarter_y, 20, [7; 32]));
    time(criterion, "bootstrap/blocks_of_49", || correlation_interval(&x, &y, 49.0, 2_000, [7; 32]));
    time(criterion, "bootstrap/blocks_of_3", || correlation_interval(&x, &y, 3.0, 2_000, [7; 32]));
    time(criterion, "bootstrap/block_length", || pair_block_length(&x, &y));
    time(criterion, "spearman_influence/all", || spearman_influence(&x, &y));
    time(criterion, "long_run/cosines", || Cosines::new(DAYS));
    if let Ok(cosines) = Cosines::new(DAYS) {
        time(criterion, "long_run/two_scores", || scores.each_ref().map(|score| cosines.half_width(score)));
    }
    time(criterion, "slope/all", || slope(&y, &x, 20));
    time(criterion, "volatility_ratio/all", || volatility_ratio(&x, &y));
    time(criterion, "rolling/correlation_60", || rolling_correlation(&x, &y, 60));
    time(criterion, "rolling/correlation_252", || rolling_correlation(&x, &y, 252));
    time(criterion, "rolling/moments_252", || rolling_moments(&x, 252));
}

fn time<T>(criterion: &mut Criterion, name: &str, mut run: impl FnMut() -> T) {
    criterion.bench_function(name, |timer| timer.iter(&mut run));
}

criterion_group!(benches, statistics);
criterion_main!(benches);
