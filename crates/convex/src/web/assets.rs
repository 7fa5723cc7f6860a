//! Style, script and icon, built by `web/` and carried in the program. Their names hold a hash, so they never change.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::errors::PageError;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

pub(super) async fn asset(Path(path): Path<String>) -> Response {
    // What the build tool notes for itself is not part of the site.
    let found = if path.starts_with('.') { None } else { Dist::get(&path) };
    let Some(file) = found else { return PageError::NotFound.into_response() };
    let headers =
        [(header::CONTENT_TYPE, content_type(&path)), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.data.into_owned()).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
