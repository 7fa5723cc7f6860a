//! Whether what a provider says now continues what is stored: two bases are never spliced inside one series.

use convex_core::catalog::{ChangeKind, Metric, TradingCalendar};
use convex_core::{Day, Series};
use convex_sources::Point;

/// Days that two accounts of a series must share before one may continue the other.
pub(super) const DAYS_TO_PROVE: usize = 5;

/// Share of common days that may differ, as corrections do, in what still counts as the same basis.
const CORRECTED_SHARE: f64 = 0.05;

/// Relative difference below which two values are one: providers round, and some send 32-bit numbers.
const SAME: f64 = 2e-5;

/// Spread of the factors within which all values count as multiplied by one number.
const ONE_FACTOR: f64 = 1e-3;

/// How new values stand to known ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    /// Nothing is known yet.
    First,
    /// On the common days they agree, but for a few corrections.
    Same {
        /// Common days.
        days: usize,
        /// Of them, days with another value now.
        corrected: usize,
    },
    /// On the common days each known value is the new one times a factor: a split, or payouts taken off anew.
    Scaled {
        /// Known over new.
        factor: f64,
        /// Common days.
        days: usize,
    },
    /// Too few common days to tell.
    Apart {
        /// Common days.
        days: usize,
    },
    /// Another basis, or another thing.
    Other {
        /// Common days.
        days: usize,
        /// Of them, days with another value.
        different: usize,
        /// The day that differs most, with the known and the new value.
        worst: (Day, f64, f64),
    },
}

/// Compares new points with what is known.
pub(super) fn fit(metric: &Metric, known: &Series, points: &[Point]) -> Fit {
    if known.is_empty() {
        return Fit::First;
    }
    let common = common_days(known, points);
    let different: Vec<_> = common.iter().copied().filter(|&(_, old, new)| !is_same(metric, old, new)).collect();
    let days = common.len();
    if different.len() as f64 <= CORRECTED_SHARE * days as f64 && (days >= DAYS_TO_PROVE || different.is_empty()) {
        return if days == 0 { Fit::Apart { days } } else { Fit::Same { days, corrected: different.len() } };
    }
    if days < DAYS_TO_PROVE {
        return Fit::Apart { days };
    }
    if let Some(factor) = one_factor(metric, &common) {
        return Fit::Scaled { factor, days };
    }
    let off = |&(_, old, new): &(Day, f64, f64)| (old - new).abs() / old.abs().max(new.abs()).max(f64::MIN_POSITIVE);
    let worst = different.iter().copied().max_by(|a, b| off(a).total_cmp(&off(b)));
    match worst {
        Some(worst) => Fit::Other { days, different: different.len(), worst },
        None => Fit::Same { days, corrected: 0 },
    }
}

/// Spread of the factors within which a provider's own total return is one scale: rounding, and not the smallest payout.
const ONE_SCALE: f64 = 5e-5;

/// The factor between known and new values, if it is the same on every common day; `Some(1.0)` where there is none.
pub(super) fn one_scale(known: &Series, points: &[Point]) -> Option<f64> {
    let common = common_days(known, points);
    if common.iter().any(|&(_, old, new)| old <= 0.0 || new <= 0.0) {
        return None;
    }
    let mut factors: Vec<f64> = common.iter().map(|&(_, old, new)| old / new).collect();
    factors.sort_by(f64::total_cmp);
    let Some(&middle) = factors.get(factors.len() / 2) else { return Some(1.0) };
    factors.iter().all(|factor| (factor / middle - 1.0).abs() <= ONE_SCALE).then_some(middle)
}

/// Whether two values of one day are the same but for rounding.
pub(super) fn is_same(metric: &Metric, old: f64, new: f64) -> bool {
    let floor = if metric.change == ChangeKind::Difference { 1e-6 } else { 0.0 };
    (old - new).abs() <= (old.abs().max(new.abs()) * SAME).max(floor)
}

/// Whether a provider restates all of a metric's history as a matter of course (seasonal factors, benchmarks, index
/// weights), so that a wholesale change is news and not another basis.
pub(super) fn is_restated(metric: &Metric) -> bool {
    metric.calendar == TradingCalendar::Release
}

fn common_days(known: &Series, points: &[Point]) -> Vec<(Day, f64, f64)> {
    points
        .iter()
        .filter_map(|point| {
            let at = known.days().binary_search(&point.day).ok()?;
            Some((point.day, known.values()[at], point.value))
        })
        .collect()
}

fn one_factor(metric: &Metric, common: &[(Day, f64, f64)]) -> Option<f64> {
    if metric.change != ChangeKind::Log || common.iter().any(|&(_, old, new)| old <= 0.0 || new <= 0.0) {
        return None;
    }
    let mut factors: Vec<f64> = common.iter().map(|&(_, old, new)| old / new).collect();
    factors.sort_by(f64::total_cmp);
    let middle = factors[factors.len() / 2];
    let outside = factors.iter().filter(|&&factor| (factor / middle - 1.0).abs() > ONE_FACTOR).count();
    (outside as f64 <= CORRECTED_SHARE * factors.len() as f64).then_some(middle)
}

#[cfg(test)]
mod tests {
    use convex_core::catalog::Catalog;

    use super::*;

    fn day(n: i32) -> Day {
        Day::from_epoch_days(19_000 + n).unwrap()
    }

    fn points(values: &[f64], from: i32) -> Vec<Point> {
        values.iter().zip(from..).map(|(&value, n)| Point::new(day(n), value)).collect()
    }

    fn check(id: &str, known: &[f64], new: &[Point], expected: &Fit) {
        let metric = Catalog::builtin().resolve(id).unwrap();
        let known = Series::new((0..known.len() as i32).map(day).collect(), known.to_vec()).unwrap();
        let found = fit(metric, &known, new);
        match (&found, expected) {
            (Fit::Scaled { factor, days }, Fit::Scaled { factor: other, days: others }) => {
                assert!((factor - other).abs() < 1e-9 && days == others, "{found:?}");
            }
            _ => assert_eq!(&found, expected),
        }
    }

    #[test]
    fn new_values_continue_known_ones_only_on_the_same_basis() {
        let known = [100.0, 101.0, 102.0, 103.0, 104.0, 105.0];
        check("dia", &[], &points(&known, 0), &Fit::First);
        check("dia", &known, &points(&known, 0), &Fit::Same { days: 6, corrected: 0 });
        let noisy: Vec<f64> = known.iter().map(|value| f64::from(*value as f32 + 1e-5)).collect();
        check("dia", &known, &points(&noisy, 0), &Fit::Same { days: 6, corrected: 0 });
        check("dia", &known, &points(&[104.0, 105.0, 106.0], 4), &Fit::Same { days: 2, corrected: 0 });
        check("dia", &known, &points(&[106.0], 6), &Fit::Apart { days: 0 });
        check("dia", &known, &points(&[104.0, 109.0], 4), &Fit::Apart { days: 2 });
        let halved: Vec<f64> = known.iter().map(|value| value / 2.0).collect();
        check("dia", &known, &points(&halved, 0), &Fit::Scaled { factor: 2.0, days: 6 });
        let other = [90.0, 99.0, 97.0, 98.0, 95.0, 94.0];
        let worst = (day(5), 105.0, 94.0);
        check("dia", &known, &points(&other, 0), &Fit::Other { days: 6, different: 6, worst });
    }

    #[test]
    fn a_yield_of_another_kind_is_not_a_scaled_one() {
        let known = [4.00, 4.02, 4.04, 4.01, 4.00, 3.98];
        let tenfold: Vec<f64> = known.iter().map(|value| value * 10.0).collect();
        let worst = (day(2), 4.04, 40.4);
        let metric = Catalog::builtin().resolve("dgs10").unwrap();
        let series = Series::new((0..6).map(day).collect(), known.to_vec()).unwrap();
        let found = fit(metric, &series, &points(&tenfold, 0));
        assert!(matches!(found, Fit::Other { days: 6, different: 6, .. }), "{found:?} {worst:?}");
    }
}
