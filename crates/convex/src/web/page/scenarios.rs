//! `/scenarios`: episodes of the past, and the form of supposed shocks.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use convex_core::catalog::{ChangeKind, Metric};
use convex_core::shock::{DRIVERS, Move, Shock};

use crate::desk::Desk;
use crate::format;
use crate::settings::{BadSetting, Query, shortened};
use crate::web::errors::{PageError, PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::outlook::scenario::{EpisodeView, ShockView, episode_view, fields, shock_view};

#[derive(Template)]
#[template(path = "scenarios.html")]
struct ScenariosPage {
    shell: Shell,
    /// Address, name, span, story.
    episodes: Vec<[String; 4]>,
    fields: Vec<(&'static str, &'static str, &'static str, i32, String)>,
    /// Spans offered, and whether each is chosen.
    spans: [(usize, bool); 3],
    shock: Option<ShockView>,
}

#[derive(Template)]
#[template(path = "scenario.html")]
struct ScenarioPage {
    shell: Shell,
    view: EpisodeView,
}

/// The shock an address asks for, if it does.
pub(crate) fn supposed(query: &Query) -> Result<Option<Shock>, BadSetting> {
    let mut moves = Vec::new();
    for driver in DRIVERS {
        let Some(text) = query.get(driver.key) else { continue };
        let bad = || {
            BadSetting(format!(
                "{}: \"{}\" is not a number from −{} to {}, without 0 ({} of {})",
                driver.key,
                shortened(text),
                driver.most,
                driver.most,
                driver.unit,
                driver.name
            ))
        };
        let plain = text.replace('−', "-");
        let amount: f64 = plain.trim_start_matches('+').parse().map_err(|_| bad())?;
        if !(amount.is_finite() && amount.abs() <= f64::from(driver.most) && amount.abs() > 1e-9) {
            return Err(bad());
        }
        moves.push(Move { driver, amount });
    }
    let sessions = match query.get("sessions") {
        None => 21,
        Some(text) => match text.parse() {
            Ok(sessions @ (5 | 21 | 63)) => sessions,
            _ => return Err(BadSetting(format!("sessions: \"{}\" is none of 5, 21, 63", shortened(text)))),
        },
    };
    Ok((!moves.is_empty()).then_some(Shock { moves, sessions }))
}

pub(in crate::web) async fn scenarios(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    let query = Query::read(raw.as_deref());
    let asked = supposed(&query)?;
    let sessions = asked.as_ref().map_or(21, |shock| shock.sessions);
    let shock = match asked {
        None => None,
        Some(shock) => {
            let found = desk.shocked(shock).await?;
            Some(shock_view(&found, |name| label(&desk, name)))
        }
    };
    let episodes = desk.windows().iter().map(|window| {
        let span = format!("{} to {}", format::day(window.from), format::day(window.to));
        [format!("/scenarios/{}", window.id), window.name.clone(), span, window.story.clone()]
    });
    let episodes = episodes.collect();
    let description = "Dated episodes of stress, and what followed moves like a supposed one.";
    let shell = Shell::of(&desk, "Scenarios and shocks", description).await.at("/scenarios");
    let fields = fields(|key| query.get(key).unwrap_or_default().to_owned());
    let spans = [5, 21, 63].map(|span| (span, span == sessions));
    show(&ScenariosPage { shell, episodes, fields, spans, shock })
}

pub(in crate::web) async fn scenario(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> PageResult {
    let Some(found) = desk.episode(&id).await? else { return Err(PageError::NotFound) };
    let view = episode_view(&found);
    let shell = Shell::of(&desk, view.title.clone(), view.story.clone()).await.canonical(format!("/scenarios/{id}"));
    show(&ScenarioPage { shell, view })
}

/// Name, address, and whether changes are read in per cent.
fn label(desk: &Desk, name: &str) -> (String, String, bool) {
    let catalog = desk.catalog();
    let of = |id: &str| catalog.metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone());
    if let Some((a, b)) = name.split_once("-vs-") {
        return (format!("{} / {}", of(a), of(b)), format!("/compare/{name}"), true);
    }
    let is_log = |metric: &std::sync::Arc<Metric>| metric.change == ChangeKind::Log;
    (of(name), format!("/metrics/{name}"), catalog.metric(name).is_none_or(is_log))
}
