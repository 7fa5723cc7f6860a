//! The latest prices of several assets in one answer.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{currency, refusal::body_of};
use crate::read::numbers::Number;
use crate::{Failure, Parsed, Payload, Quote, Request};

/// Reads an answer. An id that is unknown there is left out of it without a word: it is missed here by name.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let body = body_of(payload)?;
    let Value::Object(assets) = &body else {
        return Err(Failure::malformed("the answer is not an object of prices by id"));
    };
    let currency = currency(request, "vs_currencies");
    let mut parsed = Parsed::default();
    let mut unknown = Vec::new();
    for symbol in &request.symbols {
        let Some(asset) = assets.get(symbol) else {
            unknown.push(symbol.as_str());
            continue;
        };
        let Some(value) = number(&asset[currency.as_str()])? else {
            parsed.warnings.push(format!("{symbol} has no price in {currency}"));
            continue;
        };
        // Without a time it is at most as old as the copies the provider hands out, a minute.
        let at = number(&asset["last_updated_at"])?
            .and_then(|seconds| Timestamp::from_second(seconds as i64).ok())
            .unwrap_or(payload.received);
        parsed.quotes.push(Quote { symbol: symbol.clone(), value, at, delayed_minutes: 0 });
    }
    if parsed.quotes.is_empty() {
        return Err(match unknown.as_slice() {
            [] => Failure::Empty,
            ids if ids.len() == request.symbols.len() => Failure::UnknownSymbol { detail: ids.join(", ") },
            _ => Failure::Empty,
        });
    }
    parsed.warnings.extend(unknown.iter().map(|id| format!("{id} is unknown there")));
    Ok(parsed)
}

fn number(value: &Value) -> Result<Option<f64>, Failure> {
    Number::deserialize(value).map(|number| number.0).map_err(|error| Failure::malformed(error.to_string()))
}
