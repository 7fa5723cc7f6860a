//! Series laid out so that every pair stands on rows that [`crate::align::align`] would find for it.
//!
//! Pairs of one cadence stand on the days of that cadence; weekly series of different weekdays on the Saturdays of their
//! weeks; pairs of different cadence on the period ends of the slower one, where the faster one is sampled.

use std::collections::BTreeMap;

use convex_stats::screen::{Column, Panel};
use rayon::prelude::*;

use super::Member;
use crate::align::{Pace, at_period_ends, by_week, pace, sampled_at, usable};
use crate::catalog::ChangeKind;
use crate::{Day, Series};

/// Calendar days of the window that every correlation of `90d` is over.
const QUARTER: i32 = 90;

/// Some series on common rows.
#[derive(Debug)]
pub(super) struct Grid {
    /// The columns, numbered by member.
    pub(super) panel: Panel,
    /// The day of each row.
    pub(super) days: Vec<Day>,
    /// Days after which a pair that has no newer row is no longer current.
    pub(super) current_within: i32,
}

/// A series that will be a column: its member, how it changes, its levels at the dates it stands on.
type Placed = (usize, ChangeKind, Series);

/// Every pair of members stands on exactly one grid.
pub(super) fn grids(members: &[Member]) -> Vec<Grid> {
    let of = |wanted: Pace| -> Vec<Placed> {
        let all = members.iter().enumerate().filter(|(_, member)| pace(member.metric.cadence) == wanted);
        all.map(|(at, member)| (at, member.metric.change, member.series.clone())).collect()
    };
    let (daily, weekly, monthly) = (of(Pace::Daily), of(Pace::Weekly), of(Pace::Monthly));
    let mut grids = Vec::new();
    grids.extend(grid(&daily, &[], true, Pace::Daily));

    let mut by_weekday: BTreeMap<i8, Vec<Placed>> = BTreeMap::new();
    for placed in &weekly {
        let weekday = placed.2.last().map_or(0, |(day, _)| day.weekday().to_monday_one_offset());
        by_weekday.entry(weekday).or_default().push(placed.clone());
    }
    let classes: Vec<&Vec<Placed>> = by_weekday.values().collect();
    for (at, class) in classes.iter().enumerate() {
        grids.extend(grid(class, &sampled(&daily, class), true, Pace::Weekly));
        for other in &classes[at + 1..] {
            let to_saturday = |class: &[Placed]| redated(class, by_week);
            grids.extend(grid(&to_saturday(class), &to_saturday(other), false, Pace::Weekly));
        }
    }
    grids.extend(grid(&monthly, &[], true, Pace::Monthly));
    let ends = redated(&monthly, |series| at_period_ends(series, Pace::Monthly));
    let faster: Vec<Placed> = daily.into_iter().chain(weekly).collect();
    grids.extend(grid(&ends, &sampled(&faster, &ends), false, Pace::Monthly));
    grids
}

fn redated(placed: &[Placed], to: impl Fn(&Series) -> Series) -> Vec<Placed> {
    placed.iter().map(|(at, kind, series)| (*at, *kind, to(series))).collect()
}

/// The faster series where the slower ones stand.
fn sampled(faster: &[Placed], slower: &[Placed]) -> Vec<Placed> {
    let ends = union(slower.iter().map(|(_, _, series)| series));
    redated(faster, |series| sampled_at(series, &ends))
}

/// A grid, if it holds a pair.
fn grid(primary: &[Placed], later: &[Placed], among: bool, slowest: Pace) -> Option<Grid> {
    if primary.is_empty() || (later.is_empty() && (!among || primary.len() < 2)) {
        return None;
    }
    let all = || primary.iter().chain(later);
    let days = union(all().map(|(_, _, series)| series));
    let (first, last) = (*days.first()?, *days.last()?);
    let mut row_of = vec![u32::MAX; (last - first) as usize + 1];
    for (row, day) in days.iter().enumerate() {
        row_of[(*day - first) as usize] = row as u32;
    }
    let column = |(at, kind, series): &Placed| {
        let level = |value: f64| match kind {
            ChangeKind::Log if usable(*kind, value) => value.ln(),
            ChangeKind::Log => f64::NAN,
            ChangeKind::Difference => value,
        };
        let placed = series.iter().map(|(day, value)| (row_of[(day - first) as usize] as usize, level(value)));
        (*at as u32, Column::new(days.len(), placed))
    };
    let quarters = days.iter().map(|day| days.partition_point(|other| *other <= *day - QUARTER).checked_sub(1));
    let quarters = quarters.map(|row| row.map(|row| row as u32)).collect();
    let placed: Vec<&Placed> = all().collect();
    let columns = placed.into_par_iter().map(column).collect();
    let current_within = current_within(slowest);
    Some(Grid { panel: Panel::new(quarters, columns, primary.len(), among), days, current_within })
}

/// Days after which a pair without a newer common day is no longer current.
pub(super) fn current_within(pace: Pace) -> i32 {
    match pace {
        Pace::Daily => 10,
        Pace::Weekly => 21,
        Pace::Monthly => 100,
    }
}

/// Every day any of the series has, in order.
fn union<'a>(series: impl Iterator<Item = &'a Series> + Clone) -> Vec<Day> {
    let first = series.clone().filter_map(Series::first).map(|(day, _)| day).min();
    let last = series.clone().filter_map(Series::last).map(|(day, _)| day).max();
    let Some((first, last)) = first.zip(last) else { return Vec::new() };
    let mut has = vec![false; (last - first) as usize + 1];
    for day in series.flat_map(Series::days) {
        has[(*day - first) as usize] = true;
    }
    has.iter().enumerate().filter(|(_, has)| **has).map(|(at, _)| first + at as i32).collect()
}
