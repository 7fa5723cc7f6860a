//! `/correlations`: the matrix of a choice of series.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use convex_core::screen::Window;

use crate::desk::{Desk, MOST_SERIES};
use crate::settings::{BadSetting, Query, shortened};
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::correlations::{Asked, MatrixView, matrix_view};

#[derive(Template)]
#[template(path = "correlations.html")]
struct CorrelationsPage {
    shell: Shell,
    view: MatrixView,
}

/// Shown unless others are asked for: what a morning looks at, one or two of each kind.
const USUAL: [&str; 22] = [
    "spy", "qqq", "dia", "iwm", "rsp", "efa", "eem", "kre", "hyg", "lqd", "tlt", "tip", "vixcls", "move", "gold",
    "silver", "copper", "wti", "dxy", "eurusd", "dgs10", "btc",
];

pub(in crate::web) async fn correlations(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    let query = Query::read(raw.as_deref());
    let window = match query.get("window") {
        None => Window::default(),
        Some(key) => Window::parse(key).ok_or_else(|| {
            let known = Window::ALL.map(Window::key).join(", ");
            BadSetting(format!("window: \"{}\" is none of {known}", shortened(key)))
        })?,
    };
    let as_of = query.day("as_of")?;
    let typed: Vec<&str> = query.get("ids").unwrap_or_default().split([',', ' ']).filter(|id| !id.is_empty()).collect();
    if typed.len() > MOST_SERIES {
        return Err(BadSetting(format!(
            "ids: at most {MOST_SERIES} series make a matrix; convex screen takes any number"
        ))
        .into());
    }
    let mut ids = Vec::new();
    for id in &typed {
        ids.push(desk.resolve(id).await?.id.clone());
    }
    if ids.is_empty() {
        ids = usual(&desk).await?;
    }
    let found = desk.correlations_kept(ids, window, as_of).await?;
    let description =
        "How every pair of a choice of series moves together: correlations of changes, with n and interval.";
    let shell = Shell::of(&desk, "Correlations", description).await.at("/correlations");
    let asked = Asked { typed: typed.join(", "), window, as_of };
    show(&CorrelationsPage { shell, view: matrix_view(&found, &asked) })
}

/// The usual series; where a database has few of them, whatever it has.
async fn usual(desk: &Desk) -> Result<Vec<String>, crate::desk::Error> {
    let stored = desk.stored_ids().await?;
    let mut ids: Vec<String> = USUAL.iter().filter(|id| stored.contains(**id)).map(|id| (*id).to_owned()).collect();
    if ids.len() < 6 {
        ids = stored.into_iter().collect();
        ids.sort_unstable();
        ids.truncate(USUAL.len());
    }
    Ok(ids)
}
