//! The first page: the seed comparisons, what moved last, every named comparison.

use std::sync::Arc;

use convex_core::catalog::Catalog;
use convex_core::compare::{Comparison, gap_series};
use convex_core::freshness::AgeState;

use super::figures::Reader;
use super::live::{LiveLine, live_lines};
use super::metrics::{MetricLine, line};
use super::related::{RelatedPair, link};
use super::tile::age_class;
use crate::chart;
use crate::desk::MetricRow;
use crate::format;
use crate::live::Live;
use crate::web::shown::Shown;

/// The comparisons shown first.
pub(in crate::web) const SEEDS: [(&str, &str); 5] =
    [("dia", "iwm"), ("iwm", "vixcls"), ("rsp", "iwm"), ("gold", "iwm"), ("qqq", "iwm")];

/// Lines of the list of movers.
const MOVERS: usize = 9;

/// Everything the first page places.
#[derive(Clone, Debug)]
pub(in crate::web) struct HomeView {
    pub(in crate::web) seeds: Vec<Seed>,
    /// Values within the day.
    pub(in crate::web) live: Vec<LiveLine>,
    pub(in crate::web) movers: Vec<MetricLine>,
    pub(in crate::web) kinds: Vec<(String, Vec<RelatedPair>)>,
    pub(in crate::web) choices: Vec<(String, String)>,
    pub(in crate::web) is_empty: bool,
    pub(in crate::web) stored: String,
}

/// One comparison as a line.
#[derive(Clone, Debug)]
pub(in crate::web) struct Seed {
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    pub(in crate::web) kind: &'static str,
    pub(in crate::web) as_of: String,
    /// Age of the older leg, in one word, and its class.
    pub(in crate::web) state: &'static str,
    pub(in crate::web) age_class: &'static str,
    pub(in crate::web) spark: String,
    pub(in crate::web) change: Option<Shown>,
    pub(in crate::web) z: Option<Shown>,
    pub(in crate::web) link: Shown,
    pub(in crate::web) beta: Shown,
    pub(in crate::web) sample: bool,
}

pub(in crate::web) fn home_view(
    catalog: &Catalog,
    live: &Live,
    rows: &[MetricRow],
    seeds: &[Arc<Comparison>],
) -> HomeView {
    let stored: Vec<&MetricRow> = rows.iter().filter(|row| row.n > 0).collect();
    HomeView {
        seeds: seeds.iter().map(|comparison| seed(comparison, rows)).collect(),
        live: live_lines(live, catalog, rows.iter().map(|row| (row.metric.as_ref(), row.last))),
        movers: movers(&stored),
        kinds: kinds(catalog),
        choices: rows.iter().map(|row| (row.metric.id.clone(), row.metric.short.clone())).collect(),
        is_empty: stored.is_empty(),
        stored: format::count(stored.len()),
    }
}

fn seed(comparison: &Comparison, rows: &[MetricRow]) -> Seed {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let address = format!("{}-vs-{}", a.id, b.id);
    let read = Reader::of_other(comparison, &address);
    let ages = rows.iter().filter(|row| row.metric.id == a.id || row.metric.id == b.id).map(|row| &row.freshness);
    let state = ages.max_by_key(|age| age.missed).map_or(AgeState::Empty, |age| age.state);
    let gap = |leaf: &str| read.gap_name(leaf).map(|name| read.show(&name).quiet());
    Seed {
        title: format!("{} vs {}", a.label, b.label),
        kind: comparison.kind.words(),
        as_of: comparison.as_of.map(format::day).unwrap_or_default(),
        state: state.word(),
        age_class: age_class(state),
        spark: spark(comparison),
        change: gap("change_90d"),
        z: gap("z_1y"),
        link: read.show("correlation.90d.spearman").quiet(),
        beta: read.show("beta.90d.beta").quiet(),
        sample: comparison.sample,
        href: format!("/compare/{address}"),
    }
}

/// The gap over the last year.
fn spark(comparison: &Comparison) -> String {
    let Some(gap) = gap_series(comparison.gap, &comparison.common) else { return String::new() };
    let Some((last, _)) = gap.last() else { return String::new() };
    let year = gap.after(last - 365);
    let label = format!("{} over {}, one year", comparison.a.metric.label, comparison.b.metric.label);
    chart::sparkline(year.days(), year.values(), "ink", &label)
}

/// The largest last changes of what is measured in per cent; no mix with rates, whose changes have another unit.
fn movers(stored: &[&MetricRow]) -> Vec<MetricLine> {
    use convex_core::catalog::{Cadence, ChangeKind};
    let moved = |row: &MetricRow| row.change_1obs.as_ref().ok().and_then(convex_core::figure::Estimate::as_number);
    let is_comparable = |row: &MetricRow| {
        row.metric.change == ChangeKind::Log && !matches!(row.metric.cadence, Cadence::Weekly | Cadence::Monthly)
    };
    let mut ranked: Vec<(f64, &MetricRow)> =
        stored.iter().filter(|row| is_comparable(row)).filter_map(|row| Some((moved(row)?.abs(), *row))).collect();
    ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    ranked.into_iter().take(MOVERS).map(|(_, row)| line(row)).collect()
}

fn kinds(catalog: &Catalog) -> Vec<(String, Vec<RelatedPair>)> {
    let mut kinds: Vec<(String, Vec<RelatedPair>)> = Vec::new();
    for pair in catalog.pairs() {
        let words = pair.kind.words();
        let entry = link(catalog, pair, String::new());
        match kinds.iter_mut().find(|(kind, _)| kind == words) {
            Some((_, list)) => list.push(entry),
            None => kinds.push((words.to_owned(), vec![entry])),
        }
    }
    kinds
}
