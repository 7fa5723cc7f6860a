//! US Bureau of Labor Statistics, version 2 of its interface: several series in one request, a limited span of years each.

mod answer;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use serde_json::json;

use crate::read::days::{NEW_YORK, today};
use crate::{Access, Body, Failure, KeyNeed, KeyPlace, Method, Parsed, Payload, Policy, Purpose, Quota, Request};
use crate::{Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Bls;

static POLICY: Policy = Policy {
    serves: "US prices, employment and unemployment, on the morning of the release",
    terms: "https://www.bls.gov/developers/termsOfService.htm",
    key: KeyNeed::Optional,
    keyless: Quota { per_second: Some(2), per_minute: Some(60), per_day: Some(25), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(5), per_minute: Some(200), per_day: Some(500), ..Quota::UNLIMITED },
    batch: 25,
    timeout: Duration::from_mins(1),
    max_bytes: 16 << 20,
    http1_only: false,
    quote_every: None,
};

const DATA: &str = "https://api.bls.gov/publicAPI/v2/timeseries/data/";

/// The oldest series, consumer prices, begin here.
const FIRST_YEAR: i16 = 1913;

impl Source for Bls {
    fn provider(&self) -> Provider {
        Provider::Bls
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { since } = want.purpose else { return Err(Failure::NotServed) };
        let tame = |byte: u8| byte.is_ascii_alphanumeric() || b"_-#".contains(&byte);
        if let Some(symbol) = want.symbols.iter().find(|symbol| symbol.is_empty() || !symbol.bytes().all(tame)) {
            return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" cannot be a series of the BLS") });
        }
        let last = today(want.now, &NEW_YORK).year();
        let mut first = since.map_or(FIRST_YEAR, Day::year).clamp(FIRST_YEAR, last);
        let mut requests = Vec::new();
        // Oldest first, so that what a failure leaves out is what the next request asks for.
        while first <= last {
            let until = last.min(first + years(want.access) - 1);
            requests.push(request(want, first, until));
            first = until + 1;
        }
        Ok(requests)
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        answer::read(request, payload)
    }
}

/// Years that one answer may span.
fn years(access: Access) -> i16 {
    if access.has_key() { 20 } else { 10 }
}

fn request(want: &Want<'_>, first: i16, last: i16) -> Request {
    if let (&[symbol], false) = (want.symbols, want.access.has_key()) {
        let url = format!("{DATA}{symbol}?startyear={first}&endyear={last}");
        return Request::get(want.purpose, want.symbols, url);
    }
    let text = json!({ "seriesid": want.symbols, "startyear": first.to_string(), "endyear": last.to_string() });
    let key = if want.access.has_key() { KeyPlace::JsonMember("registrationkey") } else { KeyPlace::Nowhere };
    Request {
        method: Method::Post,
        body: Some(Body { content_type: "application/json", text: text.to_string() }),
        ..Request::get(want.purpose, want.symbols, DATA)
    }
    .with_key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(symbols: &[&str], since: Option<&str>, access: Access, expected: &[&str]) {
        let purpose = Purpose::History { since: since.map(|day| day.parse().expect("a day")) };
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        let requests = Bls.requests(&Want { symbols, purpose, now, access }).expect("symbols that can be");
        let written = |request: &Request| match &request.body {
            Some(body) => format!("{:?} {} {}", request.key, request.url.replace(DATA, "/"), body.text),
            None => request.url.replace(DATA, "/"),
        };
        assert_eq!(requests.iter().map(written).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn spans_of_years() {
        check(&["LNS1"], Some("2025-12-01"), Access::Keyless, &["/LNS1?startyear=2025&endyear=2026"]);
        let spans = ["/LNS1?startyear=2010&endyear=2019", "/LNS1?startyear=2020&endyear=2026"];
        check(&["LNS1"], Some("2010-01-01"), Access::Keyless, &spans);
        let body = r#"JsonMember("registrationkey") / {"seriesid":["LNS1"],"startyear":"2010","endyear":"2026"}"#;
        check(&["LNS1"], Some("2010-01-01"), Access::Key, &[body]);
        let body = r#"Nowhere / {"seriesid":["LNS1","CUSR"],"startyear":"2026","endyear":"2026"}"#;
        check(&["LNS1", "CUSR"], Some("2026-01-05"), Access::Keyless, &[body]);
    }

    #[test]
    fn all_history_fits_the_allowance_of_a_day() {
        let purpose = Purpose::History { since: None };
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        let number = |access| Bls.requests(&Want { symbols: &["LNS1"], purpose, now, access }).map(|found| found.len());
        assert_eq!((number(Access::Keyless), number(Access::Key)), (Ok(12), Ok(6)));
    }
}
