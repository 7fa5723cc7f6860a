//! What Yahoo says when it gives nothing.

use super::shape::{Body, Chart, Error};
use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::{Failure, Payload};

/// How it says that there is no bar between two moments: in an error or in a sentence.
const NO_BAR: &str = "data doesn't exist for startdate";

/// The chart in an answer, or why there is none.
pub(super) fn chart_in(payload: &Payload<'_>, symbol: &str) -> Result<Chart, Failure> {
    if payload.status == 999 {
        return Err(Failure::RateLimited { after: payload.retry_after });
    }
    if payload.status == 400 && says(&beginning(payload.body), &[NO_BAR]) {
        return Err(Failure::Empty);
    }
    let body: Body = json_of_any_status(payload)?;
    let Some(envelope) = body.chart.or(body.finance) else {
        return Err(of_status(payload).unwrap_or_else(|| Failure::malformed("there is no `chart` in the answer")));
    };
    if let Some(error) = envelope.error {
        return Err(refusal(payload, &error, symbol));
    }
    let chart = envelope.result.into_iter().flatten().next();
    match (of_status(payload), chart) {
        (None, Some(chart)) => Ok(chart),
        (None, None) => Err(Failure::Empty),
        (Some(Failure::UnknownSymbol { .. }), None) => Err(Failure::UnknownSymbol { detail: symbol.to_owned() }),
        (Some(failure), _) => Err(failure),
    }
}

fn refusal(payload: &Payload<'_>, error: &Error, symbol: &str) -> Failure {
    let code = error.code.as_deref().unwrap_or_default();
    let description = error.description.as_deref().unwrap_or_default();
    let words = format!("{code} {description}");
    let said = [symbol, code, description].map(str::trim);
    let detail = beginning(said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ").as_bytes());
    match payload.status {
        429 => Failure::RateLimited { after: payload.retry_after },
        _ if says(&words, &["too many requests"]) => Failure::RateLimited { after: payload.retry_after },
        401 | 403 => Failure::Blocked { detail },
        _ if says(&words, &["crumb", "unauthorized", "forbidden", "access is disabled", "access disabled"]) => {
            Failure::Blocked { detail }
        }
        // Also what a window without a bar of a known symbol gets: the next regular time tells.
        _ if says(&words, &["not found", "no data found"]) => Failure::UnknownSymbol { detail },
        _ if says(&words, &[NO_BAR]) => Failure::Empty,
        400 | 422 => Failure::BadRequest { detail },
        404 => Failure::UnknownSymbol { detail },
        _ => Failure::Unavailable { detail },
    }
}
