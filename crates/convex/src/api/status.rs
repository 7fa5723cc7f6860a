//! `/api/v1/status`: what is stored, how old it is, how asking the providers goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use convex_core::SeriesId;
use jiff::Timestamp;
use serde::Serialize;

use super::metric::AgeDto;
use super::problem::Problem;
use crate::desk::{Desk, MetricRow, ProviderStatus, Supply};

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct StatusDto {
    now: String,
    version: &'static str,
    sample: bool,
    series: usize,
    observations: usize,
    /// Stored series by the word for their age.
    states: BTreeMap<&'static str, usize>,
    /// How far the first fetch of all has come, while it goes on.
    backfill: Option<BackfillDto>,
    providers: Vec<ProviderDto>,
    supply: Vec<SeriesDto>,
}

#[derive(Debug, Serialize)]
struct BackfillDto {
    done: usize,
    of: usize,
}

#[derive(Debug, Serialize)]
struct ProviderDto {
    id: &'static str,
    name: &'static str,
    enabled: bool,
    series_asked: usize,
    series_failing: usize,
    last_success: Option<String>,
    last_failure: Option<FailureDto>,
    trouble: Option<TroubleDto>,
    paused: Option<PauseDto>,
    today: BTreeMap<String, u64>,
    week: BTreeMap<String, u64>,
    allowances: Vec<AllowanceDto>,
}

#[derive(Debug, Serialize)]
struct FailureDto {
    at: String,
    class: String,
}

#[derive(Debug, Serialize)]
struct TroubleDto {
    since: Option<String>,
    words: String,
}

#[derive(Debug, Serialize)]
struct PauseDto {
    until: String,
    class: String,
    words: String,
}

#[derive(Debug, Serialize)]
struct AllowanceDto {
    window: &'static str,
    used: u32,
    left: u32,
    limit: u32,
}

/// Where the values of one series come from.
#[derive(Debug, Serialize)]
struct SeriesDto {
    id: String,
    source: Option<&'static str>,
    age: AgeDto,
    switches: Vec<SwitchDto>,
    held: Vec<HeldDto>,
    disagreements: Vec<DisagreementDto>,
    /// Sentences that stand on its pages.
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SwitchDto {
    at: String,
    from: Option<String>,
    to: String,
    reason: String,
}

#[derive(Debug, Serialize)]
struct HeldDto {
    id: i64,
    day: String,
    value: f64,
    source: String,
    reason: String,
    words: String,
    found_at: String,
}

#[derive(Debug, Serialize)]
struct DisagreementDto {
    source: String,
    since: String,
    checked_at: String,
    compared: u32,
    differing: u32,
    day: String,
    value: f64,
    other: f64,
    tolerance: f64,
}

pub(super) async fn status(State(desk): State<Arc<Desk>>) -> Result<Json<StatusDto>, Problem> {
    let status = desk.status().await?;
    let rows = desk.overview().await?;
    let supply = desk.supply().await?;
    let mut states = BTreeMap::new();
    for row in rows.iter().filter(|row| row.n > 0) {
        *states.entry(row.freshness.state.word()).or_default() += 1;
    }
    Ok(Json(StatusDto {
        now: desk.now().to_string(),
        version: status.version,
        sample: status.sample,
        series: status.series,
        observations: status.observations,
        states,
        backfill: desk.backfill().await?.map(|one| BackfillDto { done: one.done, of: one.of }),
        providers: desk.providers().await?.into_iter().map(ProviderDto::from).collect(),
        supply: rows.iter().filter(|row| row.n > 0).map(|row| series(row, &supply)).collect(),
    }))
}

impl From<ProviderStatus> for ProviderDto {
    fn from(one: ProviderStatus) -> Self {
        let text = |at: Timestamp| at.to_string();
        Self {
            id: one.provider.key(),
            name: one.provider.name(),
            enabled: one.enabled,
            series_asked: one.asked,
            series_failing: one.failing,
            last_success: one.last_success.map(text),
            last_failure: one.last_failure.map(|(at, class)| FailureDto { at: at.to_string(), class }),
            trouble: one.trouble.map(|(words, since)| TroubleDto { since: since.map(text), words }),
            paused: one.pause.map(|pause| PauseDto {
                until: pause.until.to_string(),
                class: pause.class,
                words: pause.words,
            }),
            today: one.today.into_iter().collect(),
            week: one.week.into_iter().collect(),
            allowances: one
                .allowances
                .into_iter()
                .map(|one| AllowanceDto {
                    window: one.window.word(),
                    used: one.used,
                    left: one.limit.saturating_sub(one.used),
                    limit: one.limit,
                })
                .collect(),
        }
    }
}

fn series(row: &MetricRow, supply: &Supply) -> SeriesDto {
    let is_of = |id: &SeriesId| id.metric == row.metric.id;
    SeriesDto {
        id: row.metric.id.clone(),
        source: row.provider.map(convex_core::catalog::Provider::key),
        age: (&row.freshness).into(),
        switches: supply
            .switches
            .iter()
            .filter(|one| is_of(&one.series))
            .map(|one| SwitchDto {
                at: one.at.to_string(),
                from: one.from.clone(),
                to: one.to.clone(),
                reason: one.reason.clone(),
            })
            .collect(),
        held: supply
            .held
            .iter()
            .filter(|one| is_of(&one.series))
            .map(|one| HeldDto {
                id: one.id,
                day: one.day.to_string(),
                value: one.value,
                source: one.provider.clone(),
                reason: one.reason.clone(),
                words: one.words.clone(),
                found_at: one.found_at.to_string(),
            })
            .collect(),
        disagreements: supply
            .disagreements
            .iter()
            .filter(|one| is_of(&one.series))
            .map(|one| DisagreementDto {
                source: one.provider.clone(),
                since: one.found_at.to_string(),
                checked_at: one.checked_at.to_string(),
                compared: one.compared,
                differing: one.differing,
                day: one.worst_day.to_string(),
                value: one.value,
                other: one.other,
                tolerance: one.tolerance,
            })
            .collect(),
        warnings: supply.warnings(&row.metric),
    }
}
