//! How the EIA says no: `{"error":{"code":"API_KEY_MISSING","message":"…"}}`, or `{"error":"…","code":400}`.

use serde_json::Value;

use crate::{Failure, Payload};

/// The refusal in a body, whatever its status, if it is one.
pub(super) fn of(payload: &Payload<'_>) -> Option<Failure> {
    if payload.body.len() > 1 << 14 {
        return None;
    }
    let body: Value = serde_json::from_slice(payload.body).ok()?;
    let error = body.get("error")?;
    let code = error.get("code").or(body.get("code")).map(|code| code.to_string().replace('"', "")).unwrap_or_default();
    let words = error.get("message").unwrap_or(error).as_str().unwrap_or_default();
    let detail = words.chars().take(120).collect::<String>();
    Some(match code.as_str() {
        "API_KEY_MISSING" => Failure::KeyMissing,
        "OVER_RATE_LIMIT" | "429" => Failure::RateLimited { after: payload.retry_after },
        code if code.starts_with("API_KEY") => Failure::KeyRefused { detail },
        code if code.starts_with('5') => Failure::Unavailable { detail },
        _ => match Failure::of_status(payload.status, payload.retry_after, payload.body) {
            Some(Failure::UnknownSymbol { .. }) | None => Failure::BadRequest { detail },
            Some(failure) => failure,
        },
    })
}
