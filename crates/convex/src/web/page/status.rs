//! `/status`: what is fresh, late, stale, discontinued.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use convex_core::freshness::AgeState;

use crate::desk::{Backfill, Desk};
use crate::format;
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::metrics::{MetricLine, line};
use crate::web::view::supply::{ProviderLine, SeriesLine, provider_line, series_lines};

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
    states: Vec<(String, &'static str, Vec<MetricLine>)>,
    backfill: Option<Backfill>,
    providers: Vec<ProviderLine>,
    supplied: Vec<SeriesLine>,
}

pub(in crate::web) async fn status(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let status = desk.status().await?;
    let rows = desk.overview().await?;
    // In the order of concern; what was never stored is no series of this installation.
    let states: Vec<_> = AgeState::ALL
        .into_iter()
        .filter(|state| *state != AgeState::Empty)
        .map(|state| {
            let lines: Vec<MetricLine> = rows.iter().filter(|row| row.freshness.state == state).map(line).collect();
            (format::capitalised(state.word()), state.meaning(), lines)
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
        backfill: desk.backfill().await?,
        providers: desk.providers().await?.iter().map(provider_line).collect(),
        supplied: if status.sample { Vec::new() } else { series_lines(&rows, desk.supply().await?.as_ref()) },
    })
}
