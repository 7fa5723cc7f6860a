//! The site: addresses, pages, what a reader sees when something is wrong. Handlers ask the desk, views prepare, templates
//! place; nothing here computes a figure.

mod assets;
pub(crate) mod digest;
mod errors;
mod layers;
mod maintenance;
mod origin;
mod page;
mod shell;
mod shown;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::desk::Desk;

pub use maintenance::maintenance;
pub(crate) use page::scenarios::supposed;

/// The site and the API over a desk.
pub fn router(desk: Arc<Desk>) -> Router {
    let pages = Router::new()
        .route("/", get(page::home::home))
        .route("/compare/{pair}", get(page::compare::compare))
        .route("/compare/{pair}/charts", get(page::charts::of_pair))
        .route("/compare/{pair}/charts/{file}", get(page::charts::file_of_pair))
        .route("/compare/{pair}/{file}", get(page::summary::summary))
        .route("/embed/compare/{pair}", get(page::embed::of_pair))
        .route("/embed/metrics/{id}", get(page::embed::of_metric))
        .route("/og/compare/{file}", get(page::og::of_pair))
        .route("/og/metrics/{file}", get(page::og::of_metric))
        .route("/metrics", get(page::metrics::metrics))
        .route("/metrics/{id}", get(page::metric::metric))
        .route("/metrics/{id}/charts", get(page::charts::of_metric))
        .route("/metrics/{id}/charts/{file}", get(page::charts::file_of_metric))
        .route("/regime", get(page::regime::regime))
        .route("/scenarios", get(page::scenarios::scenarios))
        .route("/scenarios/{id}", get(page::scenarios::scenario))
        .route("/forecasts", get(page::forecasts::forecasts))
        .route("/design", get(page::design::design))
        .route("/methods", get(page::methods::methods))
        .route("/sources", get(page::sources::sources))
        .route("/status", get(page::status::status))
        .route("/screen", get(page::screen::screen))
        .route("/correlations", get(page::correlations::correlations))
        .route("/digest", get(page::digest::all))
        .route("/digest/{date}", get(page::digest::one))
        .route("/alerts", get(page::alerts::page))
        .route("/subscribe", get(page::subscribe::form).post(page::subscribe::submit))
        .route("/confirm/{token}", get(page::subscribe::confirm).post(page::subscribe::confirmed))
        .route("/unsubscribe/{token}", get(page::subscribe::leave).post(page::subscribe::left))
        .route("/manage/{token}", get(page::manage::page).post(page::manage::save))
        .route("/manage/{token}/data.json", get(page::manage::export))
        .route("/manage/{token}/erase", post(page::manage::erase))
        .route("/manage/{token}/rules", post(page::manage::add_rule))
        .route("/manage/{token}/rules/{id}/drop", post(page::manage::drop_rule))
        .route("/feed.xml", get(page::feeds::atom))
        .route("/feed.json", get(page::feeds::json))
        .route("/feeds/divergences.xml", get(page::feeds::divergences))
        .route("/feeds/compare/{pair}", get(page::feeds::of_pair))
        .route("/feeds/metrics/{id}", get(page::feeds::of_metric))
        .route("/calendar.ics", get(page::feeds::calendar))
        .route("/search", get(page::search::search))
        .route("/search/index.json", get(page::index::index))
        .route("/healthz", get(page::machine::healthz))
        .route("/readyz", get(page::machine::readyz))
        .route("/robots.txt", get(page::machine::robots))
        .route("/sitemap.xml", get(page::machine::sitemap))
        .route("/llms.txt", get(page::machine::llms))
        .route("/assets/{*path}", get(assets::asset))
        .nest("/api/v1", crate::api::router())
        .fallback(errors::not_found)
        .method_not_allowed_fallback(errors::not_allowed);
    layers::around(pages, &desk).with_state(desk)
}
