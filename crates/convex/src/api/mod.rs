//! The JSON API, version 1.

mod comparison;
mod metric;
mod observations;
mod outlook;
mod panels;
mod problem;
mod query;
mod screen;
mod status;
mod stream;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use crate::desk::Desk;

pub use comparison::{ComparisonDto, FigureDto};
pub use metric::{MetricDto, MetricRowDto};
pub use outlook::{episode_of, regimes_of, scenarios_of};
pub use problem::Problem;
pub use query::{parse_day, split_pair};
pub use screen::{LedgerDto, RankedDto, TestedDto};
pub(crate) use stream::Address;

use query::{AsOf, Checked};

/// Routes under `/api/v1`.
pub fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/compare/{pair}", get(compare))
        .route("/compare/{pair}/panels", get(panels::of_pair))
        .route("/metrics", get(metrics))
        .route("/metrics/{id}", get(one_metric))
        .route("/metrics/{id}/observations", get(observations::observations))
        .route("/metrics/{id}/panels", get(panels::of_metric))
        .route("/screen", get(screen::screen))
        .route("/screen/ledger", get(screen::ledger))
        .route("/forecasts", get(outlook::forecasts))
        .route("/forecasts/{target}", get(outlook::forecast))
        .route("/scorecard", get(outlook::scorecard))
        .route("/regimes", get(outlook::regimes))
        .route("/scenarios", get(outlook::scenarios))
        .route("/scenarios/{id}", get(outlook::scenario))
        .route("/shock", get(outlook::shock))
        .route("/events", get(outlook::events))
        .route("/events/{pair}", get(outlook::events_of_pair))
        .route("/status", get(status::status))
        .route("/stream", get(stream::stream))
        .fallback(async || Problem::not_found())
}

async fn compare(
    State(desk): State<Arc<Desk>>,
    Path(pair): Path<String>,
    Checked(query): Checked<AsOf>,
) -> Result<Json<ComparisonDto>, Problem> {
    let (a, b) = split_pair(&pair)
        .ok_or_else(|| Problem::bad_request(format!("\"{}\" is not of the form a-vs-b", query::shortened(&pair))))?;
    let day = query.day()?;
    let comparison = desk.comparison(a, b, day).await?;
    let warnings = desk.warnings_of(&comparison).await?;
    Ok(Json(ComparisonDto::from(comparison.as_ref()).aged(&desk.ages(&comparison, day)).warned(warnings)))
}

async fn metrics(State(desk): State<Arc<Desk>>) -> Result<Response, Problem> {
    let rows = desk.overview().await?;
    let sample = desk.is_sample().await;
    let metrics: Vec<MetricRowDto> = rows.iter().map(MetricRowDto::from).collect();
    Ok(Json(serde_json::json!({ "sample": sample, "metrics": metrics })).into_response())
}

async fn one_metric(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Checked(query): Checked<AsOf>,
) -> Result<Json<MetricDto>, Problem> {
    let view = desk.metric(&id, query.day()?).await?;
    Ok(Json(MetricDto::from(&view)))
}
