//! gold-api.com: the spot price of metals, of the moment. Its history needs a key and has no closes, so there is none here.
//!
//! The market pauses from Friday 17:00 to Sunday 18:00 New York time, and so do price and time.

use std::time::Duration;

use convex_core::catalog::Provider;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::failure::beginning;
use crate::read::body::{json_of_any_status, of_status, says};
use crate::read::days::moment;
use crate::read::float32::without_noise;
use crate::read::numbers::Number;
use crate::symbol::{only_symbol, same_symbol, segment};
use crate::{Failure, KeyNeed, Parsed, Payload, Policy, Purpose, Quota, Quote, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct GoldApi;

// No limit is published.
const QUOTA: Quota = Quota { per_second: Some(1), per_minute: Some(10), ..Quota::UNLIMITED };

static POLICY: Policy = Policy {
    serves: "indicative spot price of gold and silver of the moment; no history",
    terms: "https://gold-api.com/terms",
    key: KeyNeed::None,
    keyless: QUOTA,
    keyed: QUOTA,
    batch: 1,
    timeout: Duration::from_secs(10),
    max_bytes: 64 << 10,
    http1_only: false,
    quote_every: Some(Duration::from_secs(30)),
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    #[serde(default)]
    price: Number,
    symbol: Option<String>,
    currency: Option<String>,
    updated_at: Option<String>,
    #[serde(alias = "message")]
    error: Option<String>,
}

impl Source for GoldApi {
    fn provider(&self) -> Provider {
        Provider::GoldApi
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        if want.purpose != Purpose::Quote {
            return Err(Failure::NotServed);
        }
        let url = |symbol: &str| Ok(format!("https://api.gold-api.com/price/{}", segment(symbol, "")?));
        want.symbols.iter().map(|symbol| Ok(Request::get(want.purpose, &[symbol], url(symbol)?))).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let symbol = only_symbol(request)?;
        let body: Body = json_of_any_status(payload)?;
        if let Some(words) = body.error {
            return Err(refusal(payload, &words, symbol));
        }
        if let Some(failure) = of_status(payload) {
            return Err(failure);
        }
        same_symbol(body.symbol.as_deref(), symbol)?;
        same_symbol(body.currency.as_deref(), "USD")?;
        let value = body.price.0.ok_or(Failure::Empty)?;
        if value <= 0.0 {
            return Err(Failure::malformed(format!("a price of {value}")));
        }
        let at = body.updated_at.unwrap_or_default();
        let Some(at) = moment(&at, &TimeZone::UTC) else {
            return Err(Failure::malformed(format!("\"{at}\" in updatedAt is not a moment")));
        };
        // Six decimals of a number of 32 bits.
        let value = without_noise(value, 5e-7);
        let quote = Quote { symbol: symbol.to_owned(), value, at, delayed_minutes: 0 };
        Ok(Parsed { quotes: vec![quote], ..Parsed::default() })
    }
}

fn refusal(payload: &Payload<'_>, words: &str, symbol: &str) -> Failure {
    let detail = beginning(format!("{symbol}: {words}").as_bytes());
    match of_status(payload) {
        Some(Failure::UnknownSymbol { .. }) => Failure::UnknownSymbol { detail },
        Some(failure @ (Failure::RateLimited { .. } | Failure::Restricted)) => failure,
        _ if says(words, &["too many requests", "rate limit"]) => Failure::RateLimited { after: payload.retry_after },
        _ if says(words, &["not found"]) => Failure::UnknownSymbol { detail },
        Some(Failure::Blocked { .. } | Failure::KeyRefused { .. }) => Failure::Blocked { detail },
        Some(Failure::BadRequest { .. }) => Failure::BadRequest { detail },
        _ => Failure::Unavailable { detail },
    }
}

#[cfg(test)]
mod tests;
