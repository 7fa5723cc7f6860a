//! What moved since the digest before.

use convex_core::Day;
use convex_core::align::period_end;
use convex_core::catalog::Metric;
use convex_core::compare::{Horizon, change_over};
use convex_core::digest::{Surprise, holm, surprise};
use convex_core::screen::Member;

use super::{Content, Line, Number};
use crate::format::{self, Measure, Style};

/// Days back that count as new where there is no digest before.
const NEW_WITHIN: i32 = 4;

/// A move, with how unusual it was.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) line: Line,
    /// Whether it can be told how unusual it was: a year of changes is needed.
    pub(super) surprise: Option<Surprise>,
    /// p, adjusted for all moves of the day.
    pub(super) p: f64,
    pub(super) noun: String,
    pub(super) change: String,
}

/// Every series with an observation since the digest before; the most unusual move first.
pub(super) fn moves(members: &[Member], day: Day, before: Option<&Content>) -> Vec<Moved> {
    let is_new = |member: &Member, last: Day| {
        if let Some(known) = before.and_then(|before| before.latest.get(&member.metric.id)) {
            return *known != last.to_string();
        }
        let known = period_end(member.metric.cadence, last) + i32::from(member.metric.publication_lag_days);
        known > day - NEW_WITHIN
    };
    let new = members.iter().filter_map(|member| {
        let (last, _) = member.series.last()?;
        // A series that ended, or is late by weeks, does not move.
        (is_new(member, last) && last > day - 100).then_some((member, last))
    });
    let new: Vec<(&Member, Day)> = new.collect();
    let found: Vec<Option<Surprise>> =
        new.iter().map(|(member, _)| surprise(member.metric.change, &member.series)).collect();
    let p: Vec<f64> = found.iter().flatten().map(|surprise| surprise.p).collect();
    let mut adjusted = holm(&p).into_iter();
    let mut moved: Vec<Moved> = new
        .into_iter()
        .zip(found)
        .map(|((member, last), surprise)| {
            let p = if surprise.is_some() { adjusted.next().unwrap_or(1.0) } else { 1.0 };
            one(member, last, surprise, p)
        })
        .collect();
    let size = |moved: &Moved| moved.surprise.map_or(2.0, |surprise| surprise.p);
    moved.sort_by(|one, other| size(one).total_cmp(&size(other)).then_with(|| one.line.href.cmp(&other.line.href)));
    moved
}

fn one(member: &Member, last: Day, surprise: Option<Surprise>, p: f64) -> Moved {
    let metric: &Metric = &member.metric;
    let change = change_over(Horizon::Observation, metric, &member.series);
    let style = Style::of("change.1obs", Measure::of(metric));
    let change = format::figure(&change, style).text;
    let how = match surprise.map(|surprise| (surprise.since, surprise.n)) {
        Some((Some(1), _)) | None => String::new(),
        Some((Some(since), _)) => format!("the largest move in {}, ", format::plural(since, "observation")),
        Some((None, n)) => format!("the largest of the last {} moves, ", format::count(n + 1)),
    };
    let line = Line {
        marked: p <= convex_core::digest::LEVEL,
        title: metric.short.clone(),
        href: format!("/metrics/{}", metric.id),
        number: Some(Number {
            figure: "change.1obs".to_owned(),
            kind: "metric".to_owned(),
            id: metric.id.clone(),
            text: change.clone(),
        }),
        text: format!("{how}{}", format::day(last)),
    };
    Moved { line, surprise, p, noun: format::capitalised(&metric.noun), change }
}
