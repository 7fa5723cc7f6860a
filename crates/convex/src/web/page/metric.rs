//! `/metrics/{id}`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};

use crate::desk::Desk;
use crate::settings::Query;
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::live::live_line;
use crate::web::view::metric::{MetricPageView, metric_view};
use crate::web::view::outlook::bands::{BandsView, bands_view, level_of};

#[derive(Template)]
#[template(path = "metric.html")]
struct MetricPage {
    shell: Shell,
    view: MetricPageView,
    bands: BandsView,
}

pub(in crate::web) async fn metric(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(typed): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let short: String = typed.chars().take(60).collect();
    let resolved = desk.resolve(&short).await?;
    let path = format!("/metrics/{}", resolved.id);
    if resolved.id != typed {
        let query = raw.map(|raw| format!("?{raw}")).unwrap_or_default();
        return Ok(Redirect::permanent(&format!("{path}{query}")).into_response());
    }
    let settings = Query::read(raw.as_deref()).settings()?;
    let found = desk.metric(&typed, settings.as_of).await?;
    let shading = desk.shading(found.freshness.last).await?;
    let mut view = metric_view(desk.catalog(), &found, &shading, &desk.kin().await?, settings);
    if settings.as_of.is_none() {
        view.tile.live = live_line(desk.live(), desk.catalog(), &found.metric, &found.series);
    }
    let kept = desk.forecast(&resolved.id, settings.as_of).await?;
    let bands = bands_view(&resolved.id, &view.title, kept.as_ref(), level_of(&resolved));
    let shell = Shell::of(&desk, view.title.clone(), view.definition.clone())
        .await
        .from(&origin)
        .picture(format!("/og/metrics/{}.png{}", resolved.id, settings.query()))
        .canonical(path);
    show(&MetricPage { shell, view, bands })
}
