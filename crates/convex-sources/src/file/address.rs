//! A file of the operator's at an address, read as one that is imported.

use std::time::Duration;

use convex_core::catalog::Provider;
use convex_core::{Basis, Series};
use jiff::tz::TimeZone;
use url::Url;

use super::{Limits, Mistake, parse};
use crate::read::days::today;
use crate::{Adjustment, Column, Failure, KeyNeed, Kind, Parsed, Payload, Point, Policy, Purpose, Quota, Request};
use crate::{Source, Want};

/// The source; its symbols are addresses.
#[derive(Debug)]
pub(crate) struct FileAtAddress;

const MAX_BYTES: u64 = 256 << 20;

static POLICY: Policy = Policy {
    serves: "CSV files at addresses of the operator's choice",
    terms: "those of whoever keeps the file",
    key: KeyNeed::None,
    keyless: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(2), per_minute: Some(60), ..Quota::UNLIMITED },
    batch: 1,
    timeout: Duration::from_mins(2),
    max_bytes: MAX_BYTES,
    http1_only: false,
    quote_every: None,
};

impl Source for FileAtAddress {
    fn provider(&self) -> Provider {
        Provider::File
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { .. } = want.purpose else { return Err(Failure::NotServed) };
        let request = |symbol: &&str| {
            let is_address =
                Url::parse(symbol).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
            if !is_address {
                return Err(Failure::UnknownSymbol {
                    detail: format!("\"{symbol}\" is no address such as https://host/file.csv"),
                });
            }
            Ok(Request::get(want.purpose, &[symbol], *symbol))
        };
        want.symbols.iter().map(request).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let text = payload.text(Kind::Text)?;
        // East of Greenwich a day may already have ended.
        let limits = Limits { today: today(payload.received, &TimeZone::UTC) + 1, max_bytes: MAX_BYTES };
        let file = parse(text.as_bytes(), &limits).map_err(|found| match found.mistake {
            Mistake::Empty | Mistake::NoRows => Failure::Empty,
            _ => Failure::malformed(found.to_string()),
        })?;
        let symbol = request.symbols.first().map_or("", String::as_str);
        let column = |basis, series: &Series| Column {
            basis,
            ..Column::closes(symbol, Adjustment::Undocumented, points(series))
        };
        let mut columns = vec![column(Basis::Price, &file.close)];
        columns.extend(file.adj_close.as_ref().map(|series| column(Basis::TotalReturn, series)));
        let warnings = file.warnings.iter().map(ToString::to_string).collect();
        Ok(Parsed { columns, warnings, ..Parsed::default() })
    }
}

fn points(series: &Series) -> Vec<Point> {
    series.iter().map(|(day, value)| Point::new(day, value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    #[test]
    fn symbols_are_addresses() {
        let ask = |symbol: &str| {
            let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
            let want =
                Want { symbols: &[symbol], purpose: Purpose::History { since: None }, now, access: Access::Keyless };
            FileAtAddress.requests(&want).map(|requests| requests[0].url.clone())
        };
        assert_eq!(ask("https://host/rent.csv?v=2").as_deref(), Ok("https://host/rent.csv?v=2"));
        for symbol in ["rent.csv", "file:///etc/passwd", "ftp://host/rent.csv", "https://", ""] {
            assert_eq!(ask(symbol).map_err(|failure| failure.class()), Err("unknown-symbol"), "{symbol}");
        }
    }
}
