//! `/api/v1/stream`: what happens, as it happens, as server-sent events.

mod address;
mod ask;
mod reader;
mod wire;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};

use super::Problem;
use crate::desk::Desk;
use crate::live::Full;
pub(crate) use address::Address;
use reader::Reader;

/// Seconds after which one who found no place may ask again.
const LATER: u64 = 30;

pub(super) async fn stream(
    State(desk): State<Arc<Desk>>,
    Address(address): Address,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = ask::filter(&desk, query.as_deref().unwrap_or_default()).await?;
    let place = desk.live().readers().admit(address).map_err(no_place)?;
    let last =
        headers.get("last-event-id").map(|id| id.to_str().ok().and_then(|id| id.trim().parse().ok()).unwrap_or(0));
    let reader = Reader::new(Arc::clone(desk.live()), filter, last, place);
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache, no-transform"),
        // Proxies of the nginx family hold back what they do not know to be endless.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(reader.frames())).into_response())
}

fn no_place(full: Full) -> Problem {
    match full {
        Full::Here(limit) => {
            Problem::too_many(format!("{limit} streams are open from this address, the most there may be"), LATER)
        }
        Full::Everywhere(limit) => Problem::busy(format!("{limit} streams are open, the most there may be"), LATER),
    }
}
