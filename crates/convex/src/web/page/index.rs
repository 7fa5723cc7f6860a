//! `/search/index.json`: everything the search palette finds, small enough to be asked for once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Serialize;

use crate::desk::Desk;
use crate::web::errors::PageError;
use crate::web::shell::MENU;

/// Names of what can be found.
#[derive(Debug, Serialize)]
struct Index {
    metrics: Vec<MetricEntry>,
    /// Ids of both legs, and the kind.
    pairs: Vec<(String, String, &'static str)>,
    /// Address and label.
    pages: Vec<(&'static str, &'static str)>,
}

#[derive(Debug, Serialize)]
struct MetricEntry {
    id: String,
    label: String,
    name: String,
    category: &'static str,
    /// Other names, in one text.
    also: String,
    /// Whether anything is stored for it.
    stored: bool,
}

pub(in crate::web) async fn index(State(desk): State<Arc<Desk>>) -> Result<impl IntoResponse, PageError> {
    let rows = desk.overview().await?;
    let metrics = rows.iter().map(|row| {
        let metric = row.metric.as_ref();
        MetricEntry {
            id: metric.id.clone(),
            label: metric.label.clone(),
            name: metric.short.clone(),
            category: metric.category.words(),
            also: [metric.aliases.join(" "), metric.name.clone()].join(" "),
            stored: row.n > 0,
        }
    });
    let pairs = desk.catalog().pairs().map(|pair| (pair.a.clone(), pair.b.clone(), pair.kind.words()));
    let index = Index { metrics: metrics.collect(), pairs: pairs.collect(), pages: MENU.to_vec() };
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], Json(index)))
}
