//! Cboe's public files: indices from one file with all their history, funds from the data behind a chart, both from
//! quotes held back by fifteen minutes. An index has a leading underscore (`_VIX`), a fund has none.

mod chart;
mod index_file;
mod quote;

use std::time::Duration;

use convex_core::catalog::Provider;

use crate::{Failure, KeyNeed, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want};

/// The source.
#[derive(Debug)]
pub(crate) struct Cboe;

static POLICY: Policy = Policy {
    serves: "volatility indices; US funds, to check others against",
    terms: "https://www.cboe.com/terms/",
    key: KeyNeed::None,
    // No limit is published; this is what a polite reader needs.
    keyless: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_secs(30),
    max_bytes: 16 << 20,
    http1_only: false,
    quote_every: Some(Duration::from_mins(1)),
};

const HOST: &str = "https://cdn.cboe.com/api/global";

/// Indices of others, for which there is no file of history but a chart.
const WITHOUT_FILE: [&str; 1] = ["NDX"];

impl Source for Cboe {
    fn provider(&self) -> Provider {
        Provider::Cboe
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        want.symbols.iter().map(|symbol| request(symbol, want.purpose)).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let symbol = request.symbols.first().map_or("", String::as_str);
        if let Some(failure) = refusal(symbol, payload) {
            return Err(failure);
        }
        if request.url.contains("/us_indices/daily_prices/") {
            index_file::read(symbol, payload)
        } else if request.url.contains("/charts/historical/") {
            chart::read(symbol, payload)
        } else {
            quote::read(symbol, payload)
        }
    }
}

fn request(symbol: &str, purpose: Purpose) -> Result<Request, Failure> {
    let name = symbol.strip_prefix('_').unwrap_or(symbol);
    let tame = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    if !(1..=20).contains(&name.len()) || !name.bytes().all(tame) || name.starts_with('.') {
        return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" cannot be a symbol of Cboe") });
    }
    let has_file = symbol != name && !WITHOUT_FILE.contains(&name);
    let url = match purpose {
        Purpose::History { .. } if has_file => format!("{HOST}/us_indices/daily_prices/{name}_History.csv"),
        Purpose::History { .. } => format!("{HOST}/delayed_quotes/charts/historical/{symbol}.json"),
        Purpose::Quote => format!("{HOST}/delayed_quotes/quotes/{symbol}.json"),
        Purpose::Vintages { .. } => return Err(Failure::NotServed),
    };
    Ok(Request::get(purpose, &[symbol], url))
}

/// A symbol that is not there gives 403, as a storage of files says it; the guard before the storage says 403 in other words.
fn refusal(symbol: &str, payload: &Payload<'_>) -> Option<Failure> {
    if payload.status != 403 {
        return None;
    }
    let body = String::from_utf8_lossy(&payload.body[..payload.body.len().min(4096)]).to_lowercase();
    let guard = ["error code:", "cf-", "challenge", "attention required", "blocked"];
    let is_guard = !body.contains("accessdenied") && guard.iter().any(|word| body.contains(word));
    Some(if is_guard {
        Failure::Blocked { detail: "403 by the guard before the files".to_owned() }
    } else {
        Failure::UnknownSymbol { detail: symbol.to_owned() }
    })
}

/// Whether an answer that names its subject is about the symbol: `^VIX`, `_VIX` and `VIX` are one.
fn expect_subject(symbol: &str, subject: Option<&str>) -> Result<(), Failure> {
    let bare = |name: &str| name.trim_start_matches(['_', '^']).to_ascii_uppercase();
    match subject {
        Some(subject) if bare(subject) != bare(symbol) => {
            Err(Failure::malformed(format!("an answer about \"{subject}\" instead of \"{symbol}\"")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn check(symbol: &str, purpose: Purpose, expected: Option<&str>) {
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        let want = Want { symbols: &[symbol], purpose, now, access: Access::Keyless };
        let url = Cboe.requests(&want).ok().map(|requests| requests[0].url.clone());
        assert_eq!(url, expected.map(|path| format!("{HOST}/{path}")));
    }

    #[test]
    fn addresses() {
        let history = Purpose::History { since: "2026-01-02".parse().ok() };
        check("_VIX", history, Some("us_indices/daily_prices/VIX_History.csv"));
        check("_SPX", history, Some("us_indices/daily_prices/SPX_History.csv"));
        check("_NDX", history, Some("delayed_quotes/charts/historical/_NDX.json"));
        check("DIA", history, Some("delayed_quotes/charts/historical/DIA.json"));
        check("_VIX", Purpose::Quote, Some("delayed_quotes/quotes/_VIX.json"));
        check("BRK.B", Purpose::Quote, Some("delayed_quotes/quotes/BRK.B.json"));
        for symbol in ["", "_", "../VIX", "_VIX/..", "é", "A B"] {
            check(symbol, history, None);
        }
        check("_VIX", Purpose::Vintages { since: None }, None);
    }
}
