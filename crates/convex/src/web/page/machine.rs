//! Addresses for machines: is it up, is it ready, what may be crawled, what there is.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::chart::escape;
use crate::desk::Desk;
use crate::web::errors::{PageError, PageResult};
use crate::web::origin::Origin;
use crate::web::shell::MENU;

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
pub(in crate::web) async fn robots(State(desk): State<Arc<Desk>>, origin: Origin) -> String {
    if desk.is_sample().await {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let map = if origin.0.is_empty() { String::new() } else { format!("\nSitemap: {}/sitemap.xml\n", origin.0) };
    format!("User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /embed/\n{map}")
}

/// Every page worth finding: those of the menu, named comparisons whose legs have values, metrics that have values.
pub(in crate::web) async fn sitemap(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    if desk.is_sample().await {
        return Err(PageError::NotFound);
    }
    let rows = desk.overview().await?;
    let last = |id: &str| rows.iter().find(|row| row.metric.id == id).and_then(|row| row.last).map(|(day, _)| day);
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    let mut add = |path: &str, changed: Option<convex_core::Day>| {
        let changed = changed.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<url><loc>{}{}</loc>{changed}</url>", escape(&origin.0), escape(path));
    };
    for (path, _) in MENU {
        add(path, None);
    }
    for pair in desk.catalog().pairs() {
        if let (Some(a), Some(b)) = (last(&pair.a), last(&pair.b)) {
            add(&format!("/compare/{}-vs-{}", pair.a, pair.b), Some(a.max(b)));
        }
    }
    for row in rows.iter() {
        if let Some((day, _)) = row.last {
            add(&format!("/metrics/{}", row.metric.id), Some(day));
        }
    }
    xml.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

/// What the site is and how to ask it, for programs that read prose.
pub(in crate::web) async fn llms(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let rows = desk.overview().await?;
    let origin = origin.0;
    let mut text = String::from(
        "# Convex\n\n\
         > Compares any two market or macro series and says, with evidence, how they relate. Every number carries its \
         date, sample, method and interval; what cannot be computed says why.\n\n",
    );
    if desk.is_sample().await {
        text.push_str("All data here are Simulated: no number is the price of anything.\n\n");
    }
    let _ = write!(
        text,
        "## How to ask\n\n\
         - {origin}/compare/{{a}}-vs-{{b}}: the page of a pair; `?as_of=YYYY-MM-DD` shows it as of a past day\n\
         - {origin}/compare/{{a}}-vs-{{b}}/summary.md: the same in Markdown\n\
         - {origin}/api/v1/compare/{{a}}-vs-{{b}}: every figure and claim as JSON\n\
         - {origin}/api/v1/metrics: the catalogue, with last values and ages\n\
         - {origin}/methods: what every figure means\n\n\
         Quote a figure with its interval, its sample size and its last day. Verdicts are measured, suggestive, not \
         established, contradicted, not measurable; failing to find an effect is not finding that there is none.\n\n\
         ## Named comparisons\n\n"
    );
    for pair in desk.catalog().pairs() {
        let name = |id: &str| desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric| metric.short.clone());
        let _ = writeln!(text, "- [{} vs {}]({origin}/compare/{}-vs-{})", name(&pair.a), name(&pair.b), pair.a, pair.b);
    }
    text.push_str("\n## Metrics\n\n");
    for row in rows.iter().filter(|row| row.n > 0) {
        let metric = &row.metric;
        let _ = writeln!(text, "- [{}]({origin}/metrics/{}): {}", metric.short, metric.id, metric.category.words());
    }
    Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response())
}
