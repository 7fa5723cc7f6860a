//! Four quadrants of growth and inflation, as published by each day.

use super::history::History;
use super::rule::Rule;
use crate::{Day, Series};

/// Days from the end of a week of claims to their release.
const CLAIMS_LAG: i32 = 5;
/// Days from the end of a month of consumer prices to their release.
const PRICES_LAG: i32 = 14;

/// The quadrant of each day on which something was published.
pub(super) fn history(rule: Rule, claims: &Series, prices: &Series) -> History {
    let growth = known_from(claims, 26, |past| mean(&past[13..]) < mean(&past[..13]), |week| week + CLAIMS_LAG);
    // 19 months hold two changes over 12 months, six months apart.
    let inflation = known_from(
        prices,
        19,
        |past| past[18] / past[6] > past[12] / past[0],
        |month| month.end_of_month() + PRICES_LAG,
    );
    let mut days: Vec<Day> = growth.iter().chain(&inflation).map(|(day, _)| *day).collect();
    days.sort_unstable();
    days.dedup();
    let mut history = History { rule, days: Vec::new(), states: Vec::new(), chances: None };
    for day in days {
        let (Some(better), Some(rising)) = (last(&growth, day), last(&inflation, day)) else { continue };
        history.days.push(day);
        history.states.push(2 * u8::from(!better) + u8::from(rising));
    }
    history
}

/// Whether something holds of the last `count` observations, from the day each was published.
fn known_from(
    series: &Series,
    count: usize,
    holds: impl Fn(&[f64]) -> bool,
    published: impl Fn(Day) -> Day,
) -> Vec<(Day, bool)> {
    let windows = series.values().windows(count).zip(series.days().iter().skip(count - 1));
    windows.map(|(past, day)| (published(*day), holds(past))).collect()
}

fn last(known: &[(Day, bool)], day: Day) -> Option<bool> {
    let end = known.partition_point(|(dated, _)| *dated <= day);
    (end > 0).then(|| known[end - 1].1)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
