//! Kraken: daily candles of the last 720 days and the latest trade of crypto assets and gold tokens, and a stream of them.
//!
//! Tokens of gold (`PAXGUSD`, `XAUTUSD`) trade some tenths of a percent away from gold, more at weekends: proxies.

mod candles;
mod feed;
mod old_feed;
mod pair;
mod refusal;
mod ticker;

use std::time::Duration;

use convex_core::catalog::Provider;

use crate::read::address::address;
use crate::symbol::segment;
use crate::{Failure, KeyNeed, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

pub(crate) use feed::Conversation;

/// The source.
#[derive(Debug)]
pub(crate) struct Kraken;

const QUOTA: Quota = Quota { per_second: Some(1), per_minute: Some(30), ..Quota::UNLIMITED };

static POLICY: Policy = Policy {
    serves: "daily closes of crypto assets and gold tokens, 720 days back; latest trade, also as a stream",
    terms: "https://www.kraken.com/legal",
    key: KeyNeed::None,
    keyless: QUOTA,
    keyed: QUOTA,
    // Several pairs in one answer stand under other names than they were asked by.
    batch: 1,
    timeout: Duration::from_secs(15),
    max_bytes: 2 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_secs(30)),
};

const HOST: &str = "https://api.kraken.com/0/public";

impl Source for Kraken {
    fn provider(&self) -> Provider {
        Provider::Kraken
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        want.symbols.iter().map(|symbol| request(symbol, want)).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match request.purpose {
            Purpose::Quote => ticker::parse(request, payload),
            _ => candles::parse(request, payload),
        }
    }
}

fn request(symbol: &str, want: &Want<'_>) -> Result<Request, Failure> {
    segment(symbol, "/.")?;
    let url = match want.purpose {
        Purpose::Quote => address(&format!("{HOST}/Ticker"), &[("pair", symbol)]),
        Purpose::History { since } => {
            let mut query = vec![("pair", symbol.to_owned()), ("interval", "1440".to_owned())];
            // Rows later than the moment given come back.
            query.extend(since.map(|day| ("since", (i64::from(day.epoch_days() - 1) * 86_400).to_string())));
            let query: Vec<(&str, &str)> = query.iter().map(|(key, value)| (*key, value.as_str())).collect();
            address(&format!("{HOST}/OHLC"), &query)
        }
        Purpose::Vintages { .. } => return Err(Failure::NotServed),
    };
    Ok(Request::get(want.purpose, &[symbol], url))
}

#[cfg(test)]
mod tests;
