//! `/og/compare/{pair}.png` and `/og/metrics/{id}.png`: the picture that stands for a page where it is shared.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::IntoResponse;
use convex_core::catalog::Metric;
use convex_core::panel::Shading;

use super::compare::{Asked, asked};
use crate::chart::{Plot, Stack, Window};
use crate::desk::Desk;
use crate::format;
use crate::og::{Card, card, png};
use crate::settings::Query;
use crate::web::errors::{PageError, PageResult};
use crate::web::view::compare::{card_values, lede};
use crate::web::view::metric::card_value;

pub(in crate::web) async fn of_pair(
    State(desk): State<Arc<Desk>>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let pair = file.strip_suffix(".png").ok_or(PageError::NotFound)?;
    let Asked { comparison, panels, settings, .. } = match asked(&desk, pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere.picture()),
    };
    let stack = Stack::of_comparison(&comparison, panels.as_deref(), settings.scale);
    let plot = stack.as_ref().and_then(|stack| {
        let named = |id: &str| stack.plots.iter().find(|plot| plot.id == id);
        named("gap").or_else(|| named("correlation")).map(|plot| (plot, stack.window, &stack.shading))
    });
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let chart = plot.map(|(plot, ..)| format!("{}; ", plot.title)).unwrap_or_default();
    let sources = comparison.attribution.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("; ");
    let foot =
        format!("{chart}{}{sources}", comparison.as_of.map(format::day).map(|day| day + " · ").unwrap_or_default());
    let kind = format!("{} pair", comparison.kind.words());
    send(&Words {
        kind,
        title: format!("{} vs {}", a.short, b.short),
        said: lede(&comparison).plain(),
        values: card_values(&comparison),
        plot,
        foot,
        sample: comparison.sample,
    })
    .await
}

pub(in crate::web) async fn of_metric(
    State(desk): State<Arc<Desk>>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let id = file.strip_suffix(".png").ok_or(PageError::NotFound)?;
    let settings = Query::read(raw.as_deref()).settings()?;
    let view = desk.metric(id, settings.as_of).await?;
    let metric: &Metric = view.metric.as_ref();
    let shading = desk.shading(view.freshness.last).await?;
    let may_show = metric.licence.may_be_passed_on() || view.sample;
    let stack = Stack::of_metric(metric, &view.series, metric.basis, settings.span, &shading, settings.scale);
    let wanted = if may_show { "level" } else { "drawdown" };
    let plot = stack.as_ref().and_then(|stack| {
        let plot = stack.plots.iter().find(|plot| plot.id == wanted)?;
        Some((plot, stack.window, &stack.shading))
    });
    let source = view.provider.map(convex_core::catalog::Provider::attribution).unwrap_or_default();
    let day = view.freshness.last.map(format::day).map(|day| day + " · ").unwrap_or_default();
    send(&Words {
        kind: metric.category.words().to_owned(),
        title: metric.short.clone(),
        said: metric.definition.clone(),
        values: card_value(&view, may_show),
        plot,
        foot: format!("{day}{source}"),
        sample: view.sample,
    })
    .await
}

/// What a card says.
struct Words<'a> {
    kind: String,
    title: String,
    said: String,
    values: Vec<(String, String)>,
    plot: Option<(&'a Plot, Window, &'a Shading)>,
    foot: String,
    sample: bool,
}

async fn send(words: &Words<'_>) -> PageResult {
    let drawn = card(&Card {
        kind: &words.kind,
        title: &words.title,
        said: &words.said,
        values: words.values.clone(),
        plot: words.plot,
        foot: &words.foot,
        sample: words.sample,
    });
    let picture = png(drawn, 1.0).await.map_err(|error| {
        tracing::error!(%error, "a picture could not be made");
        PageError::Internal
    })?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, picture).into_response())
}
