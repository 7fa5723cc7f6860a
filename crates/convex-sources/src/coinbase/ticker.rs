//! The latest trade.

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::refusal::answer;
use crate::read::days::moment;
use crate::read::numbers::Number;
use crate::symbol::only_symbol;
use crate::{Failure, Parsed, Payload, Quote, Request};

#[derive(Deserialize)]
struct Ticker {
    price: Number,
    time: String,
}

/// Reads an answer.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let Ticker { price, time } = answer(payload, symbol)?;
    let Some(at) = moment(&time, &TimeZone::UTC) else {
        return Err(Failure::malformed(format!("\"{time}\" in time is not a moment")));
    };
    let value = price.0.ok_or(Failure::Empty)?;
    Ok(Parsed { quotes: vec![Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 0 }], ..Parsed::default() })
}
