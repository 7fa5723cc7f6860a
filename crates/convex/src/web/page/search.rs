//! `/search`: one name leads to its page, two to their comparison, anything else to what is near.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use convex_core::catalog::Metric;

use crate::desk::Desk;
use crate::settings::{Query, pair_slug, shortened};
use crate::web::errors::{PageResult, show, to_metric};
use crate::web::shell::Shell;
use crate::web::view::metrics::matches;
use crate::web::view::related::RelatedPair;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    shell: Shell,
    parts: Vec<(String, Vec<RelatedPair>)>,
}

/// Links shown for one name.
const MOST: usize = 9;
/// Words between two names.
const BETWEEN: [&str; 7] = [" vs. ", " vs ", " versus ", " against ", " and ", "/", ","];

pub(in crate::web) async fn search(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    let query = Query::read(raw.as_deref());
    let typed = typed(&query);
    if let Ok(metric) = desk.resolve(&typed).await {
        return Ok(Redirect::to(&format!("/metrics/{}", metric.id)).into_response());
    }
    for (left, right) in splits(&typed) {
        if let (Ok(a), Ok(b)) = (desk.resolve(left).await, desk.resolve(right).await) {
            let slug = pair_slug(desk.catalog(), &a.id, &b.id);
            return Ok(Redirect::to(&format!("/compare/{slug}")).into_response());
        }
    }
    let mut shell = Shell::of(&desk, "Search", "Find a series, or compare two.").await;
    shell.is_hidden = true;
    shell.search.clone_from(&typed);
    show(&SearchPage { parts: parts(&desk, &typed), shell })
}

/// What was typed: in one field, or in the two of a comparison.
fn typed(query: &Query) -> String {
    match (query.get("a"), query.get("b")) {
        (Some(a), Some(b)) => format!("{} vs {}", shortened(a), shortened(b)),
        _ => shortened(query.get("q").or(query.get("a")).or(query.get("b")).unwrap_or_default()),
    }
}

/// Every way to read the text as two names: at a word between them first, then at each space.
fn splits(text: &str) -> Vec<(&str, &str)> {
    let lower = text.to_ascii_lowercase();
    let mut splits: Vec<(&str, &str)> = BETWEEN
        .iter()
        .filter_map(|word| {
            let at = lower.find(word)?;
            Some((&text[..at], &text[at + word.len()..]))
        })
        .collect();
    splits.extend(text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..])));
    splits.retain(|(left, right)| !left.trim().is_empty() && !right.trim().is_empty());
    splits.into_iter().map(|(left, right)| (left.trim(), right.trim())).collect()
}

/// What is near each name of the text.
fn parts(desk: &Desk, typed: &str) -> Vec<(String, Vec<RelatedPair>)> {
    if typed.is_empty() {
        return Vec::new();
    }
    let names = splits(typed).first().map_or_else(|| vec![typed], |(left, right)| vec![*left, *right]);
    names.into_iter().map(|name| (name.to_owned(), near(desk, name))).collect()
}

/// Metrics that hold the text in a name, then those with a similar one.
fn near(desk: &Desk, name: &str) -> Vec<RelatedPair> {
    let wanted = name.to_lowercase();
    let holding = desk.catalog().metrics().map(AsRef::as_ref).filter(|metric: &&Metric| matches(metric, &wanted));
    let similar = desk.catalog().nearest(name, MOST).into_iter().map(AsRef::as_ref);
    let mut links: Vec<RelatedPair> = Vec::new();
    for metric in holding.chain(similar) {
        let link = to_metric(metric);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links.truncate(MOST);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_found_however_they_are_joined() {
        assert_eq!(splits("DIA vs IWM")[0], ("DIA", "IWM"));
        assert_eq!(splits("dia Versus iwm")[0], ("dia", "iwm"));
        assert_eq!(splits("gold/silver"), [("gold", "silver")]);
        assert_eq!(splits("10y yield gold"), [("10y", "yield gold"), ("10y yield", "gold")]);
        assert_eq!(splits("dia"), []);
        assert_eq!(splits("vs iwm"), [("vs", "iwm")]);
        assert_eq!(splits(" / "), []);
    }

    #[test]
    fn both_fields_of_the_form_are_read() {
        assert_eq!(typed(&Query::read(Some("a=dia&b=iwm"))), "dia vs iwm");
        assert_eq!(typed(&Query::read(Some("q=+dia+"))), "dia");
        assert_eq!(typed(&Query::read(None)), "");
    }
}
