//! What Coinbase says when it gives nothing.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload};

/// The answer in a body that is no refusal.
pub(super) fn answer<T: DeserializeOwned>(payload: &Payload<'_>, symbol: &str) -> Result<T, Failure> {
    let of_status = of_status(payload);
    let body: Value = json_of_any_status(payload)?;
    if let Some(message) = ["message", "error_details", "error"].iter().find_map(|&key| body[key].as_str()) {
        return Err(refusal(message, of_status, symbol));
    }
    of_status.map_or_else(|| serde_json::from_value(body).map_err(|error| Failure::malformed(error.to_string())), Err)
}

/// The class of a refusal in words, which decide where the status says nothing by itself.
pub(super) fn refusal(message: &str, of_status: Option<Failure>, symbol: &str) -> Failure {
    let detail = beginning(format!("{symbol}: {message}").as_bytes());
    match of_status {
        Some(Failure::UnknownSymbol { .. }) => Failure::UnknownSymbol { detail },
        Some(failure @ (Failure::RateLimited { .. } | Failure::Restricted)) => failure,
        _ if says(message, &["rate limit", "too many requests"]) => Failure::RateLimited { after: None },
        _ if says(message, &["notfound", "not found", "not_found", "invalid product", "not a valid product"]) => {
            Failure::UnknownSymbol { detail }
        }
        Some(Failure::Unavailable { .. }) => Failure::Unavailable { detail },
        Some(Failure::Blocked { .. } | Failure::KeyRefused { .. }) => Failure::Blocked { detail },
        _ => Failure::BadRequest { detail },
    }
}
