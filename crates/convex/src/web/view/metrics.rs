//! The list of metrics, by category.

use convex_core::catalog::Metric;
use convex_core::figure::{Estimate, Figure, Unavailable, Unit};

use super::tile::age_class;
use crate::desk::MetricRow;
use crate::format::{self, Measure, Style};
use crate::web::shown::{Owner, Shown};

/// The metrics of one category.
#[derive(Clone, Debug)]
pub(in crate::web) struct Group {
    pub(in crate::web) category: &'static str,
    pub(in crate::web) lines: Vec<MetricLine>,
}

/// One metric in a list.
#[derive(Clone, Debug)]
pub(in crate::web) struct MetricLine {
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    pub(in crate::web) cadence: &'static str,
    pub(in crate::web) value: Shown,
    pub(in crate::web) unit: &'static str,
    pub(in crate::web) change: Shown,
    pub(in crate::web) day: String,
    pub(in crate::web) n: String,
    pub(in crate::web) age: String,
    pub(in crate::web) age_class: &'static str,
    /// The age in one word.
    pub(in crate::web) state: &'static str,
    pub(in crate::web) days_old: String,
    pub(in crate::web) provider: String,
}

/// The rows that match a search text, grouped by category in the order of their first row.
pub(in crate::web) fn groups(rows: &[MetricRow], search: Option<&str>) -> Vec<Group> {
    let wanted = search.map(str::to_lowercase);
    let mut groups: Vec<Group> = Vec::new();
    for row in rows.iter().filter(|row| wanted.as_deref().is_none_or(|wanted| matches(&row.metric, wanted))) {
        let category = row.metric.category.words();
        match groups.iter_mut().find(|group| group.category == category) {
            Some(group) => group.lines.push(line(row)),
            None => groups.push(Group { category, lines: vec![line(row)] }),
        }
    }
    groups
}

/// Whether all words of a lower-case search text stand somewhere in the metric's names or category.
pub(in crate::web) fn matches(metric: &Metric, wanted: &str) -> bool {
    let names = [&metric.id, &metric.name, &metric.short, &metric.label].map(|name| name.to_lowercase());
    let has = |word: &str| {
        names.iter().any(|name| name.contains(word))
            || metric.aliases.iter().any(|alias| alias.contains(word))
            || metric.category.words().contains(word)
    };
    wanted.split_whitespace().all(has)
}

pub(in crate::web) fn line(row: &MetricRow) -> MetricLine {
    let metric = row.metric.as_ref();
    let owner = Owner::Metric(metric.id.clone());
    let change =
        Shown::new("change.1obs", owner.clone(), Some(&row.change_1obs), Style::of("change.1obs", Measure::of(metric)));
    MetricLine {
        id: metric.id.clone(),
        name: metric.short.clone(),
        cadence: metric.cadence.words(),
        value: Shown::new("value", owner, Some(&last(row)), Style::Plain).quiet(),
        unit: format::unit_words(metric.unit),
        change: change.quiet(),
        day: row.last.map(|(day, _)| format::day(day)).unwrap_or_default(),
        n: format::count(row.n),
        age: format::age_in_full(&row.freshness),
        age_class: age_class(row.freshness.state),
        state: row.freshness.state.word(),
        days_old: format::plural(row.freshness.days_old.max(0) as usize, "day"),
        provider: row.provider.map(|provider| provider.name().to_owned()).unwrap_or_default(),
    }
}

fn last(row: &MetricRow) -> Figure {
    let (day, value) = row.last.ok_or_else(|| Unavailable::NoObservations(row.metric.id.clone()))?;
    Estimate::number(value, Unit::Own(row.metric.unit), 1, (day, day), "observation")
}
