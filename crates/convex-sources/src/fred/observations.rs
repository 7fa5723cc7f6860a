//! Answers of the JSON interface: values as known today, or every value with the span in which it was the known one.

use std::borrow::Cow;

use serde::Deserialize;

use super::PAGE;
use super::refusal::Refusal;
use super::window;
use crate::read::address::with_parameters;
use crate::read::days::{NEW_YORK, iso_day, today};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::read::points;
use crate::{Adjustment, Column, Failure, Kind, Parsed, Payload, Point, Purpose, Request};

#[derive(Deserialize)]
struct Answer<'body> {
    #[serde(default)]
    count: Number,
    #[serde(default)]
    offset: Number,
    #[serde(default)]
    limit: Number,
    #[serde(borrow)]
    observations: Option<Vec<Row<'body>>>,
}

#[derive(Deserialize)]
struct Row<'body> {
    #[serde(borrow)]
    date: Cow<'body, str>,
    #[serde(borrow, default)]
    realtime_start: Cow<'body, str>,
    value: Number,
}

/// Reads an answer.
pub(super) fn read(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    if let Some(refusal) = Refusal::of(payload.body) {
        let window = if refusal.is_too_many_vintages() { window::first(request) } else { None };
        let next = window.ok_or_else(|| refusal.failure(payload))?;
        return Ok(Parsed { next: Some(next), ..Parsed::default() });
    }
    let answer: Answer<'_> = json(payload.text(Kind::Json)?)?;
    let mut rows = answer.observations.ok_or_else(|| Failure::malformed("an answer without \"observations\""))?;
    let symbol = request.symbols.first().map_or("", String::as_str);
    let mut parsed = Parsed::default();

    let whole = |number: Number| number.0.filter(|value| *value >= 0.0).map(|value| value as usize);
    let (offset, limit) = (whole(answer.offset).unwrap_or(0), whole(answer.limit).unwrap_or(usize::MAX));
    let count = whole(answer.count).unwrap_or(rows.len());
    let left = count.saturating_sub(offset);
    let with_vintages = matches!(request.purpose, Purpose::Vintages { .. });
    if limit > 0 && rows.len() >= limit && left > rows.len() {
        if with_vintages {
            leave_last_day(&mut rows);
        }
        parsed.next = Some(page(request, offset.saturating_add(rows.len())));
    } else {
        if left > rows.len() {
            parsed.warnings.push(format!("{symbol}: the answer speaks of {left} values and holds {}", rows.len()));
        }
        parsed.next = window::next(request, payload.received);
    }

    let mut found = if with_vintages {
        vintages(&rows, window::start(request).as_deref(), symbol, &mut parsed.warnings)?
    } else {
        values(&rows)?
    };
    if found.is_empty() && parsed.next.is_none() && rows.is_empty() {
        return Err(Failure::Empty);
    }
    found = points::ascending(found, symbol, &mut parsed.warnings);
    found = points::until(found, today(payload.received, &NEW_YORK), symbol, &mut parsed.warnings);
    parsed.columns.push(Column::closes(symbol, Adjustment::None, found));
    Ok(parsed)
}

fn values(rows: &[Row<'_>]) -> Result<Vec<Point>, Failure> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let day = iso_day(&row.date).ok_or_else(|| not_a_date(&row.date))?;
        found.extend(row.value.0.map(|value| Point::new(day, value)));
    }
    Ok(found)
}

/// Every value with the day from which it was known. A day whose value was withdrawn for good is left out: a point cannot
/// say that there is none any more. `carried_over` is the first day of a window of vintages: what begins there began before.
fn vintages(
    rows: &[Row<'_>],
    carried_over: Option<&str>,
    symbol: &str,
    warnings: &mut Vec<String>,
) -> Result<Vec<Point>, Failure> {
    let mut found: Vec<Point> = Vec::with_capacity(rows.len());
    let mut withdrawn = Vec::new();
    let mut rows: Vec<&Row<'_>> = rows.iter().collect();
    rows.sort_by(|a, b| (&a.date, &a.realtime_start).cmp(&(&b.date, &b.realtime_start)));
    for of_day in rows.chunk_by(|a, b| a.date == b.date) {
        let day = iso_day(&of_day[0].date).ok_or_else(|| not_a_date(&of_day[0].date))?;
        if of_day.last().is_some_and(|row| row.value.0.is_none()) {
            withdrawn.extend(of_day.iter().any(|row| row.value.0.is_some()).then_some(day));
            continue;
        }
        for row in of_day.iter().filter(|row| Some(row.realtime_start.as_ref()) != carried_over) {
            let known = iso_day(&row.realtime_start).ok_or_else(|| not_a_date(&row.realtime_start))?;
            found.extend(row.value.0.map(|value| Point { day, value, known: Some(known) }));
        }
    }
    if let Some(first) = withdrawn.first() {
        warnings.push(format!("{symbol}: values withdrawn for good left out: {}, first {first}", withdrawn.len()));
    }
    Ok(found)
}

/// Leaves the values of the last day to the next page, so that each day is judged whole.
fn leave_last_day(rows: &mut Vec<Row<'_>>) {
    let Some(last) = rows.last().map(|row| row.date.clone()) else { return };
    let begins = rows.partition_point(|row| row.date < last);
    if begins > 0 {
        rows.truncate(begins);
    }
}

fn page(request: &Request, offset: usize) -> Request {
    let url = with_parameters(&request.url, &[("limit", PAGE), ("offset", &offset.to_string())]);
    Request { url, ..request.clone() }
}

fn not_a_date(text: &str) -> Failure {
    Failure::malformed(format!("\"{text}\" is not a date"))
}
