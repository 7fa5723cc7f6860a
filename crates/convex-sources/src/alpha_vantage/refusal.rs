//! What Alpha Vantage says when it gives nothing.

use serde_json::{Map, Value};

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload, Window};

/// The members of an answer that is no refusal.
pub(super) fn members(payload: &Payload<'_>, symbol: &str) -> Result<Map<String, Value>, Failure> {
    let body: Value = json_of_any_status(payload)?;
    let Value::Object(members) = body else { return Err(Failure::malformed("the answer is not an object")) };
    let words = |keys: &[&str]| keys.iter().find_map(|&key| members.get(key)?.as_str());
    if let Some(words) = words(&["Note", "Information", "Info", "message", "detail"]) {
        return Err(limit(payload, words));
    }
    if let Some(words) = words(&["Error Message", "Error", "error"]) {
        return Err(mistake(words, symbol));
    }
    of_status(payload).map_or(Ok(members), Err)
}

/// Most sentences are about limits; one names two of them, and the shorter window is the one that was hit.
fn limit(payload: &Payload<'_>, words: &str) -> Failure {
    if says(words, &["demo", "invalid api key", "apikey is invalid", "claim your free"]) {
        return Failure::KeyRefused { detail: without_key(words) };
    }
    let about_limits = says(words, &["rate limit", "call frequency", "sparingly", "requests per day", "burst"]);
    if about_limits && says(words, &["per minute", "per second", "burst pattern"]) {
        return Failure::RateLimited { after: payload.retry_after };
    }
    if about_limits {
        return Failure::QuotaSpent { window: Window::Day };
    }
    if says(words, &["premium"]) {
        return Failure::BeyondPlan { detail: without_key(words) };
    }
    Failure::Unavailable { detail: without_key(words) }
}

fn mistake(words: &str, symbol: &str) -> Failure {
    if says(words, &["apikey"]) {
        return Failure::KeyRefused { detail: without_key(words) };
    }
    Failure::UnknownSymbol { detail: beginning(format!("{symbol}: {}", without_key(words)).as_bytes()) }
}

/// Some sentences say the key back: `We have detected your API key as …`.
fn without_key(words: &str) -> String {
    let cleaned = match words.split_once("key as ") {
        Some((before, after)) => {
            let rest = after.find(|c: char| !c.is_ascii_alphanumeric()).map_or("", |end| &after[end..]);
            format!("{before}key as …{rest}")
        }
        None => words.to_owned(),
    };
    beginning(cleaned.as_bytes())
}
