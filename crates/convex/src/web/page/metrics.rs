//! `/metrics`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};

use crate::desk::Desk;
use crate::format;
use crate::settings::{Query, shortened};
use crate::web::errors::{PageResult, show};
use crate::web::origin::Origin;
use crate::web::shell::Shell;
use crate::web::view::metrics::{Group, groups};

#[derive(Template)]
#[template(path = "metrics.html")]
struct MetricsPage {
    shell: Shell,
    groups: Vec<Group>,
    count: String,
    search: Option<String>,
}

pub(in crate::web) async fn metrics(
    State(desk): State<Arc<Desk>>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let search = Query::read(raw.as_deref()).get("q").map(shortened);
    let rows = desk.overview().await?;
    let groups = groups(&rows, search.as_deref());
    let count = format::count(groups.iter().map(|group| group.lines.len()).sum());
    let description = "Every series Convex knows, with its last value, change and age.";
    let shell = Shell::of(&desk, "Metrics", description).await.from(&origin).at("/metrics");
    show(&MetricsPage { shell, groups, count, search })
}
