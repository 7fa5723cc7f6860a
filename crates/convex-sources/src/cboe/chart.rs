//! The data behind a chart: `{"symbol":"DIA","data":[{"date":"2026-01-02","open":"483.1","close":"484.0",…}]}`, prices as
//! text, in no promised order, without the day that is still running.

use std::borrow::Cow;

use jiff::civil::{Time, time};
use serde::Deserialize;

use super::expect_subject;
use crate::read::days::{NEW_YORK, iso_day, last_closed};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::read::points;
use crate::{Adjustment, Candle, Column, Failure, Kind, Parsed, Payload, Point};

/// When funds are done for the day, in New York; indices of others too.
const CLOSE: Time = time(16, 0, 0, 0);

#[derive(Deserialize)]
struct Chart<'body> {
    #[serde(borrow)]
    symbol: Option<Cow<'body, str>>,
    #[serde(borrow)]
    data: Option<Vec<Bar<'body>>>,
}

#[derive(Deserialize)]
struct Bar<'body> {
    #[serde(borrow)]
    date: Cow<'body, str>,
    #[serde(default)]
    open: Number,
    #[serde(default)]
    high: Number,
    #[serde(default)]
    low: Number,
    #[serde(default)]
    close: Number,
}

/// Reads a chart.
pub(super) fn read(symbol: &str, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let chart: Chart<'_> = json(payload.text(Kind::Json)?)?;
    expect_subject(symbol, chart.symbol.as_deref())?;
    let bars = chart.data.ok_or_else(|| Failure::malformed("a chart without \"data\""))?;
    if bars.is_empty() {
        return Err(Failure::Empty);
    }
    let last = last_closed(payload.received, &NEW_YORK, CLOSE);
    let mut found = Vec::with_capacity(bars.len());
    let mut candles = Vec::with_capacity(bars.len());
    for bar in &bars {
        let day = iso_day(&bar.date).ok_or_else(|| Failure::malformed(format!("\"{}\" is not a date", bar.date)))?;
        if let Some(value) = bar.close.0.filter(|_| day <= last) {
            found.push(Point::new(day, value));
            candles.push(Candle { day, open: bar.open.0, high: bar.high.0, low: bar.low.0 });
        }
    }
    let mut parsed = Parsed::default();
    let candles = points::ranges_ascending(candles);
    let found = points::ascending(found, symbol, &mut parsed.warnings);
    // An index has nothing to adjust; what was done to the past of a fund is documented nowhere.
    let adjustment = if symbol.starts_with('_') { Adjustment::None } else { Adjustment::Undocumented };
    parsed.columns.push(Column { candles, ..Column::closes(symbol, adjustment, found) });
    Ok(parsed)
}
