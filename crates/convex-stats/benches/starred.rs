//! All figures that the reference computes for one pair of 25 years, together: with and without Monte Carlo, on one thread.
//!
//! `target/release` beside the reference in one run:
//! `hyperfine 'convex compare dia iwm --format json' 'python reference.py DIR dia iwm'`.

use std::hint::black_box;

use convex_stats::asymmetry::asymmetry;
use convex_stats::cointegration::engle_granger_either_way;
use convex_stats::conditional::Conditional;
use convex_stats::convexity::convexity;
use convex_stats::correlation::{correlation, fisher_interval, pearson_influence, spearman_influence};
use convex_stats::divergence::divergence;
use convex_stats::drivers::drivers;
use convex_stats::half_life::half_life;
use convex_stats::hedge::WalkForward;
use convex_stats::lead_lag::lead_lag;
use convex_stats::long_run::Cosines;
use convex_stats::regression::slope;
use convex_stats::reversal::reversal;
use convex_stats::unit_root::{adf, kpss};
use convex_stats::variance_ratio::variance_ratio;
use convex_stats::volatility_ratio::volatility_ratio;
use criterion::{Criterion, criterion_group, criterion_main};

/// Changes of 25 years, and of the shorter windows.
const WINDOWS: [usize; 3] = [62, 252, 6_437];
/// Whole weeks with every driver.
const WEEKS: usize = 1_042;
const SEED: [u8; 32] = [7; 32];

/// Linked changes with calm and wild stretches, and the log path of their gap.
struct Pair {
    a: Vec<f64>,
    b: Vec<f64>,
    log_a: Vec<f64>,
    log_b: Vec<f64>,
    gap: Vec<f64>,
    weekly: Vec<Vec<f64>>,
}

impl Pair {
    fn new() -> Self {
        let mut state = 1_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / 2f64.powi(31) - 0.5
        };
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for day in 0..WINDOWS[2] {
            let scale = 0.005 + 0.03 * (day as f64 / 300.0).sin().powi(4);
            let (common, own) = (next() + next(), next() + next());
            a.push(scale * (0.8 * common + 0.6 * own));
            b.push(scale * common);
        }
        let path = |changes: &[f64]| {
            changes
                .iter()
                .scan(0.0, |level, change| {
                    *level += change;
                    Some(*level)
                })
                .collect::<Vec<f64>>()
        };
        let (log_a, log_b) = (path(&a), path(&b));
        let gap = log_a.iter().zip(&log_b).map(|(a, b)| a - b).collect();
        let weekly = (0..7).map(|_| (0..WEEKS).map(|_| next()).collect()).collect();
        Self { a, b, log_a, log_b, gap, weekly }
    }

    fn last(&self, n: usize) -> (&[f64], &[f64]) {
        (&self.a[self.a.len() - n..], &self.b[self.b.len() - n..])
    }

    /// Everything without a random draw.
    fn closed_forms(&self) -> f64 {
        let mut sum = 0.0;
        for n in WINDOWS {
            let (a, b) = self.last(n);
            let cosines = Cosines::new(n).expect("enough");
            for found in [pearson_influence(a, b), spearman_influence(a, b)] {
                let found = found.expect("varies");
                sum += found.correlation + cosines.half_width(&found.score);
            }
            sum += fisher_interval(0.5, n).map_or(0.0, |found| found.low);
            sum += slope(a, b, 20).expect("varies").beta;
        }
        sum += volatility_ratio(&self.a, &self.b).expect("varies").log;
        let pair = Conditional::new(&self.a, &self.b).expect("varies");
        let state = |at: usize| (0..self.a.len()).map(|day| day % 5 == at).collect::<Vec<bool>>();
        let states: Vec<_> = (0..5).map(|at| pair.in_state(&state(at)).expect("enough")).collect();
        sum += pair.difference(&states[0], &states[1]).expect("varies").z_difference.estimate;
        sum += WalkForward::new(&self.a, &self.b, 1).and_then(|walk| walk.hedge()).expect("enough").ratio_now;
        for path in [&self.log_a, &self.log_b, &self.gap] {
            sum += adf(path).expect("enough").statistic + kpss(path).expect("enough").statistic;
        }
        sum += engle_granger_either_way(&self.log_a, &self.log_b).expect("enough").p;
        for horizon in [21, 63] {
            sum += reversal(&self.gap, horizon).map_or(0.0, |found| found.statistic);
        }
        let columns: Vec<&[f64]> = self.weekly[1..].iter().map(Vec::as_slice).collect();
        sum + drivers(&self.weekly[0], &columns).expect("varies").r2
    }

    /// Everything, draws as in the reference.
    fn all(&self) -> f64 {
        let mut sum = self.closed_forms();
        for n in WINDOWS {
            let (a, b) = self.last(n);
            sum += correlation(a, b, 20, SEED).expect("varies").bootstrap_95.low;
        }
        sum += convexity(&self.a, &self.b, SEED).expect("varies").p_wild;
        sum += asymmetry(&self.a, &self.b, SEED).expect("varies").p_wild;
        sum += lead_lag(&self.a, &self.b, SEED).expect("varies").p_joint;
        sum += variance_ratio(&self.gap, SEED).expect("varies").p_joint;
        sum += half_life(&self.gap, SEED).map_or(0.0, |found| found.phi);
        sum + divergence(&self.gap, SEED).expect("varies").p_walk
    }
}

fn starred(criterion: &mut Criterion) {
    let pair = Pair::new();
    let mut group = criterion.benchmark_group("starred figures of one pair, 6,437 days");
    group.sample_size(30);
    group.bench_function("without Monte Carlo", |bench| bench.iter(|| black_box(&pair).closed_forms()));
    group.bench_function("all", |bench| bench.iter(|| black_box(&pair).all()));
    group.finish();
}

criterion_group!(benches, starred);
criterion_main!(benches);
