//! Every pair of a panel equals the pair alone: whatever days the series have, and however they are spread.
use std::collections::BTreeMap;

use convex_stats::correlation::pearson;
use convex_stats::regression::slope;
use convex_stats::screen::{BEFORE, Column, Found, NOW, Panel, YEAR, alone, common_changes, correlation_change};
use proptest::prelude::*;

/// Rows that a calendar of seven days a week would have in `years`.
const DAY: usize = 365;

/// A small generator that gives the same digits everywhere.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2f64.powi(31)
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// What days a series has.
#[derive(Clone, Copy, Debug)]
enum Days {
    /// Five days in seven.
    Weekdays,
    /// All.
    Seven,
    /// Weekdays of which one in so many is missing.
    Holes(u64),
    /// Weekdays from a row on.
    From(usize),
    /// Weekdays up to a row.
    Until(usize),
    /// Days of one series alone share almost nothing with others.
    Rare,
}

impl Days {
    fn has(self, row: usize, random: &mut Random) -> bool {
        let weekday = row % 7 < 5;
        match self {
            Self::Weekdays => weekday,
            Self::Seven => true,
            Self::Holes(one_in) => weekday && random.uniform() > 1.0 / one_in as f64,
            Self::From(first) => weekday && row >= first,
            Self::Until(last) => weekday && row <= last,
            Self::Rare => row % 31 == 3,
        }
    }
}

fn quarters(rows: usize) -> Vec<Option<u32>> {
    (0..rows).map(|row| row.checked_sub(90).map(|row| row as u32)).collect()
}

/// Columns that share a common part of every size, some with a trend, some with a jump.
fn columns(rows: usize, days: &[Days], seed: u64) -> Vec<Column> {
    let mut random = Random(seed);
    let common: Vec<f64> = (0..rows).map(|_| random.normal()).collect();
    days.iter()
        .enumerate()
        .map(|(at, days)| {
            let (share, trend) = (at as f64 / days_or_one(at), (at % 3) as f64 * 0.5);
            let mut level = 4.0;
            let mut observations = Vec::new();
            for (row, common) in common.iter().enumerate() {
                level += 0.01 * (share * common + random.normal() + trend);
                if row == rows / 2 && at % 5 == 4 {
                    level += 3.0;
                }
                if days.has(row, &mut random) {
                    observations.push((row, level));
                }
            }
            Column::new(rows, observations)
        })
        .collect()
}

fn days_or_one(at: usize) -> f64 {
    (at as f64).max(1.0) / 1.3
}

fn numbered(columns: &[Column]) -> Vec<(u32, Column)> {
    (0..).zip(columns.iter().cloned()).collect()
}

fn found(panel: &Panel) -> BTreeMap<(usize, usize), Found> {
    let mut all = BTreeMap::new();
    for tile in panel.tiles() {
        panel.each(tile, true, &mut |a, b, found| {
            assert!(a < b);
            assert!(all.insert((a, b), *found).is_none(), "{a} and {b} were found twice");
        });
    }
    assert_eq!(all.len(), panel.pairs());
    all
}

fn close(one: Option<f64>, other: Option<f64>, scale: f64) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * other.abs().max(scale),
        (None, None) => true,
        _ => false,
    }
}

fn check_pair(fast: &Found, slow: &Found, what: &str) {
    assert_eq!((fast.rows, fast.rows.min(1) * fast.last), (slow.rows, slow.rows.min(1) * slow.last), "{what}");
    for (window, fast, slow) in
        [("quarter", fast.quarter, slow.quarter), ("year", fast.year, slow.year), ("all", fast.all, slow.all)]
    {
        assert_eq!(fast.n, slow.n, "{what} {window}");
        assert!(close(fast.pearson(), slow.pearson(), 1e-3), "{what} {window}: {fast:?} against {slow:?}");
        assert!(close(fast.beta(), slow.beta(), 1e-3), "{what} {window}: {fast:?} against {slow:?}");
    }
    assert!(close(fast.change(), slow.change(), 1e-2), "{what} change: {fast:?} against {slow:?}");
    assert!(close(fast.gap(), slow.gap(), 1e-2), "{what} gap: {fast:?} against {slow:?}");
}

fn check(rows: usize, days: &[Days], seed: u64) {
    let columns = columns(rows, days, seed);
    let panel = Panel::new(quarters(rows), numbered(&columns), columns.len(), true);
    for ((a, b), fast) in found(&panel) {
        let what = format!("{:?} {a} with {:?} {b}", days[a], days[b]);
        check_pair(&fast, &alone(panel.quarters(), &columns[a], &columns[b]), &what);
    }
}

fn any_days() -> impl Strategy<Value = Days> {
    prop_oneof![
        Just(Days::Weekdays),
        Just(Days::Seven),
        (3..200_u64).prop_map(Days::Holes),
        (0..900_usize).prop_map(Days::From),
        (100..1_200_usize).prop_map(Days::Until),
        Just(Days::Rare),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn pairs_of_any_days_equal_the_pair_alone(days in prop::collection::vec(any_days(), 2..12), rows in 30..1_300_usize, seed in any::<u64>()) {
        check(rows, &days, seed);
    }
}

#[test]
fn large_groups_of_one_calendar_equal_the_pair_alone() {
    let mut days = vec![Days::Weekdays; 40];
    days.extend([Days::Seven; 30]);
    days.extend([Days::From(400); 26]);
    days.extend([Days::Holes(50), Days::Until(700), Days::Rare]);
    check(4 * DAY, &days, 11);
}

#[test]
fn a_pair_alone_is_what_correlation_and_slope_say() {
    let rows = 4 * DAY;
    let columns = columns(rows, &[Days::Weekdays, Days::Seven, Days::Holes(20), Days::From(300)], 5);
    for (i, a) in columns.iter().enumerate() {
        for b in &columns[i + 1..] {
            let found = alone(&quarters(rows), a, b);
            let (ends, x, y) = common_changes(a, b);
            let n = x.len();
            let quarter = ends.partition_point(|end| *end + 90 <= *ends.last().unwrap());
            for (link, start) in [(found.quarter, quarter), (found.year, n - YEAR), (found.all, 0)] {
                assert_eq!(link.n as usize, n - start);
                assert_eq!(link.pearson(), pearson(&x[start..], &y[start..]).ok());
                assert!((link.beta().unwrap() / slope(&x[start..], &y[start..], 20).unwrap().beta - 1.0).abs() < 1e-12);
            }
            let change = correlation_change(&x[n - NOW - BEFORE..], &y[n - NOW - BEFORE..]).unwrap();
            assert!((found.change().unwrap() - change.z_difference.estimate).abs() < 1e-12);
        }
    }
}

#[test]
fn what_cannot_be_computed_is_none_and_never_a_number_without_digits() {
    let rows = 3 * DAY;
    let mut columns = columns(rows, &[Days::Weekdays; 30], 3);
    let weekdays = || (0..rows).filter(|row| row % 7 < 5);
    let noise: Vec<f64> = (0..rows).map(|row| ((row * row * 7 % 101) as f64) / 50.0).collect();
    // Never moves; stops moving; the same as another; far from zero and hardly moving; a level without a logarithm.
    columns.push(Column::new(rows, weekdays().map(|row| (row, 3.3))));
    columns.push(Column::new(rows, weekdays().map(|row| (row, if row < 700 { noise[row] } else { 1.0 }))));
    columns.push(columns[0].clone());
    columns.push(Column::new(rows, weekdays().map(|row| (row, row as f64 + 1e-7 * noise[row]))));
    columns.push(Column::new(rows, weekdays().map(|row| (row, if row == 800 { f64::NAN } else { noise[row] }))));
    columns.push(Column::new(rows, []));
    columns.push(Column::new(rows, [(10, 1.0)]));
    let panel = Panel::new(quarters(rows), numbered(&columns), columns.len(), true);
    let all = found(&panel);
    for ((a, b), fast) in &all {
        check_pair(fast, &alone(panel.quarters(), &columns[*a], &columns[*b]), &format!("{a} with {b}"));
    }
    let none =
        |a: usize, b: usize| [all[&(a, b)].year.pearson(), all[&(a, b)].year.beta()].map(|found| found.is_none());
    assert_eq!((none(0, 30), none(0, 31), none(0, 32)), ([true, true], [true, true], [true, false]));
    assert_eq!((none(0, 33), none(0, 34)), ([false, false], [false, false]));
    assert_eq!((all[&(0, 35)].rows, all[&(0, 36)].rows, all[&(35, 36)].rows), (0, 1, 0));
    // Both changes that touch the missing logarithm are left out, the day itself is still common.
    assert_eq!((all[&(0, 34)].rows - all[&(0, 34)].all.n, all[&(0, 1)].rows - all[&(0, 1)].all.n), (3, 1));
}

#[test]
fn later_columns_are_paired_with_the_first_ones_only() {
    let rows = 2 * DAY;
    let days = [Days::Weekdays, Days::Holes(30), Days::Seven, Days::Weekdays, Days::From(200)];
    let columns = columns(rows, &days, 9);
    for among in [true, false] {
        let panel = Panel::new(quarters(rows), numbered(&columns), 2, among);
        let pairs: Vec<_> = found(&panel).into_keys().collect();
        let across = [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)];
        assert_eq!(pairs.len(), across.len() + usize::from(among));
        assert!(across.iter().all(|pair| pairs.contains(pair)) && pairs.contains(&(0, 1)) == among);
    }
}

#[test]
fn a_slope_is_of_the_lower_number_on_the_higher() {
    let rows = 2 * DAY;
    let columns = columns(rows, &[Days::Weekdays, Days::Weekdays, Days::Holes(9), Days::Holes(8)], 4);
    let turned = columns.iter().enumerate().map(|(at, column)| (9 - at as u32, column.clone())).collect();
    for ((a, b), fast) in found(&Panel::new(quarters(rows), turned, 4, true)) {
        check_pair(&fast, &alone(&quarters(rows), &columns[9 - a], &columns[9 - b]), "turned");
    }
}
