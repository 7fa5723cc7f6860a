//! `/`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use futures_util::future::try_join_all;

use crate::desk::{Backfill, Desk};
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::home::{HomeView, SEEDS, home_view};
use crate::web::view::today::{Today, today};
use crate::web::view::weather::{TOLD_BY, Weather, weather};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    shell: Shell,
    view: HomeView,
    /// None while the tests of the day are being made.
    today: Option<Today>,
    weather: Vec<Weather>,
    backfill: Option<Backfill>,
}

pub(in crate::web) async fn home(State(desk): State<Arc<Desk>>, origin: Origin) -> PageResult {
    let rows = desk.overview().await?;
    // A catalogue of the operator's own may lack a leg, and a young database may lack its values.
    let legs = SEEDS.iter().filter_map(|(a, b)| desk.catalog().metric(a).zip(desk.catalog().metric(b)));
    let mut seeds = try_join_all(legs.map(|(a, b)| desk.recent_comparison(a, b))).await?;
    seeds.retain(|comparison| comparison.apart.is_none());
    let mut told = Vec::new();
    for id in TOLD_BY {
        if desk.catalog().metric(id).is_some() {
            told.push(desk.metric(id, None).await?);
        }
    }
    let weather = weather(&told);
    let view = home_view(desk.catalog(), desk.live(), &rows, &seeds);
    let description = "Compare any two market or macro series: every number with its date, sample and uncertainty.";
    let today = desk.family_at_hand().await?.map(|family| today(&family));
    let shell = Shell::of(&desk, "Compare any two series", description).await.from(&origin).at("/");
    show(&HomePage { shell, view, today, weather, backfill: desk.backfill().await? })
}
