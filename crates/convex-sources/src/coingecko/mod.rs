//! `CoinGecko`: an average over venues of almost any crypto asset, in US dollars.
//!
//! A daily value is the snapshot at 00:00 UTC. It is the price at which the day before ended, so it is that day's close here,
//! as the candles of an exchange have it: the snapshot stamped 2026-01-06 00:00 belongs to 2026-01-05.

mod history;
mod price;
mod refusal;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::read::address::{address, parameter};
use crate::read::days::day_in;
use crate::symbol::segment;
use crate::{Access, Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Coingecko;

static POLICY: Policy = Policy {
    serves: "daily prices of crypto assets, a year back without a paid plan; latest price of many in one request",
    terms: "https://www.coingecko.com/en/api_terms",
    key: KeyNeed::Optional,
    // Nothing is promised without a key; five a minute is what others get through.
    keyless: Quota { per_minute: Some(5), ..Quota::UNLIMITED },
    // The free plan. Failed requests count too.
    keyed: Quota { per_minute: Some(30), per_month: Some(10_000), ..Quota::UNLIMITED },
    batch: 100,
    timeout: Duration::from_secs(20),
    max_bytes: 8 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_mins(5)),
};

const DAYS_WITHOUT_PAID_PLAN: i32 = 365;

impl Source for Coingecko {
    fn provider(&self) -> Provider {
        Provider::Coingecko
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let ids: Vec<String> = want.symbols.iter().map(|id| segment(id, "-_.")).collect::<Result<_, _>>()?;
        let host = match want.access {
            Access::ProKey => "https://pro-api.coingecko.com/api/v3",
            Access::Keyless | Access::Key => "https://api.coingecko.com/api/v3",
        };
        let requests = match want.purpose {
            Purpose::Quote => {
                let ids = ids.join(",");
                let parameters = [("ids", &*ids), ("vs_currencies", "usd"), ("include_last_updated_at", "true")];
                vec![Request::get(want.purpose, want.symbols, address(&format!("{host}/simple/price"), &parameters))]
            }
            Purpose::History { since } => {
                let days = days(since, want.now, want.access);
                let parameters = [("vs_currency", "usd"), ("days", &*days), ("interval", "daily")];
                let url = |id: &str| address(&format!("{host}/coins/{id}/market_chart"), &parameters);
                ids.iter()
                    .zip(want.symbols)
                    .map(|(id, &symbol)| Request::get(want.purpose, &[symbol], url(id)))
                    .collect()
            }
            Purpose::Vintages { .. } => return Err(Failure::NotServed),
        };
        let key = match want.access {
            Access::Keyless => KeyPlace::Nowhere,
            Access::Key => KeyPlace::Header { name: "x-cg-demo-api-key", prefix: "" },
            Access::ProKey => KeyPlace::Header { name: "x-cg-pro-api-key", prefix: "" },
        };
        Ok(requests.into_iter().map(|request| request.with_key(key)).collect())
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match request.purpose {
            Purpose::Quote => price::parse(request, payload),
            _ => history::parse(request, payload),
        }
    }
}

/// How far back to ask: a day more than needed, for the close of a day is stamped on the next.
fn days(since: Option<Day>, now: Timestamp, access: Access) -> String {
    let back = since.zip(day_in(now, &TimeZone::UTC)).map(|(since, today)| (today - since).max(0) + 2);
    match back {
        None if access == Access::ProKey => "max".to_owned(),
        None => DAYS_WITHOUT_PAID_PLAN.to_string(),
        Some(days) if access == Access::ProKey => days.to_string(),
        Some(days) => days.min(DAYS_WITHOUT_PAID_PLAN).to_string(),
    }
}

/// The currency a request asks in, as the answer spells it.
fn currency(request: &Request, name: &str) -> String {
    parameter(&request.url, name).unwrap_or_else(|| "usd".to_owned())
}

#[cfg(test)]
mod tests;
