//! Addresses for machines: is it up, is it ready, what may be crawled.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;

/// Answers as soon as pages are served.
pub(in crate::web) async fn healthz() -> &'static str {
    "ok"
}

/// Answers once the database does.
pub(in crate::web) async fn readyz(State(desk): State<Arc<Desk>>) -> Response {
    match desk.status().await {
        Ok(_) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, [("x-reason", "database")], "not ready").into_response()
        }
    }
}

/// A simulated market has nothing to tell a search engine.
pub(in crate::web) async fn robots(State(desk): State<Arc<Desk>>) -> &'static str {
    if desk.is_sample().await {
        "User-agent: *\nDisallow: /\n"
    } else {
        "User-agent: *\nDisallow: /api/\nDisallow: /search\n"
    }
}
