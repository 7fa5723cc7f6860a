//! Latest prices: of shares from IEX, of pairs from the best of several venues.

use jiff::Timestamp;
use serde::Deserialize;

use super::refusal::rows;
use crate::read::days::{NEW_YORK, moment};
use crate::read::numbers::Number;
use crate::{Failure, Parsed, Payload, Quote, Request};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Share {
    ticker: String,
    /// Tiingo's own last price: the trade, or the middle of bid and ask.
    #[serde(default)]
    tngo_last: Number,
    #[serde(default)]
    last: Number,
    timestamp: Option<String>,
    last_sale_timestamp: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    ticker: String,
    #[serde(default)]
    top_of_book_data: Vec<Top>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Top {
    #[serde(default)]
    last_price: Number,
    last_sale_timestamp: Option<String>,
}

/// Reads an answer about shares.
pub(super) fn shares(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let shares: Vec<Share> = rows(payload, &request.symbols.join(", "))?;
    collect(request, |symbol| {
        let share = shares.iter().find(|share| share.ticker.eq_ignore_ascii_case(symbol))?;
        let at = share.timestamp.as_deref().or(share.last_sale_timestamp.as_deref())?;
        Some((share.tngo_last.0.or(share.last.0)?, moment(at, &NEW_YORK)?))
    })
}

/// Reads an answer about pairs.
pub(super) fn crypto(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let pairs: Vec<Pair> = rows(payload, &request.symbols.join(", "))?;
    collect(request, |symbol| {
        let top = pairs.iter().find(|pair| pair.ticker.eq_ignore_ascii_case(symbol))?.top_of_book_data.first()?;
        Some((top.last_price.0?, moment(top.last_sale_timestamp.as_deref()?, &NEW_YORK)?))
    })
}

fn collect(request: &Request, find: impl Fn(&str) -> Option<(f64, Timestamp)>) -> Result<Parsed, Failure> {
    let mut parsed = Parsed::default();
    for symbol in &request.symbols {
        match find(symbol) {
            Some((value, at)) => {
                parsed.quotes.push(Quote { symbol: symbol.clone(), value, at, delayed_minutes: 0 });
            }
            None => parsed.warnings.push(format!("{symbol} has no price with a time")),
        }
    }
    if parsed.quotes.is_empty() { Err(Failure::Empty) } else { Ok(parsed) }
}
