//! Twelve Data: closes of shares and funds adjusted for splits, and the latest price of them and of spot gold.
//!
//! What an answer is stands in its `status`, which is read before the status of HTTP. Each symbol costs a credit, so each
//! is asked for by itself.

mod history;
mod quote;
mod refusal;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;

use crate::read::address::address;
use crate::symbol::segment;
use crate::{Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct TwelveData;

static POLICY: Policy = Policy {
    serves: "daily closes of US shares and funds adjusted for splits; latest price, also of spot gold",
    terms: "https://twelvedata.com/terms",
    key: KeyNeed::Required,
    keyless: Quota::UNLIMITED,
    keyed: Quota { per_minute: Some(8), per_day: Some(800), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_secs(30),
    max_bytes: 8 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_mins(10)),
};

const HOST: &str = "https://api.twelvedata.com";
const KEY: KeyPlace = KeyPlace::Header { name: "authorization", prefix: "apikey " };

/// Days that one answer holds at most.
const PAGE: usize = 5_000;

impl Source for TwelveData {
    fn provider(&self) -> Provider {
        Provider::TwelveData
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        if !want.access.has_key() {
            return Err(Failure::KeyMissing);
        }
        want.symbols.iter().map(|symbol| request(symbol, want.purpose, None)).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match request.purpose {
            Purpose::Quote => quote::parse(request, payload),
            _ => history::parse(request, payload),
        }
    }
}

/// The request for a symbol, of a history up to a day.
fn request(symbol: &str, purpose: Purpose, until: Option<Day>) -> Result<Request, Failure> {
    segment(symbol, "/.-")?;
    let url = match purpose {
        Purpose::Quote => address(&format!("{HOST}/quote"), &[("symbol", symbol)]),
        Purpose::History { since } => {
            let (since, until) = (since.map(|day| day.to_string()), until.map(|day| day.to_string()));
            let size = PAGE.to_string();
            let mut query =
                vec![("symbol", symbol), ("interval", "1day"), ("outputsize", &*size), ("adjust", "splits")];
            query.extend(since.as_deref().map(|day| ("start_date", day)));
            query.extend(until.as_deref().map(|day| ("end_date", day)));
            address(&format!("{HOST}/time_series"), &query)
        }
        Purpose::Vintages { .. } => return Err(Failure::NotServed),
    };
    Ok(Request::get(purpose, &[symbol], url).with_key(KEY))
}

#[cfg(test)]
mod tests;
