//! What holds for unit roots, cointegration, variance ratios, half-lives and gaps whatever the series.

#![expect(clippy::float_cmp, reason = "equal to the bit is what is claimed")]

use convex_stats::cointegration::{Shift, engle_granger, engle_granger_either_way, gregory_hansen, johansen};
use convex_stats::divergence::{divergence, episodes, trailing_z};
use convex_stats::half_life::half_life;
use convex_stats::reversal::reversal;
use convex_stats::unit_root::{adf, kpss};
use convex_stats::variance_ratio::variance_ratio;
use proptest::prelude::*;

/// Numbers between -0.5 and 0.5.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2f64.powi(31) - 0.5
    }

    /// Levels that keep `keep` of their distance from zero, with calm and wild stretches.
    fn levels(&mut self, n: usize, keep: f64) -> Vec<f64> {
        let (mut level, mut scale) = (0.0, 1.0);
        let mut step = |noise: &mut Self| {
            if noise.next() > 0.48 {
                scale = 0.3 + 2.0 * (noise.next() + 0.5);
            }
            level = keep * level + scale * (noise.next() + noise.next());
            level
        };
        (0..n).map(|_| step(self)).collect()
    }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-7 * one.abs().max(1e-3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn unit_and_offset_change_no_statistic(seed in any::<u64>(), keep in 0.8..1.0_f64, scale in 0.01..50.0_f64, offset in -9.0..9.0_f64) {
        let mut noise = Noise(seed);
        let (y, x) = (noise.levels(400, keep), noise.levels(400, 1.0));
        for sign in [1.0, -1.0] {
            let moved: Vec<f64> = y.iter().map(|y| offset + sign * scale * y).collect();
            prop_assert!(near(adf(&y).unwrap().statistic, adf(&moved).unwrap().statistic));
            prop_assert_eq!(adf(&y).unwrap().lag, adf(&moved).unwrap().lag);
            prop_assert!(near(kpss(&y).unwrap().statistic, kpss(&moved).unwrap().statistic));
            let (one, other) = (engle_granger(&y, &x).unwrap(), engle_granger(&moved, &x).unwrap());
            prop_assert!(near(one.statistic, other.statistic) && near(sign * scale * one.slope, other.slope));
            prop_assert!(near(engle_granger(&x, &y).unwrap().statistic, engle_granger(&x, &moved).unwrap().statistic));
            for shift in [Shift::Level, Shift::Regime] {
                let (one, other) = (gregory_hansen(&y, &x, shift).unwrap(), gregory_hansen(&moved, &x, shift).unwrap());
                prop_assert!(near(one.statistic, other.statistic) && one.break_at == other.break_at);
            }
            let (one, other) = (johansen(&y, &x, 2).unwrap(), johansen(&moved, &x, 2).unwrap());
            prop_assert!(near(one.ranks[0].trace, other.ranks[0].trace));
        }
    }

    #[test]
    fn draws_do_not_see_unit_or_direction(seed in any::<u64>(), keep in 0.9..1.0_f64, power in -9..9_i32) {
        let levels = Noise(seed).levels(700, keep);
        // A power of two leaves every bit of the fractions where it was.
        let scaled: Vec<f64> = levels.iter().map(|level| -level * 2f64.powi(power)).collect();
        prop_assert_eq!(variance_ratio(&levels, [1; 32]).unwrap(), variance_ratio(&scaled, [1; 32]).unwrap());
        let (one, other) = (divergence(&levels, [1; 32]).unwrap(), divergence(&scaled, [1; 32]).unwrap());
        prop_assert_eq!(one.z, -other.z);
        prop_assert_eq!((one.share_beyond_2, one.episodes), (other.share_beyond_2, other.episodes));
        prop_assert_eq!((one.p_walk, one.episodes_walk), (other.p_walk, other.episodes_walk));
        prop_assert_eq!(half_life(&levels, [1; 32]), half_life(&scaled, [1; 32]));
        if let Ok(found) = reversal(&levels, 21) {
            prop_assert_eq!(found, reversal(&scaled, 21).unwrap());
        }
    }

    #[test]
    fn episodes_open_wide_and_close_narrow(seed in any::<u64>()) {
        let z = trailing_z(&Noise(seed).levels(1_200, 0.99)).unwrap();
        let mut from = 0;
        for episode in episodes(&z) {
            prop_assert!(from <= episode.first && z[episode.first].abs() > 2.0);
            let closed = episode.closed.unwrap_or(z.len());
            prop_assert!(z[episode.first..closed].iter().all(|z| z.abs() >= 0.5));
            prop_assert!(episode.closed.is_none_or(|closed| z[closed].abs() < 0.5));
            from = closed;
        }
    }

    #[test]
    fn both_directions_cost_a_factor_of_two(seed in any::<u64>()) {
        let mut noise = Noise(seed);
        let (a, b) = (noise.levels(300, 1.0), noise.levels(300, 1.0));
        let found = engle_granger_either_way(&a, &b).unwrap();
        prop_assert_eq!(found.p, (2.0 * found.a_on_b.p.min(found.b_on_a.p)).min(1.0));
        prop_assert_eq!(engle_granger_either_way(&b, &a).unwrap().p, found.p);
    }
}

/// Levels that repeat, jump, stand still for long, or differ by a thousand millions.
fn awkward() -> impl Strategy<Value = Vec<f64>> {
    let step = prop_oneof![
        40 => Just(0.0),
        30 => (-2_i32..3).prop_map(f64::from),
        10 => -1.0..1.0_f64,
        1 => -1e9..1e9_f64,
    ];
    prop::collection::vec(step, 250..900).prop_map(|steps| {
        let sum = |level: &mut f64, step: f64| {
            *level += step;
            Some(*level)
        };
        steps.into_iter().scan(0.0, sum).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_answer_is_finite_or_a_reason(a in awkward(), b in awkward()) {
        let n = a.len().min(b.len());
        let (a, b) = (&a[..n], &b[..n]);
        for p in [adf(a).map(|found| found.p), kpss(a).map(|found| found.p), engle_granger(a, b).map(|found| found.p)] {
            prop_assert!(p.is_err() || p.is_ok_and(|p| (0.0..=1.0).contains(&p)));
        }
        if let Ok(found) = johansen(a, b, 3) {
            prop_assert!(found.ranks.iter().all(|rank| rank.trace.is_finite() && rank.trace >= 0.0));
        }
        for shift in [Shift::Level, Shift::Regime] {
            if let Ok(found) = gregory_hansen(a, b, shift) {
                prop_assert!(found.statistic.is_finite() && found.slope[0].is_finite());
            }
        }
        if let Ok(found) = variance_ratio(a, [5; 32]) {
            prop_assert!(found.ratios.iter().all(|ratio| ratio.z.is_finite()) && (0.001..=1.0).contains(&found.p_joint));
        }
        if let Ok(found) = half_life(a, [5; 32]) {
            prop_assert!(found.phi.is_finite() && (found.low.is_some() || found.unit_root_accepted));
        }
        if let Ok(found) = divergence(a, [5; 32]) {
            prop_assert!(found.z.is_finite() && found.share_beyond_2_walk <= 1.0 && found.episodes_walk.is_finite());
        }
        if let Ok(found) = reversal(a, 21) {
            prop_assert!(found.statistic.is_finite() && (0.0..=1.0).contains(&found.p));
        }
    }
}

/// Share of samples of which something is true, in percent.
fn percent(samples: u64, mut holds: impl FnMut(u64) -> bool) -> f64 {
    (0..samples).filter(|sample| holds(*sample)).count() as f64 * 100.0 / samples as f64
}

fn seed(sample: u64) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&sample.to_le_bytes());
    seed
}

/// 300 samples: four standard errors of 5 % are 5 percentage points.
#[test]
fn tests_hold_their_size_on_walks() {
    let walk = |sample: u64| Noise(sample * 7 + 1).levels(400, 1.0);
    let rejections = percent(300, |sample| adf(&walk(sample)).unwrap().p < 0.05);
    assert!(rejections < 10.0, "ADF rejects {rejections} %");
    let rejections = percent(300, |sample| variance_ratio(&walk(sample), seed(sample)).unwrap().p_joint <= 0.05);
    assert!(rejections < 10.0, "the variance ratio rejects {rejections} %");
    let kept =
        percent(300, |sample| half_life(&walk(sample), seed(sample)).is_ok_and(|found| found.unit_root_accepted));
    assert!(kept > 90.0, "the unit root is accepted in {kept} %");
    let independent = |sample: u64| engle_granger(&walk(sample), &walk(sample + 1_000_000)).unwrap().p < 0.05;
    let rejections = percent(300, independent);
    assert!(rejections < 11.0, "Engle-Granger rejects {rejections} %");
}

/// A half-life of 10 observations, 800 of them.
#[test]
fn real_reversion_is_found() {
    let returning = |sample: u64| Noise(sample * 7 + 3).levels(800, 0.5_f64.powf(0.1));
    assert!(percent(100, |sample| adf(&returning(sample)).unwrap().p < 0.05) > 95.0);
    let quick = |sample: u64| Noise(sample * 7 + 3).levels(800, 0.8);
    let found = percent(100, |sample| variance_ratio(&quick(sample), seed(sample)).unwrap().p_joint < 0.05);
    assert!(found > 80.0, "the variance ratio finds {found} %");
    let covered = percent(200, |sample| {
        let found = half_life(&returning(sample), seed(sample));
        found.is_ok_and(|found| found.low.is_some_and(|low| low <= 13) && found.high.is_none_or(|high| high >= 8))
    });
    assert!(covered > 90.0, "the half-life is covered in {covered} %");
}
