//! Answers of Kraken: `error` and `result` side by side, whatever the status.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload};

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    error: Vec<String>,
    result: Option<serde_json::Map<String, Value>>,
}

/// What the one pair of an answer holds, and the other members of the result. The pair stands there under its old name,
/// so it is the member that is not `last`.
pub(super) struct Answer<T> {
    pub pair: T,
    pub last: Option<f64>,
    pub warnings: Vec<String>,
}

/// The answer in a body that is no refusal.
pub(super) fn answer<T: DeserializeOwned>(payload: &Payload<'_>, symbol: &str) -> Result<Answer<T>, Failure> {
    let body: Body = json_of_any_status(payload)?;
    // A word that begins with W is a warning beside a good answer.
    let (warnings, errors): (Vec<String>, Vec<String>) = body.error.into_iter().partition(|word| word.starts_with('W'));
    if !errors.is_empty() {
        return Err(refusal(payload, &errors.join(", "), symbol));
    }
    if let Some(failure) = of_status(payload) {
        return Err(failure);
    }
    let Some(mut result) = body.result else { return Err(Failure::malformed("neither error nor result")) };
    let last = result.remove("last").and_then(|last| last.as_f64().or_else(|| last.as_str()?.parse().ok()));
    if result.len() > 1 {
        return Err(Failure::malformed(format!("{} pairs where one was asked for", result.len())));
    }
    let pair = result.into_iter().next().ok_or(Failure::Empty)?.1;
    let pair = serde_json::from_value(pair).map_err(|error| Failure::malformed(error.to_string()))?;
    Ok(Answer { pair, last, warnings })
}

fn refusal(payload: &Payload<'_>, words: &str, symbol: &str) -> Failure {
    let detail = beginning(format!("{symbol}: {words}").as_bytes());
    if says(words, &["too many requests", "rate limit", "throttled"]) {
        return Failure::RateLimited { after: payload.retry_after };
    }
    if says(words, &["temporary lockout"]) {
        return Failure::RateLimited { after: payload.retry_after.or(Some(Duration::from_mins(15))) };
    }
    if says(words, &["unknown asset", "unknown pair"]) {
        return Failure::UnknownSymbol { detail };
    }
    if says(words, &["eapi:", "permission denied"]) {
        return Failure::KeyRefused { detail };
    }
    if says(words, &["eservice:", "internal error", "unavailable", "busy"]) {
        return Failure::Unavailable { detail };
    }
    of_status(payload).filter(|failure| !matches!(failure, Failure::UnknownSymbol { .. })).unwrap_or(
        if says(words, &["equery:", "invalid arguments"]) {
            Failure::BadRequest { detail }
        } else {
            Failure::Unavailable { detail }
        },
    )
}
