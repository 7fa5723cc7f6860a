//! What surrounds every answer: limits, compression, headers, request ids, and pages for failures.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::errors::{self, PageError};
use crate::desk::Desk;

/// The longest an answer may take to make.
const LONGEST: Duration = Duration::from_secs(30);
/// The largest body any address accepts.
const LARGEST_BODY: usize = 64 * 1024;

/// Nothing but this site's own style, script and pictures; no inline script or style, no frames, no plug-ins.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Puts all layers around the routes; the last one added sees a request first.
pub(super) fn around(routes: Router<Arc<Desk>>, desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    let request_id = HeaderName::from_static("x-request-id");
    routes
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(desk), explain))
        .layer(CompressionLayer::new())
        .layer(from_fn(protect))
        .layer(TraceLayer::new_for_http())
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = cause.unwrap_or("unknown"), "a request panicked");
    PageError::Internal.into_response()
}

/// Turns failures into pages; those of the API keep the form of the API.
async fn explain(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_api = path.starts_with("/api/");
    let request_id =
        request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).map(str::to_owned);
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let known = response.extensions().get::<PageError>().cloned();
    match known {
        Some(error) if is_api => api_problem(&error),
        Some(error) => errors::page(error, &desk, &path, request_id).await,
        // A rejection by the framework or by a layer comes as a bare status or a bare text.
        None if is_bare(&response) && is_api => api_problem(&PageError::of_status(status)),
        None if is_bare(&response) => errors::page(PageError::of_status(status), &desk, &path, request_id).await,
        None => response,
    }
}

fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn api_problem(error: &PageError) -> Response {
    let status = error.status();
    let (kind, title) = match error {
        PageError::Internal => ("/problems/internal", "the answer could not be computed"),
        PageError::TimedOut => ("/problems/timeout", "the answer took too long"),
        PageError::TooLarge => ("/problems/too-large", "the request is too large"),
        PageError::NotAllowed => ("/problems/method-not-allowed", "this address answers to GET and HEAD"),
        PageError::NotFound | PageError::Unknown { .. } => ("/problems/not-found", "there is no such address"),
        PageError::BadRequest(_) => ("/problems/bad-request", "the address cannot be read"),
    };
    let problem = serde_json::json!({ "type": kind, "title": title, "status": status.as_u16() });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, Body::from(problem.to_string())).into_response()
}

/// Marks an answer that other sites may show in a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Framable;

/// Headers that keep a page to itself.
async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_framable = response.extensions().get::<Framable>().is_some();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        if !(is_framable && name == header::X_FRAME_OPTIONS) {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::routing::get;
    use convex_core::catalog::Catalog;
    use convex_store::Store;
    use tower::ServiceExt;

    use super::*;
    use crate::clock::Clock;

    #[expect(clippy::panic, reason = "what a panic looks like from outside is what is tested")]
    async fn broken() -> &'static str {
        panic!("the password is swordfish")
    }

    async fn get_page(path: &str) -> (StatusCode, String, String) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
        let desk = Arc::new(Desk::new(Catalog::builtin(), store, None, Clock::System));
        let routes = Router::new().route("/broken", get(broken)).route("/api/v1/broken", get(broken));
        let router = around(routes, &desk).with_state(desk);
        let request = Request::get(path).header("x-request-id", "seven").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, kind, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_page_with_a_request_id_and_no_cause() {
        let (status, kind, body) = get_page("/broken").await;
        assert_eq!((status, kind.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8"));
        assert!(body.contains("<code>seven</code>") && !body.contains("swordfish"), "{body}");
    }

    #[tokio::test]
    async fn a_panic_of_the_api_is_a_problem() {
        let (status, kind, body) = get_page("/api/v1/broken").await;
        assert_eq!((status, kind.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "application/problem+json"));
        assert!(body.contains("\"/problems/internal\"") && !body.contains("swordfish"), "{body}");
    }
}
