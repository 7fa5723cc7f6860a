//! Errors of the API as `application/problem+json` (RFC 9457) with stable types.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::desk;
use crate::screen::BadAsk;
use crate::settings::BadSetting;

/// What a program is told when a request cannot be answered.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// Stable identifier of the kind of problem.
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    /// Ids that are close to what was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<String>,
    /// Seconds after which asking again may help.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// The request cannot be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self {
            kind: "/problems/bad-request",
            title: "the request cannot be understood",
            status: 400,
            detail: detail.into(),
            nearest: Vec::new(),
            retry_after: None,
        }
    }

    /// The visitor has enough of this already.
    pub(super) fn too_many(detail: String, retry_after: u64) -> Self {
        Self {
            kind: "/problems/too-many",
            title: "too many from this address",
            status: 429,
            detail,
            nearest: Vec::new(),
            retry_after: Some(retry_after),
        }
    }

    /// The server has no room for more.
    pub(super) fn busy(detail: String, retry_after: u64) -> Self {
        Self {
            kind: "/problems/busy",
            title: "no room for more",
            status: 503,
            detail,
            nearest: Vec::new(),
            retry_after: Some(retry_after),
        }
    }

    /// Something failed inside; the log has the cause.
    pub fn internal() -> Self {
        Self {
            kind: "/problems/internal",
            title: "the answer could not be computed",
            status: 500,
            detail: "the server's log has the cause".to_owned(),
            nearest: Vec::new(),
            retry_after: None,
        }
    }

    /// There is nothing at this address.
    pub fn not_found() -> Self {
        Self {
            kind: "/problems/not-found",
            title: "there is nothing at this address",
            status: 404,
            detail: "the API lives under /api/v1: metrics, metrics/{id}, metrics/{id}/observations, compare/{a}-vs-{b}, screen, stream"
                .to_owned(),
            nearest: Vec::new(),
            retry_after: None,
        }
    }
}

impl From<desk::Error> for Problem {
    fn from(error: desk::Error) -> Self {
        match error {
            desk::Error::Unknown { ref nearest, .. } => Self {
                kind: "/problems/unknown-metric",
                title: "no metric answers to that name",
                status: 404,
                detail: error.to_string(),
                nearest: nearest.iter().map(|metric| metric.id.clone()).collect(),
                retry_after: None,
            },
            desk::Error::TooMany { .. } => Self::bad_request(error.to_string()),
            desk::Error::Store(_) | desk::Error::Stopped(_) | desk::Error::Shared(_) => {
                // What failed inside is for the log, not for the visitor.
                tracing::error!(%error, "a request failed");
                Self::internal()
            }
        }
    }
}

impl From<BadSetting> for Problem {
    fn from(error: BadSetting) -> Self {
        Self::bad_request(error.0)
    }
}

impl From<BadAsk> for Problem {
    fn from(error: BadAsk) -> Self {
        match error {
            BadAsk::Setting(error) => error.into(),
            BadAsk::Desk(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, Json(self)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
