//! The latest price. The answer names its day and no time: of a past day it is the close, of the running one the price now.

use jiff::civil::time;
use serde_json::Value;

use super::daily::number;
use super::{member, refusal::members};
use crate::read::days::{NEW_YORK, iso_day};
use crate::symbol::{only_symbol, same_symbol};
use crate::{Failure, Parsed, Payload, Quote, Request};

/// Reads an answer. An unknown symbol gets an empty one.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let members = members(payload, symbol)?;
    // With a delayed plan the name has more behind it.
    let quote =
        members.iter().find(|(name, _)| name.starts_with("Global Quote")).and_then(|(_, quote)| quote.as_object());
    let Some(quote) = quote else { return Err(Failure::malformed("there is no quote in the answer")) };
    if quote.is_empty() {
        return Err(Failure::UnknownSymbol { detail: symbol.to_owned() });
    }
    same_symbol(member(quote, "symbol").and_then(Value::as_str), symbol)?;
    let value = number(quote, "price")?.ok_or(Failure::Empty)?;
    let day = member(quote, "latest trading day").and_then(Value::as_str).unwrap_or_default();
    let close = iso_day(day).and_then(|day| NEW_YORK.to_timestamp(day.date().to_datetime(time(16, 0, 0, 0))).ok());
    let Some(close) = close else { return Err(Failure::malformed(format!("\"{day}\" is not a date"))) };
    let at = close.min(payload.received);
    Ok(Parsed {
        quotes: vec![Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 15 }],
        ..Parsed::default()
    })
}
