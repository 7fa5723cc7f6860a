//! Truths that have no closed form, from very long simulations.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use convex_stats::hedge::WalkForward;

use crate::market::{Law, Market, Random, pair};

/// Days of the simulation behind a rank correlation.
const DAYS: usize = 4_000_000;
/// Histories behind a hedge's truth, and days of each.
const HISTORIES: (u64, usize) = (100, 40_000);

/// Spearman's correlation of the changes of a pair in the long run.
///
/// Given the scales s1, s2, s3 of three independent days, x1 - x2 and y1 - y3 are normal with correlation
/// rho s1^2 / sqrt((s1^2 + s2^2)(s1^2 + s3^2)), and Spearman's is 6 / pi times the mean of its arc sine: exact for the
/// independent normal pair, where it is 6 / pi asin(rho / 2), and for the others a mean over simulated scales.
pub(crate) fn spearman(law: Law, rho: f64) -> f64 {
    let mean = |arc: f64| 6.0 / std::f64::consts::PI * arc;
    if law == Law::Independent {
        return mean((rho / 2.0).asin());
    }
    remembered(&format!("spearman {} {rho}", law.name()), |name| {
        let mut random = Random::of(name, 0);
        let mut market = Market::new(law, &mut random);
        let squares: Vec<f64> = (0..DAYS)
            .map(|_| {
                let scale = market.scale(&mut random);
                market.advance(scale * random.normal());
                scale * scale
            })
            .collect();
        // Days thirds of the history apart know nothing of each other.
        let third = DAYS / 3;
        let arc = |day: usize| {
            let [one, two, three] = [0, third, 2 * third].map(|apart| squares[(day + apart) % DAYS]);
            (rho * one / ((one + two) * (one + three)).sqrt()).asin()
        };
        mean((0..DAYS).map(arc).sum::<f64>() / DAYS as f64)
    })
}

/// Share of the variance that the walk-forward hedge of one leg with the other takes away in the long run.
///
/// For independent normal days the ratio has variance (1 - rho^2) / 249, so the truth is 1 - (1 - rho^2)(1 + 1 / 249); for
/// the others it is that of a long simulation, over the known variance 1 of the unhedged leg.
pub(crate) fn variance_reduction(law: Law, rho: f64) -> f64 {
    let open = 1.0 - rho * rho;
    if law == Law::Independent {
        return 1.0 - open * (1.0 + 1.0 / 249.0);
    }
    remembered(&format!("hedge {} {rho}", law.name()), |name| {
        let (mut left, mut explained) = (0.0, 0.0);
        walked(law, rho, name, |_, hedged, at_truth| {
            // The residual at the true ratio has the known mean 1 - rho^2: only the excess is simulated.
            left += hedged * hedged - at_truth * at_truth;
            explained += 1.0;
        });
        1.0 - open - left / explained
    })
}

/// Share of the mean loss on the worst 5 % of days that the same hedge takes away in the long run, by simulation.
pub(crate) fn shortfall_reduction(law: Law, rho: f64) -> f64 {
    remembered(&format!("shortfall {} {rho}", law.name()), |name| {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        walked(law, rho, name, |unhedged, hedged, _| {
            before.push(unhedged);
            after.push(hedged);
        });
        1.0 - shortfall(after) / shortfall(before)
    })
}

/// Each day of long histories of the hedge: what was unhedged, hedged, and hedged at the true ratio.
fn walked(law: Law, rho: f64, name: &str, mut see: impl FnMut(f64, f64, f64)) {
    let (histories, days) = HISTORIES;
    for history in 0..histories {
        let (b, a) = pair(law, rho, days, &mut Random::of(name, history));
        let Ok(walk) = WalkForward::new(&a, &b, 1) else { continue };
        for (place, hedged) in walk.hedged.iter().enumerate() {
            let day = walk.begins[place];
            see(a[day], *hedged, a[day] - rho * b[day]);
        }
    }
}

/// Mean loss on the worst 5 % of days.
fn shortfall(mut changes: Vec<f64>) -> f64 {
    let count = changes.len() / 20;
    let (worst, ..) = changes.select_nth_unstable_by(count, f64::total_cmp);
    -worst.iter().sum::<f64>() / count as f64
}

fn remembered(name: &str, value: impl Fn(&str) -> f64) -> f64 {
    static KNOWN: Mutex<Option<HashMap<String, f64>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_with(HashMap::new);
    *known.entry(name.to_owned()).or_insert_with(|| value(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hedge_of_normal_days_takes_as_much_off_the_worst_as_off_all() {
        let spread = 1.0 - (0.51_f64 * (1.0 + 1.0 / 249.0)).sqrt();
        assert!((shortfall_reduction(Law::Independent, 0.7) - spread).abs() < 0.002);
    }

    #[test]
    fn a_rank_correlation_agrees_with_its_sample() {
        let law = Law::Student(5);
        let truth = spearman(law, 0.7);
        let normal = spearman(Law::Independent, 0.7);
        assert!((normal - 0.682_9).abs() < 1e-4 && truth < normal - 0.005, "{truth} {normal}");
        let samples: Vec<f64> = (0..40)
            .map(|sample| {
                let (x, y) = pair(law, 0.7, 20_000, &mut Random::of("rank", sample));
                convex_stats::correlation::spearman(&x, &y).unwrap()
            })
            .collect();
        let mean = samples.iter().sum::<f64>() / samples.len() as f64;
        assert!((mean - truth).abs() < 0.003, "{mean} {truth}");
    }
}
