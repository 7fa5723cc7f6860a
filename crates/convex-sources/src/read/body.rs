//! JSON bodies of providers that say in the body what is wrong.

use serde::Deserialize;

use super::json::json;
use crate::{Failure, Kind, Payload};

/// The body as JSON text, whatever the status. A body of another kind is first judged by the status: a page with 503 is
/// trouble, a page with 200 is the wrong kind.
///
/// # Errors
/// As [`Payload::text`].
pub(crate) fn json_text<'a>(payload: &Payload<'a>) -> Result<&'a str, Failure> {
    payload.text_of_any_status(Kind::Json).map_err(|other| of_status(payload).unwrap_or(other))
}

/// Reads a body of any status; one that cannot be read is first judged by the status.
///
/// # Errors
/// As [`json_text`], and [`Failure::Malformed`].
pub(crate) fn json_of_any_status<'a, T: Deserialize<'a>>(payload: &Payload<'a>) -> Result<T, Failure> {
    json(json_text(payload)?).map_err(|malformed| of_status(payload).unwrap_or(malformed))
}

/// What the status says by itself.
pub(crate) fn of_status(payload: &Payload<'_>) -> Option<Failure> {
    Failure::of_status(payload.status, payload.retry_after, payload.body)
}

/// Whether a text contains one of some words, in whatever case; the words are lower case.
pub(crate) fn says(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}
