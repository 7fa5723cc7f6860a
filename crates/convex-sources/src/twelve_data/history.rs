//! Closes by day, newest first, 5,000 at most.

use convex_core::Day;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::refusal::answer;
use super::{PAGE, request as page};
use crate::read::address::parameter;
use crate::read::days::{iso_day, zone};
use crate::read::numbers::Number;
use crate::read::points::{ascending, ranges_ascending};
use crate::read::session::{civil_day_over, us_session_over};
use crate::symbol::{only_symbol, same_symbol};
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Request};

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    meta: Meta,
    values: Option<Vec<Row>>,
}

#[derive(Default, Deserialize)]
struct Meta {
    symbol: Option<String>,
    interval: Option<String>,
    exchange_timezone: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    datetime: String,
    #[serde(default)]
    open: Number,
    #[serde(default)]
    high: Number,
    #[serde(default)]
    low: Number,
    #[serde(default)]
    close: Number,
}

/// Reads a page.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let Body { meta, values } = answer(payload, symbol)?;
    same_symbol(meta.symbol.as_deref(), symbol)?;
    let Some(rows) = values else { return Err(Failure::malformed("there are no values in the answer")) };
    if let Some(other) = meta.interval.as_deref().filter(|&interval| interval != "1day") {
        return Err(Failure::malformed(format!("values of {other} where days were asked for")));
    }
    if rows.iter().all(|row| row.close.0.is_none()) {
        return Err(Failure::Empty);
    }
    let (mut closes, mut candles, mut oldest) =
        (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()), Day::MAX);
    for (i, row) in rows.iter().enumerate() {
        let Some(day) = iso_day(&row.datetime) else {
            return Err(Failure::malformed(format!("\"{}\" in value {i} is not a date", row.datetime)));
        };
        oldest = oldest.min(day);
        let Some(close) = row.close.0.filter(|_| over(day, &meta, payload)) else { continue };
        closes.push(Point::new(day, close));
        candles.push(Candle { day, open: row.open.0, high: row.high.0, low: row.low.0 });
    }
    let mut parsed = Parsed { next: next(request, symbol, rows.len(), oldest)?, ..Parsed::default() };
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    let adjustment = if symbol.contains('/') { Adjustment::None } else { Adjustment::Splits };
    parsed.columns.push(Column { candles: ranges_ascending(candles), ..Column::closes(symbol, adjustment, closes) });
    Ok(parsed)
}

/// The page before a full one, as long as pages get older.
fn next(request: &Request, symbol: &str, rows: usize, oldest: Day) -> Result<Option<Request>, Failure> {
    let asked_until = parameter(&request.url, "end_date").and_then(|day| iso_day(&day)).unwrap_or(Day::MAX);
    let wanted = request.purpose.since().is_none_or(|since| oldest > since);
    if rows < PAGE || !wanted || oldest >= asked_until {
        return Ok(None);
    }
    page(symbol, request.purpose, Some(oldest)).map(Some)
}

/// A day is over with the session in New York; elsewhere, and for what trades around the clock, at its end.
fn over(day: Day, meta: &Meta, payload: &Payload<'_>) -> bool {
    match meta.exchange_timezone.as_deref() {
        Some("America/New_York") => us_session_over(day, payload.received),
        name => {
            let zone = name.and_then(zone).unwrap_or(TimeZone::UTC);
            civil_day_over(day, &zone, payload.received)
        }
    }
}
