//! Tiingo: closes of US shares and funds as traded and adjusted, with every split and payout; crypto pairs; latest prices.
//!
//! A symbol in lower case is a crypto pair (`btcusd`), any other a share or fund (`IWM`). The close is as traded, so the
//! price column is made of it and the splits after each day; the adjusted close is the total return.

mod crypto;
mod daily;
mod quotes;
mod refusal;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;

use crate::read::address::address;
use crate::read::days::iso_day;
use crate::symbol::segment;
use crate::{Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Tiingo;

static POLICY: Policy = Policy {
    serves: "daily closes of US shares and funds on price and total return, splits, payouts; crypto pairs; latest price",
    terms: "https://www.tiingo.com/about/terms",
    key: KeyNeed::Required,
    keyless: Quota::UNLIMITED,
    // The free plan, which also allows 500 symbols a month.
    keyed: Quota { per_second: Some(2), per_hour: Some(50), per_day: Some(1_000), ..Quota::UNLIMITED },
    batch: 50,
    timeout: Duration::from_secs(30),
    max_bytes: 32 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_mins(10)),
};

const HOST: &str = "https://api.tiingo.com";
const KEY: KeyPlace = KeyPlace::Header { name: "authorization", prefix: "Token " };

impl Source for Tiingo {
    fn provider(&self) -> Provider {
        Provider::Tiingo
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        if !want.access.has_key() {
            return Err(Failure::KeyMissing);
        }
        for symbol in want.symbols {
            segment(symbol, "-.")?;
        }
        let requests = match want.purpose {
            Purpose::Quote => latest(want),
            Purpose::History { since } => {
                let start = since.map_or_else(|| "1900-01-01".to_owned(), |day| day.to_string());
                want.symbols
                    .iter()
                    .map(|symbol| Request::get(want.purpose, &[symbol], history(symbol, &start)))
                    .collect()
            }
            Purpose::Vintages { .. } => return Err(Failure::NotServed),
        };
        Ok(requests.into_iter().map(|request| request.with_key(KEY)).collect())
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let crypto = request.symbols.first().is_some_and(|symbol| is_crypto(symbol));
        match (request.purpose, crypto) {
            (Purpose::Quote, false) => quotes::shares(request, payload),
            (Purpose::Quote, true) => quotes::crypto(request, payload),
            (_, false) => daily::parse(request, payload),
            (_, true) => crypto::parse(request, payload),
        }
    }
}

fn is_crypto(symbol: &str) -> bool {
    symbol.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn history(symbol: &str, start: &str) -> String {
    if is_crypto(symbol) {
        let query = [("tickers", symbol), ("startDate", start), ("resampleFreq", "1day"), ("format", "json")];
        return address(&format!("{HOST}/tiingo/crypto/prices"), &query);
    }
    let query = [("startDate", start), ("format", "json"), ("resampleFreq", "daily")];
    address(&format!("{HOST}/tiingo/daily/{symbol}/prices"), &query)
}

/// One request for all shares and one for all pairs.
fn latest(want: &Want<'_>) -> Vec<Request> {
    let (crypto, shares): (Vec<&str>, Vec<&str>) = want.symbols.iter().partition(|symbol| is_crypto(symbol));
    [(shares, "iex/"), (crypto, "tiingo/crypto/top")]
        .into_iter()
        .filter(|(symbols, _)| !symbols.is_empty())
        .map(|(symbols, path)| {
            let url = address(&format!("{HOST}/{path}"), &[("tickers", &symbols.join(","))]);
            Request::get(want.purpose, &symbols, url)
        })
        .collect()
}

/// A day, written alone or as its midnight; the zone behind it says nothing. Another time is that of a shorter bar.
fn midnight(date: &str) -> Option<Day> {
    let midnight = date.get(10..).is_none_or(|time| time.is_empty() || time.starts_with("T00:00:00"));
    iso_day(date).filter(|_| midnight)
}

#[cfg(test)]
mod tests;
