//! `/digest` and `/digest/{date}`: the digests, each as it was first made.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use convex_core::Day;

use crate::desk::Desk;
use crate::format;
use crate::web::digest::{Content, kept, kept_or_made};
use crate::web::errors::{PageError, PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "digest.html")]
struct DigestPage {
    shell: Shell,
    content: Content,
    day: String,
    /// Whether this is how it was made on its day.
    is_kept: bool,
}

#[derive(Template)]
#[template(path = "digests.html")]
struct DigestsPage {
    shell: Shell,
    /// Address, day and subject.
    lines: Vec<(String, String, String)>,
    today: String,
}

pub(in crate::web) async fn one(State(desk): State<Arc<Desk>>, origin: Origin, Path(date): Path<String>) -> PageResult {
    let day: Day = date.parse().map_err(|_| {
        PageError::BadRequest(format!("“{}” is not a date of the form 2025-12-31", crate::settings::shortened(&date)))
    })?;
    if day > desk.today() {
        return Err(PageError::BadRequest(format!(
            "{} has not come: the digest of a day is made on it",
            format::day(day)
        )));
    }
    let is_kept = kept(&desk, day).await?.is_some();
    let content = kept_or_made(&desk, day).await?;
    let shell = Shell::of(&desk, content.subject.clone(), content.lead.clone()).await.from(&origin);
    let mut shell = shell.canonical(format!("/digest/{day}"));
    // What was made for this visitor alone is no page of record.
    shell.is_hidden |= !is_kept;
    shell.picture = content.picture.as_ref().map(|pair| format!("/og/compare/{pair}.png?as_of={day}"));
    show(&DigestPage { shell, content, day: format::weekday(day), is_kept })
}

pub(in crate::web) async fn all(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let newest = desk.readers().digests(100).await.map_err(super::reader::failed)?;
    let line = |(day, _, text): (Day, jiff::Timestamp, String)| {
        let content: Content = serde_json::from_str(&text).ok()?;
        Some((format!("/digest/{day}"), format::day(day), content.subject))
    };
    let shell = Shell::of(&desk, "Daily digests", "What changed each day, as it was said on that day.").await;
    let (shell, today) = (shell.from(&origin).canonical("/digest"), desk.today().to_string());
    show(&DigestsPage { shell, lines: newest.into_iter().filter_map(line).collect(), today })
}
