//! Closes by day, as traded.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{member, refusal::members};
use crate::read::days::iso_day;
use crate::read::numbers::Number;
use crate::read::points::{ascending, ranges_ascending};
use crate::read::session::us_session_over;
use crate::symbol::{only_symbol, same_symbol};
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Request};

/// Reads an answer. Its days are those of New York, newest first.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let members = members(payload, symbol)?;
    let about = members.get("Meta Data").and_then(Value::as_object);
    same_symbol(about.and_then(|about| member(about, "Symbol")).and_then(Value::as_str), symbol)?;
    let Some((name, series)) = members.iter().find(|(name, _)| name.contains("Time Series")) else {
        return Err(if members.is_empty() {
            Failure::Empty
        } else {
            Failure::malformed("there is no time series in the answer")
        });
    };
    if !name.contains("Daily") {
        return Err(Failure::malformed(format!("\"{name}\" where days were asked for")));
    }
    let days = series.as_object().filter(|days| !days.is_empty()).ok_or(Failure::Empty)?;
    let (mut closes, mut candles) = (Vec::with_capacity(days.len()), Vec::with_capacity(days.len()));
    for (date, row) in days {
        let Some(day) = iso_day(date) else { return Err(Failure::malformed(format!("\"{date}\" is not a date"))) };
        let Some(row) = row.as_object() else { return Err(Failure::malformed(format!("{date} is not an object"))) };
        let [open, high, low, close] = ["open", "high", "low", "close"].map(|name| number(row, name));
        let (candle, close) = (Candle { day, open: open?, high: high?, low: low? }, close?);
        let Some(close) = close.filter(|_| us_session_over(day, payload.received)) else { continue };
        closes.push(Point::new(day, close));
        candles.push(candle);
    }
    let mut parsed = Parsed::default();
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    parsed
        .columns
        .push(Column { candles: ranges_ascending(candles), ..Column::closes(symbol, Adjustment::AsTraded, closes) });
    Ok(parsed)
}

/// A member as a number; `None` where it is missing.
pub(super) fn number(row: &Map<String, Value>, name: &str) -> Result<Option<f64>, Failure> {
    let Some(value) = member(row, name) else { return Ok(None) };
    Number::deserialize(value).map(|number| number.0).map_err(|error| Failure::malformed(format!("{name}: {error}")))
}
