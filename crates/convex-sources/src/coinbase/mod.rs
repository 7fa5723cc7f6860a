//! Coinbase Exchange: daily candles and the latest trade of crypto assets in US dollars, and a stream of them.
//!
//! A candle is of the UTC day; its close is the last trade before midnight.

mod candles;
mod feed;
mod refusal;
mod ticker;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::read::address::address;
use crate::read::days::day_in;
use crate::symbol::segment;
use crate::{Failure, KeyNeed, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

pub(crate) use feed::Conversation;

/// The source.
#[derive(Debug)]
pub(crate) struct Coinbase;

const QUOTA: Quota = Quota { per_second: Some(5), per_minute: Some(120), ..Quota::UNLIMITED };

static POLICY: Policy = Policy {
    serves: "daily closes of crypto assets in US dollars since 2015; latest trade, also as a stream",
    terms: "https://www.coinbase.com/legal/market_data",
    key: KeyNeed::None,
    keyless: QUOTA,
    keyed: QUOTA,
    batch: 1,
    timeout: Duration::from_secs(15),
    max_bytes: 2 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_secs(30)),
};

const HOST: &str = "https://api.exchange.coinbase.com";

/// Candles that one answer holds at most.
const PAGE: i32 = 300;

impl Source for Coinbase {
    fn provider(&self) -> Provider {
        Provider::Coinbase
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let mut requests = Vec::new();
        for symbol in want.symbols {
            let base = format!("{HOST}/products/{}", segment(symbol, "-")?);
            match want.purpose {
                Purpose::Quote => {
                    requests.push(Request::get(want.purpose, &[symbol], format!("{base}/ticker")));
                }
                Purpose::History { since } => {
                    let pages = pages(since, want.now).into_iter().map(|(first, last)| {
                        let (start, end) = (format!("{first}T00:00:00Z"), format!("{last}T00:00:00Z"));
                        let query = [("granularity", "86400"), ("start", &start), ("end", &end)];
                        Request::get(want.purpose, &[symbol], address(&format!("{base}/candles"), &query))
                    });
                    requests.extend(pages);
                }
                Purpose::Vintages { .. } => return Err(Failure::NotServed),
            }
        }
        Ok(requests)
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match request.purpose {
            Purpose::Quote => ticker::parse(request, payload),
            _ => candles::parse(request, payload),
        }
    }
}

/// First and last days of pages, oldest first: what has come stays a whole history when a later page does not come. The
/// running day alone is not worth a page.
fn pages(since: Option<Day>, now: Timestamp) -> Vec<(Day, Day)> {
    let Some(today) = day_in(now, &TimeZone::UTC) else { return Vec::new() };
    let beginning = Day::new(2015, 1, 1).unwrap_or(Day::MIN);
    let mut first = since.unwrap_or(beginning).max(beginning).min(today);
    let mut pages = Vec::new();
    while first <= today && (first < today || pages.is_empty()) {
        let last = (first + (PAGE - 1)).min(today);
        pages.push((first, last));
        first = last + 1;
    }
    pages
}

#[cfg(test)]
mod tests;
