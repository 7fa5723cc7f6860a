//! `/regime`: the states of the market.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::desk::Desk;
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::outlook::regime::{RegimeView, regime_view};

#[derive(Template)]
#[template(path = "regime.html")]
struct RegimePage {
    shell: Shell,
    view: RegimeView,
}

pub(in crate::web) async fn regime(State(desk): State<Arc<Desk>>) -> PageResult {
    let found = desk.regimes().await?;
    let description = "The state of each regime now, since when and how sure, and what pairs did in it.";
    let shell = Shell::of(&desk, "States of the market", description).await.at("/regime");
    show(&RegimePage { shell, view: regime_view(&found) })
}
