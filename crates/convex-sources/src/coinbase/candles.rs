//! Candles: `[time, low, high, open, close, volume]`, the low before the high, newest first. The newer address gives the
//! same as objects.

use serde::Deserialize;
use serde_json::Value;

use super::refusal::answer;
use crate::read::address::parameter;
use crate::read::days::iso_day;
use crate::read::numbers::Number;
use crate::read::points::{ascending, ranges_ascending};
use crate::read::session::{utc_day_over, utc_midnight};
use crate::symbol::only_symbol;
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Request};

#[derive(Deserialize)]
struct Row {
    start: Number,
    #[serde(default)]
    low: Number,
    #[serde(default)]
    high: Number,
    #[serde(default)]
    open: Number,
    close: Number,
}

/// Reads a page. One without candles is what a page before the first trade looks like, and only the last page of a
/// history may not be one.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let rows = rows(answer(payload, symbol)?)?;
    let mut parsed = Parsed::default();
    if rows.iter().all(|row| row.close.0.is_none()) {
        return if is_early(request, payload) { Ok(parsed) } else { Err(Failure::Empty) };
    }
    let (mut closes, mut candles) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (i, row) in rows.iter().enumerate() {
        let Some(day) = row.start.0.and_then(utc_midnight) else {
            return Err(Failure::malformed(format!("candle {i} does not begin at midnight UTC: it is not daily")));
        };
        let Some(close) = row.close.0.filter(|_| utc_day_over(day, payload.received)) else { continue };
        closes.push(Point::new(day, close));
        candles.push(Candle { day, open: row.open.0, high: row.high.0, low: row.low.0 });
    }
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    parsed
        .columns
        .push(Column { candles: ranges_ascending(candles), ..Column::closes(symbol, Adjustment::None, closes) });
    Ok(parsed)
}

fn rows(mut body: Value) -> Result<Vec<Row>, Failure> {
    let unread = |error: serde_json::Error| Failure::malformed(error.to_string());
    if let Some(candles) = body.get_mut("candles") {
        return serde_json::from_value(candles.take()).map_err(unread);
    }
    let rows: Vec<Vec<Number>> = serde_json::from_value(body).map_err(unread)?;
    let read = |(i, row): (usize, Vec<Number>)| match row.as_slice() {
        &[start, low, high, open, close, ..] => Ok(Row { start, low, high, open, close }),
        short => Err(Failure::malformed(format!("candle {i} has {} values, 6 are usual", short.len()))),
    };
    rows.into_iter().enumerate().map(read).collect()
}

fn is_early(request: &Request, payload: &Payload<'_>) -> bool {
    let end = parameter(&request.url, "end").and_then(|end| iso_day(&end));
    end.is_some_and(|end| utc_day_over(end + 1, payload.received))
}
