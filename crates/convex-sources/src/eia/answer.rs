//! Pages of rows; numbers come as numbers or as text.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::PAGE;
use crate::read::address::{parameter, with_parameters};
use crate::read::days::{NEW_YORK, period_day, today};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::read::points;
use crate::{Adjustment, Column, Failure, Kind, Parsed, Payload, Point, Request};

#[derive(Deserialize)]
struct Answer<'body> {
    #[serde(borrow)]
    response: Option<Response<'body>>,
}

#[derive(Deserialize)]
struct Response<'body> {
    #[serde(default)]
    total: Number,
    #[serde(borrow)]
    data: Option<Vec<Row<'body>>>,
    #[serde(default)]
    warnings: Value,
}

#[derive(Deserialize)]
struct Row<'body> {
    #[serde(borrow)]
    period: Cow<'body, str>,
    #[serde(borrow)]
    series: Option<Cow<'body, str>>,
    #[serde(default)]
    value: Number,
}

/// Reads a page.
pub(super) fn read(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let answer: Answer<'_> = json(payload.text(Kind::Json)?)?;
    let response = answer.response.ok_or_else(|| Failure::malformed("an answer without \"response\""))?;
    let rows = response.data.ok_or_else(|| Failure::malformed("an answer without \"data\""))?;
    let offset: usize = parameter(&request.url, "offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    if rows.is_empty() {
        return if offset > 0 { Ok(Parsed::default()) } else { Err(nothing(request)) };
    }
    let mut parsed = Parsed { next: next(request, offset, rows.len(), response.total), ..Parsed::default() };
    let reached = offset.saturating_add(rows.len());
    if let (None, Some(total)) = (&parsed.next, response.total.0)
        && total > reached as f64
    {
        parsed.warnings.push(format!("the answer speaks of {total} rows and ends after {reached}"));
    }
    if let Value::Array(warnings) = response.warnings {
        parsed.warnings.extend(warnings.iter().map(|warning| warning.to_string().chars().take(200).collect()));
    }
    let last = today(payload.received, &NEW_YORK);
    for symbol in &request.symbols {
        // The answer about one series may leave its name out.
        let of_symbol = |row: &&Row<'_>| match &row.series {
            Some(series) => series.eq_ignore_ascii_case(symbol),
            None => request.symbols.len() == 1,
        };
        let mut found = Vec::new();
        if !rows.iter().any(|row| of_symbol(&row)) {
            parsed.warnings.push(format!("{symbol}: no row of it in the answer"));
            continue;
        }
        for row in rows.iter().filter(of_symbol) {
            let day = period_day(&row.period)
                .ok_or_else(|| Failure::malformed(format!("\"{}\" is not a period", row.period)))?;
            found.extend(row.value.0.map(|value| Point::new(day, value)));
        }
        let found = points::ascending(found, symbol, &mut parsed.warnings);
        let found = points::until(found, last, symbol, &mut parsed.warnings);
        parsed.columns.push(Column::closes(symbol, Adjustment::None, found));
    }
    if parsed.columns.is_empty() { Err(Failure::malformed("an answer about other series")) } else { Ok(parsed) }
}

/// No row at all: nothing new, or, if all history was asked for, no such series.
fn nothing(request: &Request) -> Failure {
    if parameter(&request.url, "start").is_some() {
        Failure::Empty
    } else {
        Failure::UnknownSymbol { detail: format!("{}: no row in all history", request.symbols.join(", ")) }
    }
}

fn next(request: &Request, offset: usize, rows: usize, total: Number) -> Option<Request> {
    let length = parameter(&request.url, "length").and_then(|text| text.parse().ok()).unwrap_or(PAGE);
    let reached = offset.saturating_add(rows);
    let has_more = rows >= length && total.0.is_none_or(|total| (reached as f64) < total);
    has_more.then(|| {
        let url = with_parameters(&request.url, &[("offset", &reached.to_string())]);
        Request { url, ..request.clone() }
    })
}
