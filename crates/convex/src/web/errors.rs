//! What went wrong, and the page that says so.
//!
//! A handler returns a [`PageError`]. Its response carries only the status and the error itself; the outermost layer that
//! knows the desk turns it into a page (see `layers`), so that even a failure has the mark of simulated data and the
//! search field. What failed inside is for the log: a visitor gets a request id, never a database message.

use std::sync::Arc;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use convex_core::catalog::Metric;

use super::shell::{MENU, Shell};
use super::view::related::RelatedPair;
use crate::desk::{self, Desk};
use crate::screen::BadAsk;
use crate::settings::{BadSetting, pair_slug, shortened};

/// Why a page cannot be shown.
#[derive(Clone, Debug)]
pub(super) enum PageError {
    /// The address asks for something that is not understood; says what.
    BadRequest(String),
    /// No metric answers to a name.
    Unknown { typed: String, near: Vec<RelatedPair> },
    /// There is no such page.
    NotFound,
    /// The page is there, but not for this method.
    NotAllowed,
    /// The request was larger than any this site understands.
    TooLarge,
    /// The answer took too long.
    TimedOut,
    /// Something failed inside.
    Internal,
}

pub(super) type PageResult = Result<Response, PageError>;

impl PageError {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unknown { .. } | Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The error that a bare status stands for.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::NotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Self::TimedOut,
            status if status.is_client_error() => Self::BadRequest("the address cannot be read".to_owned()),
            _ => Self::Internal,
        }
    }

    /// An error of the desk; `link` makes a link from a metric that is near what was typed.
    pub(super) fn of_desk(error: &desk::Error, link: impl Fn(&Metric) -> Vec<RelatedPair>) -> Self {
        match error {
            desk::Error::Unknown { typed, nearest } => {
                let near = nearest.iter().flat_map(|metric| link(metric)).collect();
                Self::Unknown { typed: shortened(typed), near }
            }
            desk::Error::TooMany { .. } => Self::BadRequest(error.to_string()),
            error => {
                tracing::error!(%error, "a page failed");
                Self::Internal
            }
        }
    }

    fn heading(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "This address asks for something that is not understood",
            Self::Unknown { .. } => "No metric of that name",
            Self::NotFound => "There is no such page",
            Self::NotAllowed => "This page is only read",
            Self::TooLarge => "The request is too large",
            Self::TimedOut => "The answer took too long",
            Self::Internal => "Something failed on this server",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::BadRequest(why) => why.clone(),
            Self::Unknown { typed, near } if near.is_empty() => {
                format!("Nothing answers to “{typed}”, and nothing is near it.")
            }
            Self::Unknown { typed, .. } => format!("Nothing answers to “{typed}”. Did you mean one of these?"),
            Self::NotFound => {
                "The address may have been mistyped; the search field above finds any metric or pair.".to_owned()
            }
            Self::NotAllowed => "Addresses of this site answer to GET and HEAD.".to_owned(),
            Self::TooLarge => "No form of this site sends that much.".to_owned(),
            Self::TimedOut => "Try again in a moment; the computation may be ready by then.".to_owned(),
            Self::Internal => "The page could not be made. Other pages may still work.".to_owned(),
        }
    }
}

impl From<desk::Error> for PageError {
    fn from(error: desk::Error) -> Self {
        Self::of_desk(&error, |metric| vec![to_metric(metric)])
    }
}

impl From<BadSetting> for PageError {
    fn from(error: BadSetting) -> Self {
        Self::BadRequest(error.0)
    }
}

impl From<BadAsk> for PageError {
    fn from(error: BadAsk) -> Self {
        match error {
            BadAsk::Setting(error) => error.into(),
            BadAsk::Desk(error) => error.into(),
        }
    }
}

/// A link to the page of a metric.
pub(super) fn to_metric(metric: &Metric) -> RelatedPair {
    RelatedPair {
        href: format!("/metrics/{}", metric.id),
        title: metric.short.clone(),
        why: format!("{}, {}", metric.id, metric.category.words()).into(),
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

pub(super) async fn not_found() -> PageError {
    PageError::NotFound
}

pub(super) async fn not_allowed() -> PageError {
    PageError::NotAllowed
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    status: String,
    heading: &'static str,
    detail: String,
    links: Vec<RelatedPair>,
    request_id: Option<String>,
}

/// The page of an error.
pub(super) async fn page(error: PageError, desk: &Arc<Desk>, path: &str, request_id: Option<String>) -> Response {
    let status = error.status();
    let mut shell = Shell::of(desk, error.heading(), error.detail()).await;
    shell.is_hidden = true;
    let is_ours = matches!(error, PageError::Internal | PageError::TimedOut);
    let page = ProblemPage {
        status: format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default()),
        heading: error.heading(),
        detail: error.detail(),
        request_id: request_id.filter(|_| is_ours),
        links: match error {
            PageError::Unknown { near, .. } => near,
            PageError::NotFound => near_address(desk, path),
            _ => Vec::new(),
        },
        shell,
    };
    match page.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page of an error could not be made");
            status.into_response()
        }
    }
}

/// Pages an address that leads nowhere may have meant: what its words name, alone and together.
fn near_address(desk: &Desk, path: &str) -> Vec<RelatedPair> {
    let words: Vec<String> =
        path.split(['/', '.', '?']).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let catalog = desk.catalog();
    let mut links: Vec<RelatedPair> = Vec::new();
    for word in &words {
        if let Some((a, b)) = crate::api::split_pair(word)
            && let (Some(a), Some(b)) = (catalog.resolve(a), catalog.resolve(b))
        {
            let slug = pair_slug(catalog, &a.id, &b.id);
            let title = format!("{} vs {}", a.label, b.label);
            links.push(RelatedPair { href: format!("/compare/{slug}"), title, why: "comparison".into() });
        }
    }
    let pages = MENU.into_iter().filter(|(href, label)| {
        let names = [href.trim_start_matches('/').to_owned(), label.to_lowercase()];
        words.iter().any(|word| names.iter().any(|name| !name.is_empty() && is_near(word, name)))
    });
    links.extend(pages.map(|(href, label)| RelatedPair {
        href: href.to_owned(),
        title: label.to_owned(),
        why: "page".into(),
    }));
    let last = words.last().map(|word| catalog.nearest(word, 3)).unwrap_or_default();
    links.extend(last.into_iter().map(|metric| to_metric(metric)));
    links.dedup_by(|one, other| one.href == other.href);
    links
}

/// Whether two words differ by a slip of the keys.
fn is_near(word: &str, name: &str) -> bool {
    strsim::damerau_levenshtein(word, name) <= if name.len() > 4 { 2 } else { 1 }
}

/// Renders a page that can be shown.
pub(super) fn show(page: &impl Template) -> PageResult {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be made");
        PageError::Internal
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response())
}
