//! Prices by day.

use jiff::Timestamp;
use serde::Deserialize;

use super::refusal::body_of;
use crate::read::numbers::Number;
use crate::read::points::ascending;
use crate::read::session::{utc_day_over, utc_midnight};
use crate::symbol::only_symbol;
use crate::{Adjustment, Column, Failure, Parsed, Payload, Point, Quote, Request};

/// Milliseconds by which a snapshot may miss midnight.
const MISS: f64 = 60_000.0;
const DAY: f64 = 86_400_000.0;

#[derive(Deserialize)]
struct Chart {
    prices: Vec<(Number, Number)>,
}

/// Reads an answer. The last point is the price of the moment, not a close.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let Chart { prices } =
        serde_json::from_value(body_of(payload)?).map_err(|error| Failure::malformed(error.to_string()))?;
    if prices.iter().all(|(_, price)| price.0.is_none()) {
        return Err(Failure::Empty);
    }
    let mut parsed = Parsed::default();
    let (mut closes, mut between) = (Vec::new(), 0);
    for (i, (stamp, price)) in prices.iter().enumerate() {
        let Some(stamp) = stamp.0.filter(|stamp| stamp.abs() < 1e14) else {
            return Err(Failure::malformed(format!("price {i} has no time")));
        };
        let Some(price) = price.0 else { continue };
        let midnight = (stamp / DAY).round() * DAY;
        if (stamp - midnight).abs() <= MISS {
            closes.extend(utc_midnight(midnight / 1_000.0).map(|day| Point::new(day - 1, price)));
        } else if i + 1 == prices.len() {
            parsed.quotes.extend(latest(symbol, stamp, price));
        } else {
            between += 1;
        }
    }
    if between > closes.len() {
        return Err(Failure::malformed(format!("{between} prices stand between midnights: they are not daily")));
    }
    if between > 0 {
        parsed.warnings.push(format!("{symbol}: {between} prices between midnights are left out"));
    }
    closes.retain(|point| utc_day_over(point.day, payload.received));
    let closes = ascending(closes, symbol, &mut parsed.warnings);
    parsed.columns.push(Column::closes(symbol, Adjustment::None, closes));
    Ok(parsed)
}

fn latest(symbol: &str, stamp: f64, value: f64) -> Option<Quote> {
    let at = Timestamp::from_millisecond(stamp as i64).ok()?;
    Some(Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 0 })
}
