//! The page of one metric.

use convex_core::catalog::{Catalog, ChangeKind, Metric};
use convex_core::panel::Shading;

use super::charts::{ChartsView, Offered, charts_view};
use super::compare::csv_address;
use super::figures::of_metric;
use super::related::{self, RelatedPair};
use super::statistics::{LEG_ROWS, YEAR_ROWS, has_stationary_level};
use super::tile::{Subject, Tile, tile, unit};
use crate::chart::Stack;
use crate::desk::{Kin, MetricView};
use crate::format::{self, Measure, Style};
use crate::settings::Settings;
use crate::web::shown::{Owner, Shown};

/// Everything the page of a metric places.
#[derive(Clone, Debug)]
pub(in crate::web) struct MetricPageView {
    pub(in crate::web) path: String,
    pub(in crate::web) id: String,
    pub(in crate::web) title: String,
    pub(in crate::web) category: &'static str,
    pub(in crate::web) definition: String,
    pub(in crate::web) is_catalogued: bool,
    pub(in crate::web) as_of_value: String,
    pub(in crate::web) latest_href: Option<String>,
    pub(in crate::web) tile: Tile,
    pub(in crate::web) charts: ChartsView,
    pub(in crate::web) statistics: Vec<(&'static str, Vec<Shown>)>,
    /// The last observations, newest first: day, value, change from the one before.
    pub(in crate::web) recent: Vec<[String; 3]>,
    pub(in crate::web) comparisons: Vec<RelatedPair>,
    pub(in crate::web) facts: Vec<(&'static str, String)>,
    pub(in crate::web) csv: String,
    pub(in crate::web) json: String,
    pub(in crate::web) is_empty: bool,
    /// What to know before quoting.
    pub(in crate::web) notices: Vec<String>,
}

pub(in crate::web) fn metric_view(
    catalog: &Catalog,
    view: &MetricView,
    shading: &Shading,
    kin: &[Kin],
    settings: Settings,
) -> MetricPageView {
    let metric = view.metric.as_ref();
    let path = format!("/metrics/{}", metric.id);
    MetricPageView {
        id: metric.id.clone(),
        title: metric.short.clone(),
        category: metric.category.words(),
        definition: metric.definition.clone(),
        is_catalogued: metric.catalogued,
        as_of_value: settings.as_of.or(view.freshness.last).map(|day| day.to_string()).unwrap_or_default(),
        latest_href: settings.as_of.map(|_| format!("{path}{}", Settings { as_of: None, ..settings }.query())),
        tile: tile_alone(view),
        charts: charts(view, shading, settings),
        statistics: statistics(view),
        recent: recent(view),
        comparisons: related::of_metric(catalog, kin, &metric.id),
        facts: facts(catalog, view),
        csv: csv_address(metric, settings.as_of),
        json: format!("/api/v1/metrics/{}", metric.id),
        is_empty: view.series.is_empty(),
        notices: view.warnings.iter().map(|text| format::capitalised(text)).collect(),
        path,
    }
}

/// The tile of a metric by itself.
pub(in crate::web) fn tile_alone(view: &MetricView) -> Tile {
    let metric = view.metric.as_ref();
    let figure = |name: &str| of_metric(&view.figures, metric, &Owner::Page, name);
    let on_tile = |name: &str| {
        let style = Style::of(name, Measure::of(metric)).on_tile();
        Shown::new(name, Owner::Page, view.figures.get(name), style)
    };
    let subject = Subject {
        metric,
        series: &view.series,
        provider: view.provider,
        freshness: &view.freshness,
        sample: view.sample,
    };
    tile("a", subject, figure, on_tile)
}

/// What a card says of a metric: its value where that may be passed on, and how it changed.
pub(in crate::web) fn card_value(view: &MetricView, may_show: bool) -> Vec<(String, String)> {
    let tile = tile_alone(view);
    let value = may_show.then(|| (tile.unit.clone(), tile.value.plain()));
    let changes = tile.changes.iter().filter(|(label, _)| ["90 d", "1 y"].contains(label));
    value.into_iter().chain(changes.map(|(label, shown)| ((*label).to_owned(), shown.plain()))).collect()
}

/// The block of charts of a metric.
pub(in crate::web) fn charts(view: &MetricView, shading: &Shading, settings: Settings) -> ChartsView {
    let metric = view.metric.as_ref();
    let (series, basis) = view.on(settings.basis);
    let stack = Stack::of_metric(metric, series, basis, settings.span, shading, settings.scale);
    let notes = if stack.is_none() && !view.series.is_empty() {
        vec!["No value lies between the days asked for: choose others above.".to_owned()]
    } else {
        Vec::new()
    };
    let csv = vec![(metric.label.clone(), csv_address(metric, settings.as_of))];
    let path = format!("/metrics/{}", metric.id);
    let data = format!("/api/v1/metrics/{}/panels", metric.id);
    let bases = view.total_return.as_ref().is_some_and(|total| !total.is_empty());
    charts_view(&path, &data, settings, stack.as_ref(), Offered { bases, notes, csv, ..Offered::default() })
}

/// Observations of the table.
const RECENT: usize = 24;

fn recent(view: &MetricView) -> Vec<[String; 3]> {
    let metric = view.metric.as_ref();
    let (days, values) = (view.series.days(), view.series.values());
    let row = |at: usize| {
        let change =
            at.checked_sub(1).map(|before| change_text(metric, values[before], values[at])).unwrap_or_default();
        [format::weekday(days[at]), format::level(values[at], metric.unit), change]
    };
    (values.len().saturating_sub(RECENT)..values.len()).rev().map(row).collect()
}

/// The change from one value to the next in the unit changes of the metric are read in.
fn change_text(metric: &Metric, before: f64, value: f64) -> String {
    match Measure::of(metric) {
        Measure::Percent if before == 0.0 => format::MISSING.to_owned(),
        Measure::Percent => format::signed_percent(value / before - 1.0),
        Measure::BasisPoints => format!("{} bp", format::signed((value - before) * 100.0, 0)),
        Measure::Own => format::signed(value - before, 2),
    }
}

fn statistics(view: &MetricView) -> Vec<(&'static str, Vec<Shown>)> {
    let metric = view.metric.as_ref();
    let show = |leaf: &str| of_metric(&view.figures, metric, &Owner::Page, &format!("window_90d.{leaf}"));
    let mut rows: Vec<(&'static str, Vec<Shown>)> = LEG_ROWS
        .iter()
        .enumerate()
        .map(|(at, (label, leaves))| {
            let shown = leaves.iter().map(|leaf| if at == 0 { show(leaf) } else { show(leaf).quiet() });
            (*label, shown.collect())
        })
        .collect();
    let of_years = |leaf: &&str| of_metric(&view.figures, metric, &Owner::Page, leaf).quiet();
    let years = YEAR_ROWS.iter().filter(|(_, leaves)| view.figures.estimate(leaves[0]).is_some());
    rows.extend(years.map(|(label, leaves)| (*label, leaves.iter().map(&of_years).collect())));
    if has_stationary_level(metric) {
        rows.push(("Share of history below", vec![show("percentile_all").quiet()]));
    }
    rows
}

/// What the type of the metric says.
fn facts(catalog: &Catalog, view: &MetricView) -> Vec<(&'static str, String)> {
    let metric: &Metric = view.metric.as_ref();
    let change = match metric.change {
        ChangeKind::Log => "in per cent (log changes in statistics)",
        ChangeKind::Difference => "in its own unit (differences)",
    };
    let mut facts = vec![
        ("Name", metric.name.clone()),
        ("Id", metric.id.clone()),
        ("Also known as", metric.aliases.join(", ")),
        ("Category", metric.category.words().to_owned()),
        ("Cadence", metric.cadence.words().to_owned()),
        ("Unit", unit(metric)),
        ("Changes are measured", change.to_owned()),
        ("Role", metric.role.words().to_owned()),
        ("Close", metric.close.as_ref().map(|close| format!("{} {}", close.time, close.zone)).unwrap_or_default()),
        ("Published", lag(metric)),
        ("Stands in for it", metric.proxy.as_deref().map(|proxy| proxy_name(catalog, proxy)).unwrap_or_default()),
        ("History", history(view)),
        ("With payouts added back", total_return(view)),
        ("Discontinued", metric.discontinued.map(format::day).unwrap_or_default()),
        (
            "These values",
            view.provider
                .map(|provider| format!("{}: {}", provider.name(), provider.attribution()))
                .unwrap_or_default(),
        ),
        ("Providers, in order", providers(metric)),
        ("Licence", metric.licence.words().to_owned()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

fn lag(metric: &Metric) -> String {
    match metric.publication_lag_days {
        0 => String::new(),
        days => format!("{} after the end of its period", format::plural(usize::from(days), "day")),
    }
}

fn history(view: &MetricView) -> String {
    match view.series.first().zip(view.series.last()) {
        Some(((first, _), (last, _))) => {
            format!("{}, {}", format::plural(view.series.len(), "observation"), format::span(first, last))
        }
        None => "nothing stored".to_owned(),
    }
}

fn total_return(view: &MetricView) -> String {
    let series = view.total_return.as_ref().filter(|series| !series.is_empty());
    series.map(|series| format::plural(series.len(), "observation")).unwrap_or_default()
}

fn providers(metric: &Metric) -> String {
    let named = metric.sources.iter().map(|source| format!("{} ({})", source.provider.name(), source.symbol));
    named.collect::<Vec<_>>().join(", ")
}

/// A proxy is another metric or a plain name.
fn proxy_name(catalog: &Catalog, proxy: &str) -> String {
    catalog.metric(proxy).map_or_else(|| proxy.to_owned(), |metric| metric.short.clone())
}
