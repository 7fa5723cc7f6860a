//! Invented series for measurements of the screen.

use std::sync::Arc;

use convex_core::catalog::Metric;
use convex_core::screen::Member;
use convex_core::{Day, Series};

/// A generator that gives the same digits everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2f64.powi(31) - 0.5
    }
}

/// Walks over weekdays, `days` long. Each begins `stagger` days after the one before (within the first half), and of its
/// days one in `hole` is missing, if any is to be.
pub(crate) fn walks(series: usize, days: usize, stagger: usize, hole: Option<f64>) -> Vec<Member> {
    let first = Day::from_epoch_days(14_000).unwrap_or(Day::MIN);
    let weekdays: Vec<Day> = (0..).map(|at| first + at).filter(|day| !day.is_weekend()).take(days).collect();
    let one = |at: usize| {
        let mut random = Random(at as u64 + 1);
        let mut level = 100.0_f64;
        let (mut own_days, mut values) = (Vec::new(), Vec::new());
        for day in &weekdays[at * stagger % (days / 2)..] {
            level *= (0.02 * random.next()).exp();
            if hole.is_none_or(|hole| random.next() + 0.5 > 1.0 / hole) {
                own_days.push(*day);
                values.push(level);
            }
        }
        let series = Series::new(own_days, values).unwrap_or_else(|_| Series::empty());
        Member { metric: Arc::new(Metric::uncatalogued(&format!("s{at}"))), series }
    };
    (0..series).map(one).collect()
}
