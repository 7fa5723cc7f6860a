//! A quote held back by fifteen minutes. `last_trade_time` is New York's local time without an offset.

use std::borrow::Cow;

use serde::Deserialize;

use super::expect_subject;
use crate::read::days::{NEW_YORK, moment};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::{Failure, Kind, Parsed, Payload, Quote};

#[derive(Deserialize)]
struct Answer<'body> {
    #[serde(borrow)]
    data: Option<Data<'body>>,
}

#[derive(Deserialize)]
struct Data<'body> {
    #[serde(borrow)]
    symbol: Option<Cow<'body, str>>,
    #[serde(default)]
    current_price: Number,
    #[serde(default)]
    last: Number,
    #[serde(borrow)]
    last_trade_time: Option<Cow<'body, str>>,
}

/// Reads a quote. Before the first trade of a day there is none.
pub(super) fn read(symbol: &str, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let answer: Answer<'_> = json(payload.text(Kind::Json)?)?;
    let data = answer.data.ok_or_else(|| Failure::malformed("a quote without \"data\""))?;
    expect_subject(symbol, data.symbol.as_deref())?;
    // Zero stands for no trade yet.
    let value = data.current_price.0.or(data.last.0).filter(|value| *value != 0.0).ok_or(Failure::Empty)?;
    let time = data.last_trade_time.ok_or_else(|| Failure::malformed("a quote without \"last_trade_time\""))?;
    let at = moment(&time, &NEW_YORK).ok_or_else(|| Failure::malformed(format!("\"{time}\" is not a time")))?;
    let quote = Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 15 };
    Ok(Parsed { quotes: vec![quote], ..Parsed::default() })
}
