//! `/status`: what is fresh, late, stale, discontinued.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use convex_core::freshness::AgeState;

use crate::desk::Desk;
use crate::format;
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::metrics::{MetricLine, line};

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    shell: Shell,
    summary: String,
    series: String,
    observations: String,
    database: String,
    version: &'static str,
    today: String,
    states: Vec<(&'static str, &'static str, Vec<MetricLine>)>,
}

/// States in the order of concern, with what they mean.
const STATES: [(AgeState, &str, &str); 4] = [
    (AgeState::Stale, "Stale", "More than two observations are overdue."),
    (AgeState::Late, "Late", "One or two observations are overdue."),
    (AgeState::Fresh, "Fresh", "Nothing is overdue."),
    (AgeState::Discontinued, "Discontinued", "The publisher has ended the series."),
];

pub(in crate::web) async fn status(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let status = desk.status().await?;
    let rows = desk.overview().await?;
    let states: Vec<_> = STATES
        .iter()
        .map(|(state, word, meaning)| {
            let lines: Vec<MetricLine> = rows.iter().filter(|row| row.freshness.state == *state).map(line).collect();
            (*word, *meaning, lines)
        })
        .filter(|(_, _, lines)| !lines.is_empty())
        .collect();
    let counts: Vec<String> = states
        .iter()
        .map(|(word, _, lines)| format!("{} {}", format::count(lines.len()), word.to_lowercase()))
        .collect();
    let summary = if counts.is_empty() {
        "Nothing is stored yet: convex import FOLDER brings CSV files.".to_owned()
    } else {
        format!("Of the series stored: {}.", counts.join(", "))
    };
    // Where a database lies on its machine is nobody's business but the operator's.
    let database = status.database.split(':').next().unwrap_or_default().to_owned();
    let description = "What is stored, how old it is, what is late.";
    let shell = Shell::of(&desk, "Status", description).await.from(&origin).at("/status");
    show(&StatusPage {
        shell,
        summary,
        series: format::count(status.series),
        observations: format::count(status.observations),
        database,
        version: status.version,
        today: format::weekday(desk.today()),
        states,
    })
}
