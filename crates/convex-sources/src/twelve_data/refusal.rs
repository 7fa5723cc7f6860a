//! What Twelve Data says when it gives nothing: `status` is `error`, with a code that need not be the one of HTTP.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload, Window};

/// The answer in a body that is no refusal.
pub(super) fn answer<T: DeserializeOwned>(payload: &Payload<'_>, symbol: &str) -> Result<T, Failure> {
    let body: Value = json_of_any_status(payload)?;
    if body["status"] == "error" || (body["code"].is_number() && body["message"].is_string()) {
        return Err(refusal(payload, &body, symbol));
    }
    if let Some(failure) = of_status(payload) {
        return Err(failure);
    }
    serde_json::from_value(body).map_err(|error| Failure::malformed(error.to_string()))
}

fn refusal(payload: &Payload<'_>, body: &Value, symbol: &str) -> Failure {
    let code = &body["code"];
    let code = code.as_u64().or_else(|| code.as_str()?.parse().ok()).unwrap_or(u64::from(payload.status));
    let words = body["message"].as_str().unwrap_or_default();
    let detail = beginning(format!("{symbol}: {words}").as_bytes());
    match code {
        429 if says(words, &["for the day", "current day", "daily", "per day"]) => {
            Failure::QuotaSpent { window: Window::Day }
        }
        429 => Failure::RateLimited { after: payload.retry_after },
        _ if says(words, &["no data is available", "no data available"]) => Failure::Empty,
        // The sentence about a wrong key says the key back in no recording, but says the parameter's name.
        401 => Failure::KeyRefused { detail: "401".to_owned() },
        _ if says(words, &["available exclusively", "upgrad", "starting with", "your plan"]) => {
            Failure::BeyondPlan { detail }
        }
        403 => Failure::BeyondPlan { detail },
        404 => Failure::UnknownSymbol { detail },
        _ if says(words, &["not found", "symbol or figi", "invalid symbol", "**symbol**"]) => {
            Failure::UnknownSymbol { detail }
        }
        451 => Failure::Restricted,
        400..=499 => Failure::BadRequest { detail },
        _ => Failure::Unavailable { detail },
    }
}
