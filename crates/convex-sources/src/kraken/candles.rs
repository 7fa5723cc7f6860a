//! Candles: `[time, open, high, low, close, vwap, volume, count]`, oldest first, the last one unfinished.

use super::refusal::{Answer, answer};
use crate::read::numbers::Number;
use crate::read::points::{ascending, ranges_ascending};
use crate::read::session::{utc_day_over, utc_midnight};
use crate::symbol::only_symbol;
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Request};

/// Reads an answer. `last` is the time of the last candle that will not change.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let Answer { pair: rows, last, warnings } = answer::<Vec<Vec<Number>>>(payload, symbol)?;
    if rows.is_empty() {
        return Err(Failure::Empty);
    }
    let mut parsed = Parsed { warnings, ..Parsed::default() };
    let (mut closes, mut candles) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (i, row) in rows.iter().enumerate() {
        let &[time, open, high, low, close, ..] = row.as_slice() else {
            return Err(Failure::malformed(format!("candle {i} has {} values, 8 are usual", row.len())));
        };
        let Some(day) = time.0.and_then(utc_midnight) else {
            return Err(Failure::malformed(format!("candle {i} does not begin at midnight UTC: it is not daily")));
        };
        let committed = last.is_none_or(|last| time.0.is_some_and(|time| time <= last));
        let Some(close) = close.0.filter(|_| committed && utc_day_over(day, payload.received)) else { continue };
        closes.push(Point::new(day, close));
        candles.push(Candle { day, open: open.0, high: high.0, low: low.0 });
    }
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    parsed
        .columns
        .push(Column { candles: ranges_ascending(candles), ..Column::closes(symbol, Adjustment::None, closes) });
    Ok(parsed)
}
