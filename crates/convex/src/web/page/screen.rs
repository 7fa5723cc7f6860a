//! `/screen`: the tested family, or the ranking of all pairs.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use convex_core::screen::Outcome;

use crate::desk::Desk;
use crate::format;
use crate::screen::{self, ledger_note, rate_words};
use crate::settings::Query;
use crate::web::errors::{PageResult, show};
use crate::web::shell::Shell;
use crate::web::view::screen::{RankedView, TestedView, ranked_view, tested_view};

#[derive(Template)]
#[template(path = "screen-tested.html")]
struct TestedPage {
    shell: Shell,
    view: TestedView,
}

#[derive(Template)]
#[template(path = "screen-ranked.html")]
struct RankedPage {
    shell: Shell,
    view: RankedView,
}

#[derive(Template)]
#[template(path = "screen-ledger.html")]
struct LedgerPage {
    shell: Shell,
    note: String,
    /// Sessions, and the three rates in words.
    outcomes: Vec<(String, String, String, String)>,
}

pub(in crate::web) async fn screen(State(desk): State<Arc<Desk>>, RawQuery(raw): RawQuery) -> PageResult {
    let query = Query::read(raw.as_deref());
    if query.get("list") == Some("ledger") {
        let found = desk.ledger().await?;
        let description = "How often marked gaps came back, beside how often gaps come back anyway.";
        let shell = Shell::of(&desk, "What became of past marks", description).await.at("/screen");
        let words = |of: &Outcome| {
            let [marked, wide, walks] = [of.alarms, of.wide, of.walks].map(rate_words);
            (format::plural(of.horizon, "session"), marked, wide, walks)
        };
        let outcomes = found.outcomes.iter().map(words).collect();
        return show(&LedgerPage { shell, note: ledger_note(&found), outcomes });
    }
    let ask = screen::ask(&desk, &query).await?;
    if query.get("list") == Some("ranked") {
        let found = desk.ranked_screen(ask.clone()).await?;
        let description = "The pairs of largest effect among all: nothing in this list was tested.";
        let shell = Shell::of(&desk, "All pairs, ranked", description).await.at("/screen");
        return show(&RankedPage { shell, view: ranked_view(&found, &ask, &query) });
    }
    let found = desk.tested_screen(ask.clone()).await?;
    let description = "Named comparisons judged together: which gaps are unusually wide, which correlations changed.";
    let shell = Shell::of(&desk, "Named pairs, tested together", description).await.at("/screen");
    show(&TestedPage { shell, view: tested_view(&found, &ask) })
}
