//! `/forecasts`: the public record, and the odds of events.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::desk::Desk;
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::outlook::regime::{OddsView, odds_view};
use crate::web::view::outlook::scorecard::{ScorecardView, scorecard_view};

#[derive(Template)]
#[template(path = "forecasts.html")]
struct ForecastsPage {
    shell: Shell,
    card: Option<ScorecardView>,
    made: String,
    odds: Vec<OddsView>,
    /// Address and name of each target with bands.
    targets: Vec<(String, String)>,
}

pub(in crate::web) async fn forecasts(State(desk): State<Arc<Desk>>) -> PageResult {
    let found = desk.scorecard().await?;
    let odds = odds_view(&desk.odds().await?, None);
    let targets = desk.forecast_targets().await?.into_iter().map(|(name, _)| match name.split_once("-vs-") {
        Some((a, b)) => (format!("/compare/{name}#scenarios"), format!("{} / {}", label(&desk, a), label(&desk, b))),
        None => (format!("/metrics/{name}#forecast"), label(&desk, &name)),
    });
    let targets = targets.collect();
    let description =
        "Bands for what comes next, scored in public against walks without direction, and odds of events.";
    let shell = Shell::of(&desk, "Forecasts and their record", description).await.at("/forecasts");
    let made = found.as_ref().map(|(_, made)| made.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
    show(&ForecastsPage { shell, card: found.map(|(card, _)| scorecard_view(&card)), made, odds, targets })
}

fn label(desk: &Desk, id: &str) -> String {
    desk.catalog().metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone())
}
