//! Crypto pairs by day: prices of several venues in one, a day being the UTC day.

use serde::Deserialize;

use super::{midnight, refusal::rows};
use crate::read::numbers::Number;
use crate::read::points::{ascending, ranges_ascending};
use crate::read::session::utc_day_over;
use crate::symbol::only_symbol;
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Request};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    ticker: String,
    price_data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    date: String,
    #[serde(default)]
    open: Number,
    #[serde(default)]
    high: Number,
    #[serde(default)]
    low: Number,
    #[serde(default)]
    close: Number,
}

/// Reads an answer.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let pairs: Vec<Pair> = rows(payload, symbol)?;
    let Some(pair) = pairs.into_iter().find(|pair| pair.ticker.eq_ignore_ascii_case(symbol)) else {
        return Err(Failure::UnknownSymbol { detail: format!("{symbol} is not in the answer") });
    };
    if pair.price_data.iter().all(|row| row.close.0.is_none()) {
        return Err(Failure::Empty);
    }
    let (mut closes, mut candles) = (Vec::new(), Vec::new());
    for (i, row) in pair.price_data.iter().enumerate() {
        let Some(day) = midnight(&row.date) else {
            return Err(Failure::malformed(format!("\"{}\" in row {i} is not a day", row.date)));
        };
        let Some(close) = row.close.0.filter(|_| utc_day_over(day, payload.received)) else { continue };
        closes.push(Point::new(day, close));
        candles.push(Candle { day, open: row.open.0, high: row.high.0, low: row.low.0 });
    }
    let mut parsed = Parsed::default();
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    parsed
        .columns
        .push(Column { candles: ranges_ascending(candles), ..Column::closes(symbol, Adjustment::None, closes) });
    Ok(parsed)
}
