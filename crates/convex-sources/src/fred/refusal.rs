//! How the JSON interface says no.

use std::time::Duration;

use serde::Deserialize;

use crate::{Failure, Payload};

/// Shortest wait that has been seen to help after too many requests.
const WAIT: Duration = Duration::from_secs(30);

/// A refusal in the body, whatever the status: `{"error_code":400,"error_message":"Bad Request.  …"}`.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    error_code: u16,
    error_message: String,
}

impl Refusal {
    /// The refusal in a body, if it is one.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        if body.len() > 1 << 14 { None } else { serde_json::from_slice(body).ok() }
    }

    /// Whether the series has more vintages than one answer may span.
    pub(super) fn is_too_many_vintages(&self) -> bool {
        self.error_message.contains("maximum number of vintage dates")
    }

    /// What it means.
    pub(super) fn failure(&self, payload: &Payload<'_>) -> Failure {
        let detail = self.error_message.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = detail.to_lowercase();
        let says = |part: &str| words.contains(part);
        match self.error_code {
            429 => Failure::RateLimited { after: Some(payload.retry_after.unwrap_or(WAIT)) },
            500.. => Failure::Unavailable { detail },
            _ if says("api_key") && (says("not set") || says("not been set")) => Failure::KeyMissing,
            _ if says("api_key") => Failure::KeyRefused { detail },
            // A series that exists and is withheld answers 404, one that does not exist 400.
            404 => Failure::Gone { detail },
            _ if says("invalid value for variable series_id") || says("series does not exist") => {
                Failure::UnknownSymbol { detail }
            }
            _ => Failure::BadRequest { detail },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_by_their_words() {
        for (code, message, class) in [
            (400, "Bad Request.  Variable api_key is not set.  Read https://example.invalid for more.", "key-missing"),
            (400, "Bad Request.  The value for variable api_key is not registered.", "key-refused"),
            (400, "Bad Request.  Invalid value for variable series_id.  Series IDs should be short.", "unknown-symbol"),
            (400, "Bad Request.  The series does not exist.", "unknown-symbol"),
            (400, "Bad Request.  The series does not exist in ALFRED but may exist in FRED.", "unknown-symbol"),
            (404, "Not Found.  The series does not exist.", "gone"),
            (400, "Bad Request.  Variable series_id has not been set.", "bad-request"),
            (400, "Bad Request.  Variable realtime_end can not be after today's date.", "bad-request"),
            (429, "Too Many Requests.  Exceeded Rate Limit", "rate-limited"),
            (500, "Internal Server Error", "unavailable"),
        ] {
            let body = format!(r#"{{"error_code":{code},"error_message":"{message}"}}"#);
            let refusal = Refusal::of(body.as_bytes()).expect(message);
            let payload = Payload::ok(body.as_bytes(), jiff::Timestamp::UNIX_EPOCH);
            assert_eq!(refusal.failure(&payload).class(), class, "{message}");
        }
        assert!(Refusal::of(br#"{"observations":[]}"#).is_none());
    }
}
