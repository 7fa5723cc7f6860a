//! The latest trade.

use serde::Deserialize;

use super::refusal::{Answer, answer};
use crate::read::numbers::Number;
use crate::symbol::only_symbol;
use crate::{Failure, Parsed, Payload, Quote, Request};

#[derive(Deserialize)]
struct Ticker {
    /// Price and lot of the last trade.
    c: Vec<Number>,
}

/// Reads an answer. It has no time: it is of the moment, kept for two seconds at most.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let Answer { pair: Ticker { c }, warnings, .. } = answer(payload, symbol)?;
    let value = c.first().and_then(|price| price.0).ok_or(Failure::Empty)?;
    let quote = Quote { symbol: symbol.to_owned(), value, at: payload.received, delayed_minutes: 0 };
    Ok(Parsed { quotes: vec![quote], warnings, ..Parsed::default() })
}
