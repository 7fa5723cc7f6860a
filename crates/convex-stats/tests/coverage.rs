//! Intervals of 95 % hold the truth in about 95 % of simulated samples.

use convex_stats::correlation::correlation;
use convex_stats::long_run::half_width;
use convex_stats::regression::slope;
use convex_stats::volatility_ratio::volatility_ratio;
use convex_stats::{Interval, describe};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const SAMPLES: usize = 400;
const DAYS: usize = 252;
const TRUE_CORRELATION: f64 = 0.7;

/// Standard normal draws by Box and Muller.
struct Normal(ChaCha8Rng);

impl Normal {
    fn next(&mut self) -> f64 {
        let mut uniform = || (self.0.next_u64() >> 11) as f64 / 2f64.powi(53);
        let (length, angle) = (1.0 - uniform(), uniform());
        (-2.0 * length.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    fn pair(&mut self) -> (f64, f64) {
        let (x, own) = (self.next(), self.next());
        (x, TRUE_CORRELATION * x + (1.0 - TRUE_CORRELATION * TRUE_CORRELATION).sqrt() * own)
    }
}

#[test]
fn intervals_of_linked_normal_samples_cover() {
    let mut normal = Normal(ChaCha8Rng::seed_from_u64(1));
    // Spearman's correlation of a normal pair follows from Pearson's.
    let true_rank = 6.0 / std::f64::consts::PI * (TRUE_CORRELATION / 2.0).asin();
    let mut covered = [0; 6];
    for sample in 0..SAMPLES {
        let (x, y): (Vec<f64>, Vec<f64>) = (0..DAYS).map(|_| normal.pair()).unzip();
        let found = correlation(&x, &y, 20, [sample as u8; 32]).unwrap();
        let line = slope(&y, &x, 20).unwrap();
        let volatility = volatility_ratio(&x, &y).unwrap();
        let intervals = [
            (found.ewc_95, TRUE_CORRELATION),
            (found.fisher_95, TRUE_CORRELATION),
            (found.bootstrap_95, TRUE_CORRELATION),
            (found.spearman_ewc_95, true_rank),
            (line.ewc_95, TRUE_CORRELATION),
            (volatility.ewc_95, 0.0),
        ];
        for (count, (interval, truth)) in covered.iter_mut().zip(intervals) {
            *count += usize::from(interval.contains(truth));
        }
    }
    for (count, name) in covered.iter().zip(["ewc", "fisher", "bootstrap", "spearman", "slope", "volatility"]) {
        let share = *count as f64 / SAMPLES as f64;
        assert!((0.90..=0.99).contains(&share), "{name} covers {share}");
    }
}

#[test]
fn cosines_cover_where_neighbours_resemble_each_other_and_the_plain_error_does_not() {
    let mut normal = Normal(ChaCha8Rng::seed_from_u64(2));
    let (mut cosines, mut plain) = (0, 0);
    for _ in 0..SAMPLES {
        let mut state = 0.0;
        let values: Vec<f64> = (0..1_000)
            .map(|_| {
                state = 0.6 * state + normal.next();
                state
            })
            .collect();
        let mean = describe::mean(&values).unwrap();
        cosines += usize::from(Interval::around(mean, half_width(&values).unwrap()).contains(0.0));
        let naive = 1.96 * describe::stdev(&values).unwrap() / 1_000_f64.sqrt();
        plain += usize::from(Interval::around(mean, naive).contains(0.0));
    }
    let (cosines, plain) = (cosines as f64 / SAMPLES as f64, plain as f64 / SAMPLES as f64);
    assert!((0.90..=0.99).contains(&cosines), "cosines cover {cosines}");
    assert!(plain < 0.80, "the plain error covers {plain}");
}
