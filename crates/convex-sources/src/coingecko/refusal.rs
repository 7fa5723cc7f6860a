//! What `CoinGecko` says when it gives nothing: four envelopes and two kinds of text.

use serde_json::Value;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload, Window};

/// The body of an answer that is no refusal.
pub(super) fn body_of(payload: &Payload<'_>) -> Result<Value, Failure> {
    let plain = payload.body.trim_ascii();
    if plain.starts_with(b"error code: 1015") {
        return Err(Failure::RateLimited { after: payload.retry_after });
    }
    if plain.starts_with(b"error code: 10") {
        return Err(Failure::Blocked { detail: beginning(plain) });
    }
    let body: Value = json_of_any_status(payload)?;
    match words(&body) {
        Some((code, message)) => Err(refusal(payload, code, message)),
        None => of_status(payload).map_or(Ok(body), Err),
    }
}

/// Code and message, wherever they stand. An id can be `status` too, so an object counts only with a code in it.
fn words(body: &Value) -> Option<(i64, &str)> {
    let places = [&body["error"]["status"], &body["status"], &body["error"], body];
    if let Some(words) = places.into_iter().find_map(code_and_message) {
        return Some(words);
    }
    let text = body["error"].as_str()?;
    Some((body["status"].as_i64().unwrap_or(0), text))
}

fn code_and_message(object: &Value) -> Option<(i64, &str)> {
    let code = &object["error_code"];
    let code = code.as_i64().or_else(|| code.as_str()?.parse().ok())?;
    Some((code, object["error_message"].as_str().unwrap_or_default()))
}

fn refusal(payload: &Payload<'_>, code: i64, message: &str) -> Failure {
    let detail = beginning(format!("{code} {message}").trim_start_matches("0 ").trim().as_bytes());
    match code {
        10_002 => Failure::KeyMissing,
        10_010 | 10_011 => Failure::KeyRefused { detail },
        10_005 | 10_012 => Failure::BeyondPlan { detail },
        1_020 => Failure::Blocked { detail },
        _ if says(message, &["monthly", "this month"]) => Failure::QuotaSpent { window: Window::Month },
        429 => Failure::RateLimited { after: payload.retry_after },
        500..=599 => Failure::Unavailable { detail },
        _ => match of_status(payload) {
            Some(Failure::UnknownSymbol { .. }) => Failure::UnknownSymbol { detail },
            Some(Failure::KeyRefused { .. }) => Failure::KeyRefused { detail },
            Some(failure @ (Failure::RateLimited { .. } | Failure::Restricted | Failure::Unavailable { .. })) => {
                failure
            }
            _ if says(message, &["not find coin", "coin not found"]) => Failure::UnknownSymbol { detail },
            Some(Failure::Blocked { .. }) => Failure::Blocked { detail },
            _ => Failure::BadRequest { detail },
        },
    }
}
