//! The latest price: with its time from `quote`, or without one from `price`.

use jiff::Timestamp;
use serde::Deserialize;

use super::refusal::answer;
use crate::read::numbers::Number;
use crate::symbol::{only_symbol, same_symbol};
use crate::{Failure, Parsed, Payload, Quote, Request};

#[derive(Deserialize)]
struct Body {
    symbol: Option<String>,
    #[serde(default)]
    close: Number,
    #[serde(default)]
    price: Number,
    /// The beginning of the bar, a whole day for a daily one.
    #[serde(default)]
    timestamp: Number,
    #[serde(default)]
    last_quote_at: Number,
}

/// Reads an answer.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let body: Body = answer(payload, symbol)?;
    same_symbol(body.symbol.as_deref(), symbol)?;
    let value = body.close.0.or(body.price.0).ok_or(Failure::Empty)?;
    let moment = |number: Number| number.0.and_then(|seconds| Timestamp::from_second(seconds as i64).ok());
    let at = moment(body.last_quote_at).or_else(|| moment(body.timestamp)).unwrap_or(payload.received);
    Ok(Parsed { quotes: vec![Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 0 }], ..Parsed::default() })
}
