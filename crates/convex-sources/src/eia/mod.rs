//! US Energy Information Administration, version 2 of its interface: spot prices of petroleum, in pages.

mod answer;
mod refusal;

use std::time::Duration;

use crate::{Failure, KeyNeed, KeyPlace, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};
use convex_core::catalog::Provider;

/// The source.
#[derive(Debug)]
pub(crate) struct Eia;

static POLICY: Policy = Policy {
    serves: "spot prices of crude oil, on the next working day",
    terms: "https://www.eia.gov/about/copyrights_reuse.php",
    key: KeyNeed::Required,
    keyless: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    batch: 10,
    timeout: Duration::from_mins(1),
    max_bytes: 32 << 20,
    http1_only: false,
    quote_every: None,
};

/// Rows that one answer may hold.
const PAGE: usize = 5000;

impl Source for Eia {
    fn provider(&self) -> Provider {
        Provider::Eia
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { since } = want.purpose else { return Err(Failure::NotServed) };
        if !want.access.has_key() {
            return Err(Failure::KeyMissing);
        }
        for symbol in want.symbols {
            check_symbol(symbol)?;
        }
        let series = want.symbols.join("&facets[series][]=");
        let start = since.map(|day| format!("&start={day}")).unwrap_or_default();
        // Pages of an order that leaves rows equal repeat some and lose others.
        let order = "&sort[0][column]=period&sort[0][direction]=asc&sort[1][column]=series&sort[1][direction]=asc";
        let url = format!(
            "https://api.eia.gov/v2/petroleum/pri/spt/data/?frequency=daily&data[0]=value&facets[series][]={series}{start}{order}&offset=0&length={PAGE}"
        );
        Ok(vec![Request::get(want.purpose, want.symbols, url).with_key(KeyPlace::Query("api_key"))])
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        match refusal::of(payload) {
            Some(failure) => Err(failure),
            None => answer::read(request, payload),
        }
    }
}

fn check_symbol(symbol: &str) -> Result<(), Failure> {
    if let [_, series, _] = symbol.split('.').collect::<Vec<_>>()[..] {
        return Err(Failure::UnknownSymbol {
            detail: format!("\"{symbol}\" is of version 1; version 2 says \"{series}\""),
        });
    }
    let tame = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if symbol.is_empty() || !symbol.bytes().all(tame) {
        return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" cannot be a series of the EIA") });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn ask(symbol: &str, access: Access) -> Result<String, Failure> {
        let purpose = Purpose::History { since: "2026-01-02".parse().ok() };
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        Eia.requests(&Want { symbols: &[symbol], purpose, now, access }).map(|requests| requests[0].url.clone())
    }

    #[test]
    fn addresses() {
        let url = "https://api.eia.gov/v2/petroleum/pri/spt/data/?frequency=daily&data[0]=value&facets[series][]=RWTC\
                   &start=2026-01-02&sort[0][column]=period&sort[0][direction]=asc&sort[1][column]=series\
                   &sort[1][direction]=asc&offset=0&length=5000";
        assert_eq!(ask("RWTC", Access::Key).as_deref(), Ok(url));
        assert_eq!(ask("RWTC", Access::Keyless), Err(Failure::KeyMissing));
        let words = ask("PET.RWTC.D", Access::Key).expect_err("a name of version 1").to_string();
        assert_eq!(words, "unknown there: \"PET.RWTC.D\" is of version 1; version 2 says \"RWTC\"");
        assert!(ask("RWTC&x=1", Access::Key).is_err());
    }
}
