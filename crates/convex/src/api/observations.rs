//! Observations of one metric as JSON or CSV.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use convex_core::{Day, Series};
use serde::{Deserialize, Serialize};

use super::Problem;
use super::query::{Checked, parse_day, shortened};
use crate::desk::Desk;

/// `?from=&to=&as_of=&basis=&format=`.
#[derive(Debug, Deserialize)]
pub(super) struct Query {
    from: Option<String>,
    to: Option<String>,
    as_of: Option<String>,
    basis: Option<String>,
    format: Option<String>,
}

#[derive(Debug, Serialize)]
struct ObservationsDto {
    id: String,
    basis: &'static str,
    unit: &'static str,
    sample: bool,
    n: usize,
    observations: Vec<ObservationDto>,
}

#[derive(Debug, Serialize)]
struct ObservationDto {
    date: String,
    value: f64,
}

pub(super) async fn observations(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Checked(query): Checked<Query>,
) -> Result<Response, Problem> {
    let from = parse_day("from", query.from.as_deref())?.unwrap_or(Day::MIN);
    let to = parse_day("to", query.to.as_deref())?.unwrap_or(Day::MAX);
    let view = desk.metric(&id, parse_day("as_of", query.as_of.as_deref())?).await?;
    let (basis, series) = match query.basis.as_deref() {
        None | Some("" | "price") => ("price", view.series),
        Some("total_return") => ("total return", view.total_return.unwrap_or_else(Series::empty)),
        Some(other) => {
            let other = shortened(other);
            return Err(Problem::bad_request(format!("basis: \"{other}\" is unknown; use price or total_return")));
        }
    };
    let inside = series.until(to).after(from - 1);
    match query.format.as_deref() {
        None | Some("" | "json") => {
            let observations =
                inside.iter().map(|(day, value)| ObservationDto { date: day.to_string(), value }).collect();
            let (id, unit) = (view.metric.id.clone(), view.metric.unit.word());
            let dto = ObservationsDto { id, basis, unit, sample: view.sample, n: inside.len(), observations };
            Ok(Json(dto).into_response())
        }
        Some("csv") => Ok(csv(&view.metric.id, &inside, view.sample)),
        Some(other) => {
            let other = shortened(other);
            Err(Problem::bad_request(format!("format: \"{other}\" is unknown; use json or csv")))
        }
    }
}

fn csv(id: &str, series: &Series, sample: bool) -> Response {
    let mut text = String::with_capacity(24 * (series.len() + 1));
    // The mark of simulated data is part of the header, so that it survives the file being passed on.
    text.push_str(if sample { "date,value,simulated\n" } else { "date,value\n" });
    let mark = if sample { ",Simulated" } else { "" };
    for (day, value) in series.iter() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{day},{value}{mark}");
    }
    let name = if sample { format!("{id}-simulated.csv") } else { format!("{id}.csv") };
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)], text)
        .into_response()
}
