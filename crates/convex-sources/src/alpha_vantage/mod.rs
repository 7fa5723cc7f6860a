//! Alpha Vantage: closes of US shares and funds as traded, without adjustment, and their latest price.
//!
//! Every failure comes with status 200 and a sentence. A free key gives the last hundred sessions, 25 requests a day.

mod daily;
mod quote;
mod refusal;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::read::address::address;
use crate::read::days::day_in;
use crate::symbol::segment;
use crate::{Access, Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct AlphaVantage;

static POLICY: Policy = Policy {
    serves: "daily closes of US shares and funds as traded, the last hundred sessions with a free key; latest price",
    terms: "https://www.alphavantage.co/terms_of_service/",
    key: KeyNeed::Required,
    keyless: Quota::UNLIMITED,
    keyed: Quota { per_second: Some(1), per_minute: Some(5), per_day: Some(25), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_secs(30),
    max_bytes: 16 << 20,
    http1_only: false,
    // A day's allowance would be gone within the hour.
    quote_every: None,
};

/// Civil days that a hundred sessions certainly cover.
const COMPACT: i32 = 130;

impl Source for AlphaVantage {
    fn provider(&self) -> Provider {
        Provider::AlphaVantage
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        if !want.access.has_key() {
            return Err(Failure::KeyMissing);
        }
        let query = |symbol: &str| -> Result<String, Failure> {
            segment(symbol, ".-")?;
            let mut query = match want.purpose {
                Purpose::Quote => vec![("function", "GLOBAL_QUOTE"), ("symbol", symbol)],
                Purpose::History { since } => {
                    vec![("function", "TIME_SERIES_DAILY"), ("symbol", symbol), ("outputsize", size(since, want))]
                }
                Purpose::Vintages { .. } => return Err(Failure::NotServed),
            };
            query.push(("datatype", "json"));
            Ok(address("https://www.alphavantage.co/query", &query))
        };
        want.symbols
            .iter()
            .map(|symbol| Ok(Request::get(want.purpose, &[symbol], query(symbol)?).with_key(KeyPlace::Query("apikey"))))
            .collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match request.purpose {
            Purpose::Quote => quote::parse(request, payload),
            _ => daily::parse(request, payload),
        }
    }
}

fn size(since: Option<Day>, want: &Want<'_>) -> &'static str {
    let recent = |since: Day, now: Timestamp| day_in(now, &TimeZone::UTC).is_some_and(|today| today - since <= COMPACT);
    match since {
        _ if want.access != Access::ProKey => "compact",
        Some(since) if recent(since, want.now) => "compact",
        _ => "full",
    }
}

/// A member by its name without the number before it: `4. close` is `close`.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object
        .iter()
        .find(|(key, _)| key.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c)) == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
