//! `/embed/compare/{pair}` and `/embed/metrics/{id}`: one chart or one tile in a frame on somebody else's page.
//!
//! What is derived from two series may be shown by others; the values themselves only where their licence lets them be
//! passed on.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};

use super::compare::{Asked, asked};
use crate::chart::{Chart, Key, Stack};
use crate::desk::Desk;
use crate::settings::Query;
use crate::web::errors::{PageError, PageResult};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::metric::tile_alone;
use crate::web::view::tile::Tile;

/// Charts that show a relation, not values.
const DERIVED: [&str; 4] = ["gap", "correlation", "beta", "drawdown"];

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    shell: Shell,
    /// Where the frame leads to.
    href: String,
    what: What,
    sources: String,
}

/// What stands in the frame.
enum What {
    Chart {
        chart: Box<Chart>,
        marks: Vec<Key>,
    },
    Tile(Box<Tile>),
    /// Why nothing is shown.
    Words(String),
}

pub(in crate::web) async fn of_pair(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(pair): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let Asked { comparison, panels, path, settings, .. } = match asked(&desk, &pair, raw.as_deref()).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere.under("/embed")),
    };
    let query = Query::read(raw.as_deref());
    let wanted = query.get("chart");
    let open = [&comparison.a, &comparison.b].into_iter().all(|leg| leg.metric.licence.may_be_passed_on());
    let open = open || comparison.sample;
    let allowed = |id: &str| open || DERIVED.contains(&id);
    let stack = Stack::of_comparison(&comparison, panels.as_deref(), settings.scale);
    let found = stack.as_ref().and_then(|stack| {
        let mut plots = stack.plots.iter().filter(|plot| allowed(&plot.id));
        match wanted {
            Some(id) => plots.find(|plot| plot.id == id),
            None => plots.find(|plot| plot.id == "gap").or_else(|| stack.plots.iter().find(|plot| allowed(&plot.id))),
        }
        .and_then(|plot| plot.draw(stack.window, &stack.shading))
    });
    let title = format!("{} vs {}", comparison.a.metric.short, comparison.b.metric.short);
    let what = match (found, wanted) {
        (Some(chart), _) => {
            What::Chart { chart: Box::new(chart), marks: stack.map(|stack| stack.marks()).unwrap_or_default() }
        }
        (None, Some(id)) if !allowed(id) => What::Words(
            "These series may not be shown on other sites: their licence covers this installation alone. Their ratio, \
             correlation, beta and drawdowns may."
                .to_owned(),
        ),
        (None, _) => What::Words("There is no such chart of this pair over these days.".to_owned()),
    };
    let sources = comparison.attribution.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("; ");
    let href = format!("{}{path}{}", origin.0, settings.query());
    let mut shell = Shell::of(&desk, title, "A chart of two series").await;
    shell.is_hidden = true;
    page(&EmbedPage { shell, href, what, sources })
}

pub(in crate::web) async fn of_metric(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let settings = Query::read(raw.as_deref()).settings()?;
    let found = desk.metric(&id, settings.as_of).await?;
    let what = if found.metric.licence.may_be_passed_on() || found.sample {
        What::Tile(Box::new(tile_alone(&found)))
    } else {
        What::Words(format!(
            "{} may not be shown on other sites: {}.",
            found.metric.short,
            found.metric.licence.terms()
        ))
    };
    let sources = found.provider.map(|provider| provider.attribution().to_owned()).unwrap_or_default();
    let href = format!("{}/metrics/{}{}", origin.0, found.metric.id, settings.query());
    let mut shell = Shell::of(&desk, found.metric.short.clone(), "The last value of a series").await;
    shell.is_hidden = true;
    page(&EmbedPage { shell, href, what, sources })
}

fn page(page: &EmbedPage) -> PageResult {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a frame could not be made");
        PageError::Internal
    })?;
    let headers = [
        (header::CACHE_CONTROL, "public, max-age=300"),
        // Anyone may frame these addresses, and these alone.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'",
        ),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    let mut response = (headers, Html(html)).into_response();
    response.extensions_mut().insert(crate::web::layers::Framable);
    Ok(response)
}
