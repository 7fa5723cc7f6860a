//! The site while it is being worked on: one page, for every address, that says so and when to come back.

use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

/// After how many seconds a visitor's program may ask again.
const RETRY_AFTER: &str = "300";

#[derive(Template)]
#[template(path = "maintenance.html")]
struct MaintenancePage {
    words: String,
}

impl MaintenancePage {
    #[expect(clippy::unused_self, reason = "the template calls it on the page")]
    fn style(&self) -> &'static str {
        env!("CONVEX_STYLE")
    }
}

/// The site under maintenance; `words` say why and until when. It needs no database.
pub fn maintenance(words: String) -> Router {
    let unready = || async { (StatusCode::SERVICE_UNAVAILABLE, [("x-reason", "maintenance")], "not ready") };
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(unready))
        .route("/assets/{*path}", get(super::assets::asset))
        .fallback(move || {
            let words = words.clone();
            async move { page(words) }
        })
}

fn page(words: String) -> Response {
    let html = MaintenancePage { words }.render().unwrap_or_else(|_| "maintenance".to_owned());
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, Html(html)).into_response();
    for (name, value) in [
        (header::RETRY_AFTER, RETRY_AFTER),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'self'; img-src 'self'"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn every_address_says_so_but_health() {
        let site = || maintenance("Back at <18:00> UTC.".to_owned());
        let ask = |path: &'static str| site().oneshot(Request::get(path).body(Body::empty()).unwrap());
        let answer = ask("/compare/dia-vs-iwm").await.unwrap();
        assert_eq!(
            (answer.status(), &answer.headers()["retry-after"]),
            (StatusCode::SERVICE_UNAVAILABLE, &"300".parse().unwrap())
        );
        let body = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains("Back at &#60;18:00&#62; UTC."), "{body:?}");
        assert_eq!(ask("/healthz").await.unwrap().status(), StatusCode::OK);
        assert_eq!(ask("/readyz").await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
