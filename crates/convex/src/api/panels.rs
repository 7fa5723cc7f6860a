//! The numbers behind the charts of a page: all panels over the same days, as the page draws them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use convex_core::Day;
use serde::Serialize;

use super::Problem;
use super::query::{shortened, split_pair};
use crate::chart::{Plot, Scale, Stack};
use crate::desk::Desk;
use crate::format::Print;
use crate::settings::{Query, Settings};

/// All panels of a page.
#[derive(Debug, Serialize)]
pub(super) struct PanelsDto {
    of: String,
    sample: bool,
    from: String,
    to: String,
    basis: &'static str,
    window: usize,
    days: Vec<String>,
    panels: Vec<PanelDto>,
    notes: Vec<String>,
}

/// One panel. `low` and `high` are the values at the bottom and the top of its drawing.
#[derive(Debug, Serialize)]
struct PanelDto {
    id: String,
    title: String,
    note: String,
    scale: &'static str,
    low: f64,
    high: f64,
    print: Print,
    lines: Vec<LineDto>,
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<BandDto>,
}

/// A value for each day, or none where the line has none.
#[derive(Debug, Serialize)]
struct LineDto {
    class: &'static str,
    label: String,
    values: Vec<Option<f64>>,
}

#[derive(Debug, Serialize)]
struct BandDto {
    label: &'static str,
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
}

pub(super) async fn of_pair(
    State(desk): State<Arc<Desk>>,
    Path(pair): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<PanelsDto>, Problem> {
    let (a, b) = split_pair(&pair)
        .ok_or_else(|| Problem::bad_request(format!("\"{}\" is not of the form a-vs-b", shortened(&pair))))?;
    let (settings, points) = read(raw.as_deref())?;
    let (a, b) = if settings.swap { (b, a) } else { (a, b) };
    let comparison = desk.comparison(a, b, settings.as_of).await?;
    let panels = desk.panels(&comparison, settings.options()).await?;
    let basis = panels.as_ref().map_or(comparison.basis, |panels| panels.basis);
    let stack = Stack::of_comparison(&comparison, panels.as_deref(), settings.scale);
    let of = format!("{}-vs-{}", comparison.a.metric.id, comparison.b.metric.id);
    Ok(Json(dto(of, comparison.sample, settings, basis.words(), stack.as_ref(), points)))
}

pub(super) async fn of_metric(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<PanelsDto>, Problem> {
    let (settings, points) = read(raw.as_deref())?;
    let view = desk.metric(&id, settings.as_of).await?;
    let shading = desk.shading(view.freshness.last).await?;
    let (series, basis) = view.on(settings.basis);
    let stack = Stack::of_metric(&view.metric, series, basis, settings.span, &shading, settings.scale);
    Ok(Json(dto(view.metric.id.clone(), view.sample, settings, basis.words(), stack.as_ref(), points)))
}

fn read(raw: Option<&str>) -> Result<(Settings, Option<usize>), Problem> {
    let query = Query::read(raw);
    Ok((query.settings()?, query.count("points")?))
}

fn dto(
    of: String,
    sample: bool,
    settings: Settings,
    basis: &'static str,
    stack: Option<&Stack>,
    points: Option<usize>,
) -> PanelsDto {
    let plots = stack.map(|stack| stack.plots.as_slice()).unwrap_or_default();
    let mut days: Vec<Day> = plots.iter().flat_map(Plot::days).collect();
    days.sort_unstable();
    days.dedup();
    let days = thinned(&days, points);
    let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    PanelsDto {
        of,
        sample,
        from: text(stack.map(|stack| stack.window.from)),
        to: text(stack.map(|stack| stack.window.to)),
        basis,
        window: settings.window,
        panels: plots.iter().filter_map(|plot| panel(plot, &days, points.is_some())).collect(),
        days: days.iter().map(Day::to_string).collect(),
        notes: stack.map(|stack| stack.notes.clone()).unwrap_or_default(),
    }
}

/// So many of the days at most, evenly spaced, the first and the last among them.
fn thinned(days: &[Day], points: Option<usize>) -> Vec<Day> {
    match points {
        Some(points) if points >= 2 && points < days.len() => {
            (0..points).map(|at| days[at * (days.len() - 1) / (points - 1)]).collect()
        }
        _ => days.to_vec(),
    }
}

fn panel(plot: &Plot, days: &[Day], is_short: bool) -> Option<PanelDto> {
    let (low, high, scale) = plot.value_range()?;
    let at_days = |own: &[Day], values: &[f64]| {
        let value = |day: &Day| own.binary_search(day).ok().map(|at| values[at]);
        days.iter().map(|day| value(day).map(|value| if is_short { rounded(value) } else { value })).collect()
    };
    let line = |trace: &crate::chart::Trace| LineDto {
        class: trace.class,
        label: trace.label.clone(),
        values: at_days(&trace.line.days, &trace.line.values),
    };
    Some(PanelDto {
        id: plot.id.clone(),
        title: plot.title.clone(),
        note: plot.note.clone(),
        scale: if scale == Scale::Log { "log" } else { "linear" },
        low,
        high,
        print: plot.print,
        lines: plot.lines.iter().map(line).collect(),
        band: plot.ribbon().map(|ribbon| BandDto {
            label: ribbon.label,
            low: at_days(&ribbon.band.days, &ribbon.band.low),
            high: at_days(&ribbon.band.days, &ribbon.band.high),
        }),
    })
}

/// Six significant digits: more than any chart can show.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_thinned_evenly() {
        let days: Vec<Day> = (0..1_000).map(|at| Day::from_epoch_days(at).unwrap()).collect();
        let thin = thinned(&days, Some(300));
        assert_eq!((thin.len(), thin[0], thin[299]), (300, days[0], days[999]));
        assert_eq!(thinned(&days, Some(5_000)).len(), 1_000);
        assert_eq!(thinned(&days, Some(1)).len(), 1_000);
        assert_eq!(thinned(&[], Some(10)), []);
    }

    #[test]
    fn rounding_keeps_six_digits() {
        assert!((rounded(1.952_266_987) - 1.952_27).abs() < 1e-12);
        assert!(rounded(0.0).abs() < 1e-300 && (rounded(-123_456_789.0) + 123_457_000.0).abs() < 1e-6);
    }
}
