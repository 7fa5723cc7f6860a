//! `/`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::desk::Desk;
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::home::{HomeView, SEEDS, home_view};
use crate::web::view::today::{Today, today};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    view: HomeView,
    /// None while the tests of the day are being made.
    today: Option<Today>,
}

pub(in crate::web) async fn home(State(desk): State<Arc<Desk>>) -> PageResult {
    let rows = desk.overview().await?;
    let mut seeds = Vec::new();
    for (a, b) in SEEDS {
        // A catalogue of the operator's own may lack a leg, and a young database may lack its values.
        let (Some(a), Some(b)) = (desk.catalog().metric(a), desk.catalog().metric(b)) else { continue };
        let comparison = desk.comparison_of(a, b, None).await?;
        if comparison.apart.is_none() {
            seeds.push(comparison);
        }
    }
    let view = home_view(desk.catalog(), desk.live(), &rows, &seeds);
    let description = "Compare any two market or macro series: every number with its date, sample and uncertainty.";
    let shell = Shell::of(&desk, "Compare any two series", description).await.at("/");
    let today = desk.family_at_hand().await?.map(|family| today(&family));
    show(&HomePage { shell, view, today })
}
