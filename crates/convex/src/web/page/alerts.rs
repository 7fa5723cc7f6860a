//! `/alerts`: “tell me when …”, shown against the past before it is asked for.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use convex_core::alert::{EXAMPLES, Rule, Subject};

use crate::alerts::{BadAsk, ask, preview_words};
use crate::desk::{self, Desk};
use crate::settings::Query;
use crate::web::errors::{PageError, PageResult, show};
use crate::web::shell::Shell;

/// Figures offered beside a page: of a pair, of a metric. Any other can be typed.
pub(in crate::web) const WATCHED: [&[(&str, &str)]; 2] = [
    &[
        ("divergence.z", "the gap, in deviations of its year,"),
        ("correlation.90d.pearson", "the correlation over 90 days"),
        ("correlation.252obs.pearson", "the correlation over 252 sessions"),
        ("beta.90d.beta", "beta over 90 days"),
    ],
    &[
        ("value", "its value"),
        ("change.1obs", "its change in a session"),
        ("change.30d", "its change in 30 days"),
        ("window_90d.z", "its z within 90 days"),
        ("window_90d.percentile_all", "its place in all history"),
    ],
];

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    shell: Shell,
    typed: String,
    /// The rule as it is understood.
    rule: Option<String>,
    said: Vec<String>,
    trouble: Option<String>,
    href: String,
    examples: [&'static str; 5],
}

pub(in crate::web) async fn page(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    let query = Query::read(raw.as_deref());
    let typed: String = query.get("rule").unwrap_or_default().chars().take(260).collect();
    let about = query.get("about").and_then(subject);
    // A form puts a rule together from its parts.
    let typed = match (query.get("figure"), query.get("side"), query.get("level")) {
        (Some(figure), Some(side), Some(level)) if typed.is_empty() && !level.is_empty() => {
            let closes = query.get("closes").filter(|closes| *closes != "1" && !closes.is_empty());
            let closes = closes.map(|closes| format!(" for {closes} closes")).unwrap_or_default();
            format!("{figure} {side} {level}{closes}").chars().take(260).collect()
        }
        _ => typed,
    };
    let shell = Shell::of(&desk, "Tell me when", "Rules on any figure, shown against the past before they are kept.");
    let mut page = AlertsPage {
        shell: shell.await.canonical("/alerts"),
        rule: None,
        said: Vec::new(),
        trouble: None,
        href: String::new(),
        examples: EXAMPLES,
        typed,
    };
    if page.typed.is_empty() {
        page.typed = about.map(|about| format!("{about}: ")).unwrap_or_default();
        return show(&page);
    }
    page.shell.is_hidden = true;
    match ask(&desk, &page.typed, about.as_ref()).await {
        Ok(asked) => {
            page.said = match &asked.preview {
                Some(preview) => {
                    let metric = asked.metrics.first().filter(|_| asked.metrics.len() == 1);
                    preview_words(preview, &asked.subject, metric.map(AsRef::as_ref))
                }
                None => vec![
                    "What this rule would have done is not known: verdicts, ages and figures of whole comparisons are not kept \
                     for past days. It is watched from the next close on."
                        .to_owned(),
                ],
            };
            page.href = match &asked.rule.subject {
                Subject::Metric(id) => format!("/metrics/{id}"),
                Subject::Pair(a, b) => format!("/compare/{}", crate::settings::pair_slug(desk.catalog(), a, b)),
            };
            page.rule = Some(asked.rule.to_string());
        }
        Err(BadAsk::Desk(error @ (desk::Error::Store(_) | desk::Error::Stopped(_) | desk::Error::Shared(_)))) => {
            return Err(PageError::from(error));
        }
        Err(error) => page.trouble = Some(error.to_string()),
    }
    show(&page)
}

/// The subject of a page’s address.
fn subject(text: &str) -> Option<Subject> {
    let text = text.trim_start_matches("/compare/").trim_start_matches("/metrics/");
    Rule::parse(&format!("{text}: late"), None).ok().map(|rule| rule.subject)
}
