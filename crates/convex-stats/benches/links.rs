//! What leads, bends, states, hedges, drivers, breaks and tails of one pair of 25 years cost.

use convex_stats::asymmetry::asymmetry;
use convex_stats::breaks::{jumps, mean_breaks, variance_breaks};
use convex_stats::conditional::Conditional;
use convex_stats::convexity::convexity;
use convex_stats::drivers::drivers;
use convex_stats::hedge::WalkForward;
use convex_stats::lead_lag::{lead_lag, prewhiten};
use convex_stats::tails::tails;
use criterion::{Criterion, criterion_group, criterion_main};

/// 25 years of sessions.
const DAYS: usize = 6_437;
/// Whole weeks among them with every driver.
const WEEKS: usize = 1_170;

struct Draw(u64);

impl Draw {
    /// Between -0.5 and 0.5.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2f64.powi(31) - 0.5
    }

    /// Linked changes with calm and wild stretches.
    fn pair(&mut self, days: usize) -> (Vec<f64>, Vec<f64>) {
        let mut day = |day: usize| {
            let scale = 0.005 + 0.03 * (day as f64 / 300.0).sin().powi(4);
            let (common, own) = (self.next() + self.next(), self.next() + self.next());
            (scale * (0.8 * common + 0.6 * own), scale * common)
        };
        (0..days).map(&mut day).unzip()
    }
}

fn statistics(criterion: &mut Criterion) {
    let mut draw = Draw(1);
    let (a, b) = draw.pair(DAYS);
    time(criterion, "lead_lag", || lead_lag(&a, &b, [7; 32]));
    time(criterion, "lead_lag/prewhiten_one_leg", || prewhiten(&a));
    time(criterion, "convexity", || convexity(&a, &b, [7; 32]));
    time(criterion, "asymmetry", || asymmetry(&a, &b, [7; 32]));
    let state = |state: usize| (0..DAYS).map(|day| day / 40 % 3 == state).collect::<Vec<bool>>();
    let states = [state(0), state(1), state(2), (0..DAYS).map(|day| day % 900 < 150).collect(), vec![true; DAYS]];
    time(criterion, "regimes/five_states_and_difference", || {
        let pair = Conditional::new(&a, &b)?;
        let found = states.each_ref().map(|mask| pair.in_state(mask));
        let [Ok(one), _, Ok(other), ..] = &found else { return Ok(None) };
        pair.difference(one, other).map(Some)
    });
    for horizon in [1, 5, 21] {
        time(criterion, &format!("hedge/{horizon}"), || {
            WalkForward::new(&a, &b, horizon).and_then(|walk| walk.hedge())
        });
    }
    let weeks: Vec<Vec<f64>> = (0..4).flat_map(|_| <[_; 2]>::from(draw.pair(WEEKS))).collect();
    let columns: Vec<&[f64]> = weeks[1..7].iter().map(Vec::as_slice).collect();
    time(criterion, "drivers/six", || drivers(&weeks[0], &columns));
    time(criterion, "breaks/mean_none", || mean_breaks(&a));
    let stairs: Vec<f64> = a.iter().enumerate().map(|(day, a)| a + 0.005 * (day / 1_300 % 2) as f64).collect();
    time(criterion, "breaks/mean_four", || mean_breaks(&stairs));
    time(criterion, "breaks/variance", || variance_breaks(&a));
    time(criterion, "breaks/jumps", || jumps(&a));
    time(criterion, "tails", || tails(&a, &b));
}

fn time<T>(criterion: &mut Criterion, name: &str, mut run: impl FnMut() -> T) {
    criterion.bench_function(name, |timer| timer.iter(&mut run));
}

criterion_group!(benches, statistics);
criterion_main!(benches);
