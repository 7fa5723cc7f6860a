//! European Central Bank: reference rates of the euro, in units of the other currency for one euro.

mod csvdata;
mod reference_rates;

use std::time::Duration;

use convex_core::catalog::Provider;

use crate::read::days::{today, zone};
use crate::read::points;
use crate::{
    Adjustment, Column, Failure, KeyNeed, Kind, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want,
};

/// The source.
#[derive(Debug)]
pub(crate) struct Ecb;

static POLICY: Policy = Policy {
    serves: "euro reference rates, in the afternoon of the day",
    terms: "https://www.ecb.europa.eu/services/using-our-site/disclaimer/html/index.en.html",
    key: KeyNeed::None,
    // No limit is published; this is what a polite reader needs.
    keyless: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_mins(1),
    max_bytes: 32 << 20,
    http1_only: false,
    quote_every: None,
};

impl Source for Ecb {
    fn provider(&self) -> Provider {
        Provider::Ecb
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { since } = want.purpose else { return Err(Failure::NotServed) };
        let start = since.map(|day| format!("&startPeriod={day}")).unwrap_or_default();
        want.symbols
            .iter()
            .map(|symbol| {
                let key = Key::of(symbol)?;
                let url = format!("https://data-api.ecb.europa.eu/service/data/EXR/{}?format=csvdata{start}", key.text);
                Ok(Request::get(want.purpose, &[symbol], url))
            })
            .collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        // Nothing in the span asked for is answered in either way.
        if payload.status == 404 || payload.body.trim_ascii().is_empty() && payload.status == 200 {
            return Err(Failure::Empty);
        }
        let symbol = request.symbols.first().map_or("", String::as_str);
        let key = Key::of(symbol)?;
        let mut parsed = Parsed::default();
        let found = match Kind::of(payload.body) {
            Some(Kind::Xml) => reference_rates::read_xml(payload.text(Kind::Xml)?, &key)?,
            _ => csvdata::read(payload.text(Kind::Text)?, &key, &mut parsed.warnings)?,
        };
        let found = points::ascending(found, symbol, &mut parsed.warnings);
        let last = zone("Europe/Berlin").map_or(convex_core::Day::MAX, |zone| today(payload.received, &zone));
        let found = points::until(found, last, symbol, &mut parsed.warnings);
        parsed.columns.push(Column::closes(symbol, Adjustment::None, found));
        Ok(parsed)
    }
}

/// The key of a series of exchange rates, such as `D.USD.EUR.SP00.A`.
#[derive(Debug)]
struct Key<'symbol> {
    text: &'symbol str,
    /// Frequency, currency, currency of the denominator, kind, variation.
    parts: [&'symbol str; 5],
}

impl<'symbol> Key<'symbol> {
    fn of(symbol: &'symbol str) -> Result<Self, Failure> {
        let unknown =
            || Failure::UnknownSymbol { detail: format!("\"{symbol}\" is no key such as \"D.USD.EUR.SP00.A\"") };
        let parts: Vec<&str> = symbol.split('.').collect();
        let parts: [&str; 5] = parts.try_into().map_err(|_| unknown())?;
        let tame = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if parts.iter().all(tame) { Ok(Self { text: symbol, parts }) } else { Err(unknown()) }
    }

    fn currency(&self) -> &'symbol str {
        self.parts[1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    #[test]
    fn addresses() {
        let ask = |symbol: &str, since: Option<&str>| {
            let purpose = Purpose::History { since: since.map(|day| day.parse().expect("a day")) };
            let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
            Ecb.requests(&Want { symbols: &[symbol], purpose, now, access: Access::Keyless })
                .map(|requests| requests[0].url.clone())
        };
        let url = "https://data-api.ecb.europa.eu/service/data/EXR/D.USD.EUR.SP00.A?format=csvdata";
        assert_eq!(ask("D.USD.EUR.SP00.A", None).as_deref(), Ok(url));
        let since = format!("{url}&startPeriod=2026-01-02");
        assert_eq!(ask("D.USD.EUR.SP00.A", Some("2026-01-02")), Ok(since));
        for symbol in ["USD", "D.USD.EUR.SP00", "D..EUR.SP00.A", "D.USD.EUR.SP00.A/x", ""] {
            assert!(ask(symbol, None).is_err(), "{symbol}");
        }
    }
}
