//! Yahoo Finance, chart version 8: closes, payouts and splits of almost anything that is quoted, and its latest price.
//!
//! The close is adjusted for splits alone and the adjusted close for payouts too: two columns that are never mixed. The
//! adjusted close is restated backwards at every payout, so that a value of it holds for the day of asking only.

mod chart;
mod events;
mod refusal;
mod session;
mod shape;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::read::address::address;
use crate::read::days::day_in;
use crate::symbol::segment;
use crate::{Failure, KeyNeed, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Yahoo;

// No limit is published; this is well below what others report before they are turned away.
const QUOTA: Quota =
    Quota { per_second: Some(1), per_minute: Some(40), per_hour: Some(1_200), per_day: None, per_month: None };

static POLICY: Policy = Policy {
    serves: "daily closes of funds, indices, futures, currencies and crypto assets on price and total return, splits, payouts; latest price",
    terms: "https://legal.yahoo.com/us/en/yahoo/terms/otos/index.html",
    key: KeyNeed::None,
    keyless: QUOTA,
    keyed: QUOTA,
    batch: 1,
    timeout: Duration::from_secs(30),
    max_bytes: 16 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_mins(5)),
};

/// 1900-01-01, before anything there.
const BEGINNING: i64 = -2_208_988_800;

impl Source for Yahoo {
    fn provider(&self) -> Provider {
        Provider::Yahoo
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        want.symbols.iter().map(|symbol| request(symbol, want)).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        chart::parse(request, payload)
    }
}

fn request(symbol: &str, want: &Want<'_>) -> Result<Request, Failure> {
    let base = format!("https://query2.finance.yahoo.com/v8/finance/chart/{}", segment(symbol, "^.=-_")?);
    let url = match want.purpose {
        Purpose::Quote => address(&base, &[("range", "1d"), ("interval", "1d"), ("includePrePost", "false")]),
        Purpose::History { since } => address(
            &base,
            &[
                ("period1", &from(since).to_string()),
                ("period2", &until(want.now).to_string()),
                ("interval", "1d"),
                ("events", "div|split"),
                ("includePrePost", "false"),
            ],
        ),
        Purpose::Vintages { .. } => return Err(Failure::NotServed),
    };
    Ok(Request::get(want.purpose, &[symbol], url))
}

/// A day earlier than asked: east of Greenwich a bar of the day is stamped on the UTC day before.
fn from(since: Option<Day>) -> i64 {
    since.map_or(BEGINNING, |day| i64::from(day.epoch_days() - 1) * 86_400)
}

/// The end of the UTC day, so that all requests of a day are the same.
fn until(now: Timestamp) -> i64 {
    day_in(now, &TimeZone::UTC).map_or(now.as_second(), |today| i64::from((today + 1).epoch_days()) * 86_400)
}

#[cfg(test)]
mod answers;
#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn urls(symbols: &[&str], purpose: Purpose) -> Vec<String> {
        let now = "2026-01-06T15:00:00Z".parse().unwrap();
        let want = Want { symbols, purpose, now, access: Access::Keyless };
        Yahoo.requests(&want).unwrap().into_iter().map(|request| request.url).collect()
    }

    #[test]
    fn one_request_a_symbol() {
        let since = Some("2026-01-02".parse().unwrap());
        assert_eq!(
            urls(&["^VIX", "DX-Y.NYB"], Purpose::History { since }),
            [
                "https://query2.finance.yahoo.com/v8/finance/chart/%5EVIX?period1=1767225600&period2=1767744000\
                 &interval=1d&events=div%7Csplit&includePrePost=false",
                "https://query2.finance.yahoo.com/v8/finance/chart/DX-Y.NYB?period1=1767225600&period2=1767744000\
                 &interval=1d&events=div%7Csplit&includePrePost=false",
            ]
        );
        assert!(urls(&["GC=F"], Purpose::History { since: None })[0].contains("/GC=F?period1=-2208988800&"));
        assert_eq!(
            urls(&["DIA"], Purpose::Quote),
            ["https://query2.finance.yahoo.com/v8/finance/chart/DIA?range=1d&interval=1d&includePrePost=false"]
        );
    }

    #[test]
    fn refuses_what_it_cannot_ask() {
        let want = |symbols, purpose| {
            Yahoo.requests(&Want { symbols, purpose, now: Timestamp::UNIX_EPOCH, access: Access::Keyless })
        };
        assert_eq!(want(&["DIA"], Purpose::Vintages { since: None }), Err(Failure::NotServed));
        assert!(matches!(want(&["D/A"], Purpose::Quote), Err(Failure::UnknownSymbol { .. })));
    }
}
