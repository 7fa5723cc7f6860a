//! FRED and ALFRED, the Federal Reserve Bank of St. Louis: with a key its JSON interface, without one the file behind its charts.

mod graph;
mod observations;
mod refusal;
mod window;

use std::time::Duration;

use convex_core::catalog::Provider;

use crate::{Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Fred;

static POLICY: Policy = Policy {
    serves: "US rates, credit spreads, releases and their revisions",
    terms: "https://fred.stlouisfed.org/legal/",
    key: KeyNeed::Optional,
    keyless: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(2), per_minute: Some(120), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_secs(30),
    max_bytes: 64 << 20,
    http1_only: true,
    quote_every: None,
};

/// Observations that one answer of the interface may hold.
const PAGE: &str = "100000";

impl Source for Fred {
    fn provider(&self) -> Provider {
        Provider::Fred
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let has_key = want.access.has_key();
        match want.purpose {
            Purpose::Quote => return Err(Failure::NotServed),
            Purpose::Vintages { .. } if !has_key => return Err(Failure::KeyMissing),
            Purpose::History { .. } | Purpose::Vintages { .. } => {}
        }
        want.symbols.iter().map(|symbol| request(symbol, want.purpose, has_key)).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        if request.url.contains("/graph/fredgraph.csv") {
            graph::read(request, payload)
        } else {
            observations::read(request, payload)
        }
    }
}

fn request(symbol: &str, purpose: Purpose, has_key: bool) -> Result<Request, Failure> {
    let tame = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if symbol.is_empty() || symbol.len() > 40 || !symbol.bytes().all(tame) {
        return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" cannot be a series of FRED") });
    }
    if !has_key {
        // Several series in one request come back as a ZIP archive.
        let since = purpose.since().map(|day| format!("&cosd={day}")).unwrap_or_default();
        let url = format!("https://fred.stlouisfed.org/graph/fredgraph.csv?id={symbol}{since}");
        return Ok(Request::get(purpose, &[symbol], url));
    }
    let mut url = format!("https://api.stlouisfed.org/fred/series/observations?series_id={symbol}&file_type=json");
    if let Some(day) = purpose.since() {
        url.push_str(&format!("&observation_start={day}"));
    }
    // Without these two, the answer is as known today; today itself may not be sent, for it begins later in St. Louis.
    if let Purpose::Vintages { .. } = purpose {
        for (name, day) in window::ALL_TIME {
            url.push_str(&format!("&{name}={day}"));
        }
    }
    url.push_str(&format!("&limit={PAGE}&offset=0"));
    Ok(Request::get(purpose, &[symbol], url).with_key(KeyPlace::Query("api_key")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn check(purpose: Purpose, access: Access, expected: Result<&str, Failure>) {
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        let want = Want { symbols: &["DGS10"], purpose, now, access };
        let found = Fred.requests(&want).map(|requests| {
            let place = if access.has_key() { KeyPlace::Query("api_key") } else { KeyPlace::Nowhere };
            assert_eq!((requests.len(), requests[0].key), (1, place));
            requests[0].url.clone()
        });
        assert_eq!(found, expected.map(ToOwned::to_owned));
    }

    #[test]
    fn asks_by_key_or_without() {
        let since = "2026-01-02".parse().ok();
        let keyless = "https://fred.stlouisfed.org/graph/fredgraph.csv?id=DGS10";
        check(Purpose::History { since: None }, Access::Keyless, Ok(keyless));
        check(Purpose::History { since }, Access::Keyless, Ok(&format!("{keyless}&cosd=2026-01-02")));
        let keyed = "https://api.stlouisfed.org/fred/series/observations?series_id=DGS10&file_type=json";
        check(Purpose::History { since: None }, Access::Key, Ok(&format!("{keyed}&limit=100000&offset=0")));
        let url = format!("{keyed}&observation_start=2026-01-02&limit=100000&offset=0");
        check(Purpose::History { since }, Access::Key, Ok(&url));
        let url = format!("{keyed}&realtime_start=1776-07-04&realtime_end=9999-12-31&limit=100000&offset=0");
        check(Purpose::Vintages { since: None }, Access::Key, Ok(&url));
        check(Purpose::Vintages { since: None }, Access::Keyless, Err(Failure::KeyMissing));
        check(Purpose::Quote, Access::Key, Err(Failure::NotServed));
    }
}
