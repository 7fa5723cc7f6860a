//! The tile of one leg: what it is, what it stands at, how it changed, how old that is.

use convex_core::catalog::{Metric, Provider};
use convex_core::freshness::{AgeState, Freshness};
use convex_core::{Basis, Day, Series};

use super::live::LiveLine;
use crate::chart;
use crate::format;
use crate::web::shown::Shown;

/// Calendar days of the line in a tile.
const SPARK_DAYS: i32 = 90;

/// Everything a tile places.
#[derive(Clone, Debug)]
pub(in crate::web) struct Tile {
    /// `a` or `b`: colour and dash of its line.
    pub(in crate::web) side: &'static str,
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    pub(in crate::web) cadence: &'static str,
    pub(in crate::web) age: String,
    /// Class of the age: `fresh`, `late`, `stale`.
    pub(in crate::web) age_class: &'static str,
    pub(in crate::web) value: Shown,
    /// The value within the day, beside the close.
    pub(in crate::web) live: Option<LiveLine>,
    pub(in crate::web) unit: String,
    /// Words before the date: `close of`.
    pub(in crate::web) dated: &'static str,
    pub(in crate::web) as_of: Shown,
    /// The day of the value, for the script.
    pub(in crate::web) last: String,
    /// Local time and place of the close, after the date; may be empty.
    pub(in crate::web) at: String,
    pub(in crate::web) spark: String,
    pub(in crate::web) changes: Vec<(&'static str, Shown)>,
    pub(in crate::web) category: &'static str,
    pub(in crate::web) source: String,
    pub(in crate::web) licence: &'static str,
    pub(in crate::web) sample: bool,
}

/// The horizons of a tile, in the order of time.
pub(in crate::web) const HORIZONS: [(&str, &str); 6] = [
    ("1 session", "change.1obs"),
    ("7 d", "change.7d"),
    ("30 d", "change.30d"),
    ("90 d", "change.90d"),
    ("YTD", "change.ytd"),
    ("1 y", "change.1y"),
];

/// What a tile is made of, besides its figures.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Subject<'a> {
    pub(in crate::web) metric: &'a Metric,
    pub(in crate::web) series: &'a Series,
    pub(in crate::web) provider: Option<Provider>,
    pub(in crate::web) freshness: &'a Freshness,
    pub(in crate::web) sample: bool,
}

/// A tile; `figure` finds a figure by its name without a leg, `on_tile` the same with one decimal.
pub(in crate::web) fn tile(
    side: &'static str,
    subject: Subject<'_>,
    figure: impl Fn(&str) -> Shown,
    on_tile: impl Fn(&str) -> Shown,
) -> Tile {
    let Subject { metric, series, provider, freshness, sample } = subject;
    let (dated, at) = closing_words(metric);
    Tile {
        side,
        id: metric.id.clone(),
        name: metric.short.clone(),
        cadence: metric.cadence.words(),
        age: format::age_in_full(freshness),
        age_class: age_class(freshness.state),
        value: figure("value"),
        live: None,
        unit: unit(metric),
        dated,
        as_of: figure("as_of").quiet(),
        last: series.last().map(|(day, _)| day.to_string()).unwrap_or_default(),
        at,
        spark: spark(side, metric, series),
        changes: changes(metric, on_tile),
        category: metric.category.words(),
        source: provider.map_or_else(|| "none".to_owned(), |provider| provider.name().to_owned()),
        licence: metric.licence.words(),
        sample,
    }
}

fn changes(metric: &Metric, on_tile: impl Fn(&str) -> Shown) -> Vec<(&'static str, Shown)> {
    use convex_core::catalog::Cadence;
    let is_release = matches!(metric.cadence, Cadence::Weekly | Cadence::Monthly);
    HORIZONS
        .iter()
        .map(|(label, name)| {
            let label = if is_release && *name == "change.1obs" { "1 release" } else { *label };
            (label, on_tile(name).quiet())
        })
        .collect()
}

/// Unit and basis: `USD, price`.
pub(in crate::web) fn unit(metric: &Metric) -> String {
    use convex_core::catalog::Role;
    let words = format::unit_words(metric.unit);
    match (metric.basis, metric.role) {
        (Basis::Price, Role::Investable) => format!("{words}, price"),
        (Basis::TotalReturn, _) => format!("{words}, total return"),
        (Basis::Price, _) => words.to_owned(),
    }
}

/// Class of an age: words carry it too, never the colour alone.
pub(in crate::web) fn age_class(state: AgeState) -> &'static str {
    state.key()
}

/// The words around the date of a value: `close of`, and `16:00 New York`.
fn closing_words(metric: &Metric) -> (&'static str, String) {
    match &metric.close {
        Some(close) => {
            let place = close.zone.rsplit('/').next().unwrap_or(&close.zone).replace('_', " ");
            ("close of", format!("{} {place}", close.time))
        }
        None => ("dated", String::new()),
    }
}

fn spark(side: &'static str, metric: &Metric, series: &Series) -> String {
    let Some((last, _)) = series.last() else { return String::new() };
    let recent = series.after(last - SPARK_DAYS);
    // A release has too few values in 90 days to make a line: its last two years do.
    let shown = if recent.len() < 12 { series.after(last - 730) } else { recent };
    let from: Option<Day> = shown.first().map(|(day, _)| day);
    let label = from.map(|from| format!("{}, {}", metric.label, format::span(from, last))).unwrap_or_default();
    chart::sparkline(shown.days(), shown.values(), side, &label)
}
