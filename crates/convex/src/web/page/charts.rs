//! The block of charts alone, for a script that exchanges it, and each chart as a file.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};

use super::compare::{Asked, asked};
use crate::chart::{Plot, Stack, Still, still};
use crate::desk::Desk;
use crate::og;
use crate::settings::Query;
use crate::web::errors::{PageError, PageResult};
use crate::web::view::charts::ChartsView;
use crate::web::view::compare::charts;
use crate::web::view::evidence::evidence;
use crate::web::view::metric;

#[derive(Template)]
#[template(path = "charts.html")]
struct ChartsPart {
    charts: ChartsView,
}

pub(in crate::web) async fn of_pair(
    State(desk): State<Arc<Desk>>,
    Path(pair): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let Asked { comparison, panels, path, settings, .. } = match asked(&desk, &pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(redirect) => return Ok(redirect.to("/charts")),
    };
    part(charts(&comparison, panels.as_deref(), &path, settings))
}

pub(in crate::web) async fn of_metric(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let settings = Query::read(raw.as_deref()).settings()?;
    let view = desk.metric(&id, settings.as_of).await?;
    let shading = desk.shading(view.freshness.last).await?;
    part(metric::charts(&view, &shading, settings))
}

fn part(charts: ChartsView) -> PageResult {
    let html = ChartsPart { charts }.render().map_err(|error| {
        tracing::error!(%error, "a block of charts could not be made");
        PageError::Internal
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache"), (NO_INDEX, "noindex")], Html(html)).into_response())
}

const NO_INDEX: HeaderName = HeaderName::from_static("x-robots-tag");

pub(in crate::web) async fn file_of_pair(
    State(desk): State<Arc<Desk>>,
    Path((pair, file)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let Asked { comparison, panels, settings, slug, .. } = match asked(&desk, &pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(redirect) => return Ok(redirect.to(&format!("/charts/{file}"))),
    };
    let sources = comparison.attribution.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("; ");
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let words = Words { of: &slug, who: format!("{} vs {}", a.short, b.short), sources, sample: comparison.sample };
    let (id, end) = file.rsplit_once('.').ok_or(PageError::NotFound)?;
    if let Some(square) = evidence(&comparison).into_iter().find(|square| square.id == id) {
        let drawn = || square.still(&Still { who: &words.who, foot: &words.sources, sample: words.sample });
        return answer(id, end, &words, || square.numbers.csv(words.sample), || Ok(drawn())).await;
    }
    let stack = Stack::of_comparison(&comparison, panels.as_deref(), settings.scale).ok_or(PageError::NotFound)?;
    send(&stack, &file, words).await
}

pub(in crate::web) async fn file_of_metric(
    State(desk): State<Arc<Desk>>,
    Path((id, file)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let settings = Query::read(raw.as_deref()).settings()?;
    let view = desk.metric(&id, settings.as_of).await?;
    let shading = desk.shading(view.freshness.last).await?;
    let (series, basis) = view.on(settings.basis);
    let stack = Stack::of_metric(&view.metric, series, basis, settings.span, &shading, settings.scale)
        .ok_or(PageError::NotFound)?;
    let sources = view.provider.map(|provider| provider.attribution().to_owned()).unwrap_or_default();
    let words = Words { of: &view.metric.id, who: view.metric.short.clone(), sources, sample: view.sample };
    send(&stack, &file, words).await
}

/// What stands in a file besides the chart.
struct Words<'a> {
    /// Part of the file's name.
    of: &'a str,
    who: String,
    sources: String,
    sample: bool,
}

async fn send(stack: &Stack, file: &str, words: Words<'_>) -> PageResult {
    let (id, end) = file.rsplit_once('.').ok_or(PageError::NotFound)?;
    let plot: &Plot = stack.plots.iter().find(|plot| plot.id == id).ok_or(PageError::NotFound)?;
    let drawn = || {
        let foot = format!("{} · {}", crate::format::span(stack.window.from, stack.window.to), words.sources);
        still(plot, stack.window, &stack.shading, &Still { who: &words.who, foot: &foot, sample: words.sample })
            .ok_or(PageError::NotFound)
    };
    answer(id, end, &words, || plot.csv(words.sample), drawn).await
}

/// A chart as a file of the kind its name ends in.
async fn answer(
    id: &str,
    end: &str,
    words: &Words<'_>,
    csv: impl FnOnce() -> String,
    drawn: impl FnOnce() -> Result<String, PageError>,
) -> PageResult {
    let (kind, body) = match end {
        "csv" => ("text/csv; charset=utf-8", csv().into_bytes()),
        "svg" => ("image/svg+xml", drawn()?.into_bytes()),
        "png" => ("image/png", og::png(drawn()?, 2.0).await.map_err(|error| internal(&error))?),
        _ => return Err(PageError::NotFound),
    };
    let mark = if words.sample { "-simulated" } else { "" };
    let name = format!("attachment; filename=\"{}-{id}{mark}.{end}\"", words.of);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (NO_INDEX, "noindex".to_owned()),
    ];
    Ok((headers, body).into_response())
}

fn internal(error: &og::Failed) -> PageError {
    tracing::error!(%error, "a picture could not be made");
    PageError::Internal
}
