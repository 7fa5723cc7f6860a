//! What Tiingo says when it gives nothing: `detail` in an object, or a sentence.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Kind, Payload, Window};

/// The rows of an answer that is no refusal.
pub(super) fn rows<T: DeserializeOwned>(payload: &Payload<'_>, symbol: &str) -> Result<Vec<T>, Failure> {
    match Kind::of(payload.body) {
        Some(Kind::Text) => {
            let words = beginning(payload.body);
            if says(&words, &["error", "allocation", "token", "not found"]) {
                return Err(refusal(payload, &words, symbol));
            }
        }
        // A page is no word about a symbol: the path is wrong.
        Some(Kind::Html) if payload.status == 404 => {
            return Err(payload.text_of_any_status(Kind::Json).err().unwrap_or(Failure::Empty));
        }
        _ => {}
    }
    let body: Value = json_of_any_status(payload)?;
    if let Some(words) = ["detail", "message", "error"].iter().find_map(|&key| body[key].as_str()) {
        return Err(refusal(payload, words, symbol));
    }
    if let Some(failure) = of_status(payload) {
        return Err(failure);
    }
    let rows: Vec<T> = serde_json::from_value(body).map_err(|error| Failure::malformed(error.to_string()))?;
    if rows.is_empty() { Err(Failure::Empty) } else { Ok(rows) }
}

fn refusal(payload: &Payload<'_>, words: &str, symbol: &str) -> Failure {
    let detail = beginning(format!("{symbol}: {words}").as_bytes());
    let spent = |window| Failure::QuotaSpent { window };
    match payload.status {
        _ if says(words, &["hourly"]) => spent(Window::Hour),
        _ if says(words, &["daily request", "daily allocation", "daily limit"]) => spent(Window::Day),
        _ if says(words, &["monthly", "this month"]) => spent(Window::Month),
        429 => Failure::RateLimited { after: payload.retry_after },
        _ if says(words, &["too many requests", "rate limit"]) => Failure::RateLimited { after: payload.retry_after },
        401 => Failure::KeyRefused { detail },
        _ if says(words, &["invalid token", "supply a token", "credentials"]) => Failure::KeyRefused { detail },
        _ if says(words, &["permission", "add-on", "upgrade", "subscri"]) => Failure::BeyondPlan { detail },
        403 => Failure::Blocked { detail },
        404 => Failure::UnknownSymbol { detail },
        _ if says(words, &["not found"]) => Failure::UnknownSymbol { detail },
        400 | 422 => Failure::BadRequest { detail },
        _ => Failure::Unavailable { detail },
    }
}
