//! The wire format of forecasts, states, episodes, shocks and odds.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use convex_core::figure::Unavailable;
use serde_json::{Value, json};

use super::Problem;
use crate::desk::{Desk, Episode, Regimes};
use crate::settings::Query;
use crate::web::supposed;

/// A number, or why there is none.
fn number(found: Result<f64, &Unavailable>) -> Value {
    match found {
        Ok(value) => json!(value),
        Err(why) => json!({ "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
    }
}

pub(super) async fn forecasts(State(desk): State<Arc<Desk>>) -> Result<Json<Value>, Problem> {
    let targets = desk.forecast_targets().await?;
    let list: Vec<Value> =
        targets.iter().map(|(target, day)| json!({ "target": target, "newest": day.to_string() })).collect();
    Ok(Json(json!({ "sample": desk.is_sample().await, "forecasts": list })))
}

pub(super) async fn forecast(
    State(desk): State<Arc<Desk>>,
    Path(target): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    let query = Query::read(raw.as_deref());
    let until = query.day("as_of")?;
    let target = canonical(&desk, &target);
    if query.get("all") == Some("1") {
        let found = desk.forecasts_of(&target).await?;
        let list: Vec<Value> =
            found.iter().map(|kept| json!({ "kept_at": kept.made.to_string(), "forecast": kept.record })).collect();
        return Ok(Json(json!({ "target": target, "forecasts": list })));
    }
    let Some(kept) = desk.forecast(&target, until).await? else {
        return Err(Problem::not_found());
    };
    Ok(Json(json!({ "sample": desk.is_sample().await, "kept_at": kept.made.to_string(), "forecast": kept.record })))
}

/// The name forecasts are kept under.
fn canonical(desk: &Desk, typed: &str) -> String {
    let catalog = desk.catalog();
    let id = |typed: &str| catalog.resolve(typed).map_or_else(|| typed.to_owned(), |metric| metric.id.clone());
    match typed.split_once("-vs-") {
        Some((a, b)) => {
            let (a, b) = catalog.canonical(&id(a), &id(b));
            format!("{a}-vs-{b}")
        }
        None => id(typed),
    }
}

pub(super) async fn scorecard(State(desk): State<Arc<Desk>>) -> Result<Json<Value>, Problem> {
    let Some((card, made)) = desk.scorecard().await? else { return Err(Problem::not_found()) };
    Ok(Json(json!({ "sample": desk.is_sample().await, "made": made.to_string(), "scorecard": card })))
}

pub(super) async fn regimes(State(desk): State<Arc<Desk>>) -> Result<Json<Value>, Problem> {
    let found = desk.regimes().await?;
    Ok(Json(regimes_of(&found, desk.is_sample().await)))
}

/// The document of the states of the market.
pub fn regimes_of(found: &Regimes, sample: bool) -> Value {
    let rules: Vec<Value> = found
        .histories
        .iter()
        .filter_map(|history| {
            let now = history.now()?;
            Some(json!({
                "id": history.rule.id,
                "rule": history.rule.words,
                "states": history.rule.states,
                "known": if history.rule.known == convex_core::regime::Known::Later { "later" } else { "before" },
                "now": {
                    "state": now.state,
                    "name": history.name(now.state),
                    "day": now.day.to_string(),
                    "since": now.since.to_string(),
                    "chance": now.chance,
                    "kept_after_21": { "spans": now.spans, "kept": now.kept },
                },
                "stretches": history.stretches().iter().map(|(from, to, state)| json!([from.to_string(), to.to_string(), state])).collect::<Vec<_>>(),
            }))
        })
        .collect();
    let pairs: Vec<Value> = found
        .pairs
        .iter()
        .map(|pair| {
            let states: Vec<Value> = found
                .histories
                .iter()
                .zip(&pair.states)
                .flat_map(|(history, states)| {
                    states.iter().map(|state| {
                        let interval = |of: &Result<(f64, convex_core::figure::Interval), Unavailable>| {
                            of.as_ref().ok().map(|(_, interval)| [interval.low, interval.high])
                        };
                        json!({
                            "rule": history.rule.id,
                            "state": state.state,
                            "n": state.n,
                            "correlation": number(state.correlation.as_ref().map(|(value, _)| *value)),
                            "correlation_95": interval(&state.correlation),
                            "ahead_21": number(state.ahead_21.as_ref().map(|(value, _)| *value)),
                            "ahead_21_95": interval(&state.ahead_21),
                        })
                    })
                })
                .collect();
            json!({ "pair": format!("{}-vs-{}", pair.a.id, pair.b.id), "states": states })
        })
        .collect();
    let appetite = match &found.appetite {
        Ok(appetite) => appetite
            .index
            .last()
            .map(|(day, value)| json!({ "day": day.to_string(), "value": value, "parts": appetite.parts })),
        Err(why) => Some(json!({ "unavailable": { "reason": why.reason(), "detail": why.detail() } })),
    };
    json!({ "sample": sample, "regimes": rules, "risk_appetite": appetite, "pairs": pairs })
}

pub(super) async fn scenarios(State(desk): State<Arc<Desk>>) -> Json<Value> {
    Json(scenarios_of(&desk))
}

/// The list of episodes.
pub fn scenarios_of(desk: &Desk) -> Value {
    let list: Vec<Value> = desk
        .windows()
        .iter()
        .map(|window| {
            json!({ "id": window.id, "name": window.name, "story": window.story, "from": window.from.to_string(),
                    "to": window.to.to_string(), "own": window.own })
        })
        .collect();
    json!({ "scenarios": list })
}

pub(super) async fn scenario(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let Some(found) = desk.episode(&id).await? else { return Err(Problem::not_found()) };
    Ok(Json(episode_of(&found, desk.is_sample().await)))
}

/// The document of an episode.
pub fn episode_of(found: &Episode, sample: bool) -> Value {
    let metrics: Vec<Value> = found
        .metrics
        .iter()
        .map(|(metric, found)| match found {
            Ok(found) => json!({
                "id": metric.id,
                "change": found.change,
                "drawdown": found.drawdown,
                "days_to_recover": found.days_to_recover,
                "n": found.n,
                "before": { "day": found.before.0.to_string(), "value": found.before.1 },
                "end": { "day": found.end.0.to_string(), "value": found.end.1 },
            }),
            Err(why) => json!({ "id": metric.id, "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
        })
        .collect();
    let pairs: Vec<Value> = found
        .pairs
        .iter()
        .map(|(a, b, found)| match found {
            Ok(found) => json!({
                "pair": format!("{}-vs-{}", a.id, b.id),
                "ratio_move": number(found.ratio_move.as_ref().copied()),
                "correlation": number(found.correlation.as_ref().copied()),
                "n": found.n,
                "hedge_ratio": number(found.hedge_ratio.as_ref().copied()),
                "unhedged": found.unhedged,
                "hedged": number(found.hedged.as_ref().copied()),
                "variance_reduction": number(found.variance_reduction.as_ref().copied()),
            }),
            Err(why) => json!({ "pair": format!("{}-vs-{}", a.id, b.id),
                                "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
        })
        .collect();
    let window = &found.window;
    json!({ "id": window.id, "name": window.name, "from": window.from.to_string(), "to": window.to.to_string(),
            "sample": sample, "metrics": metrics, "pairs": pairs })
}

pub(super) async fn shock(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> Result<Json<Value>, Problem> {
    let asked = supposed(&Query::read(raw.as_deref()))?;
    let Some(asked) = asked else {
        return Err(Problem::bad_request(
            "a shock needs a move: vix, spx or y10, as in ?vix=20&sessions=21".to_owned(),
        ));
    };
    let found = desk.shocked(asked).await?;
    let moves: Vec<Value> = found
        .shock
        .moves
        .iter()
        .map(|one| json!({ "driver": one.driver.key, "series": one.driver.id, "amount": one.amount, "unit": one.driver.unit }))
        .collect();
    let answers: Vec<Value> = found
        .answers
        .iter()
        .map(|(target, answer)| match answer {
            Err(why) => json!({ "target": target, "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
            Ok(answer) => json!({
                "target": target,
                "alike": answer.alike,
                "median": number(answer.median.as_ref().copied()),
                "quartiles": answer.quartiles.as_ref().ok(),
                "rose": number(answer.rose.as_ref().copied()),
                "cases": answer.cases.iter().map(|case| json!({
                    "from": case.from.to_string(), "to": case.to.to_string(), "moves": case.moves,
                    "distance": case.distance, "change": case.change,
                })).collect::<Vec<_>>(),
                "regression": match &answer.regression {
                    Ok(line) => json!({ "expected": line.expected, "low": line.low, "high": line.high, "r2": line.r2,
                                        "n": line.n, "beyond": line.beyond }),
                    Err(why) => json!({ "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
                },
            }),
        })
        .collect();
    Ok(Json(
        json!({ "sample": desk.is_sample().await, "sessions": found.shock.sessions, "moves": moves, "answers": answers }),
    ))
}

pub(super) async fn events(State(desk): State<Arc<Desk>>) -> Result<Json<Value>, Problem> {
    let found = desk.odds().await?;
    Ok(Json(json!({ "sample": desk.is_sample().await, "events": odds(&found) })))
}

pub(super) async fn events_of_pair(
    State(desk): State<Arc<Desk>>,
    Path(pair): Path<String>,
) -> Result<Json<Value>, Problem> {
    let (a, b) = super::split_pair(&pair).ok_or_else(Problem::not_found)?;
    let (a, b) = (desk.resolve(a).await?, desk.resolve(b).await?);
    let found = desk.odds_of_pair(&a, &b).await?;
    Ok(Json(
        json!({ "pair": format!("{}-vs-{}", a.id, b.id), "sample": desk.is_sample().await, "events": odds(&found) }),
    ))
}

fn odds(found: &[convex_core::event::Assessment]) -> Vec<Value> {
    found
        .iter()
        .map(|one| {
            let now = match &one.now {
                Ok(odds) => json!({ "day": odds.day.to_string(), "chance": one.chance(odds), "base": odds.base,
                                    "base_95": [odds.interval.low, odds.interval.high], "cases": odds.cases,
                                    "came": odds.came, "updated": odds.updated }),
                Err(why) => json!({ "unavailable": { "reason": why.reason(), "detail": why.detail() } }),
            };
            let history: Vec<Value> = one
                .history
                .iter()
                .map(|step| {
                    json!({ "day": step.odds.day.to_string(), "base": step.odds.base,
                                    "updated": step.odds.updated, "happened": step.happened })
                })
                .collect();
            json!({
                "id": one.event.id, "question": one.event.question, "class": one.event.class, "known": one.event.known,
                "within": one.event.within, "now": now, "update_shown": one.update_shown, "settled": one.settled,
                "brier": one.brier.map(|(base, update)| json!({ "base": base, "update": update })),
                "log_score": one.log_score.map(|(base, update)| json!({ "base": base, "update": update })),
                "history": history,
            })
        })
        .collect()
}
