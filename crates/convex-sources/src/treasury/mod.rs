//! US Treasury: the par yield curve of each day, all maturities in one file.

mod csv;
mod tenor;
mod xml;

use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::Provider;
use jiff::civil::{Time, time};

use crate::read::days::{NEW_YORK, last_closed, today};
use crate::read::points;
use crate::{Adjustment, Column, Failure, KeyNeed, Kind, Parsed, Payload, Point, Policy, Purpose, Quota, Request};
use crate::{Source, Want};
use tenor::Tenor;

/// The source.
#[derive(Debug)]
pub(crate) struct Treasury;

static POLICY: Policy = Policy {
    serves: "par yields of US Treasury securities, in the evening of the day",
    terms: "https://home.treasury.gov/subfooter/site-policies-and-notices",
    key: KeyNeed::None,
    // No limit is published; this is what a polite reader needs.
    keyless: Quota { per_second: Some(1), per_minute: Some(20), ..Quota::UNLIMITED },
    keyed: Quota { per_second: Some(1), per_minute: Some(20), ..Quota::UNLIMITED },
    batch: 20,
    timeout: Duration::from_mins(1),
    max_bytes: 32 << 20,
    http1_only: false,
    quote_every: None,
};

const FILES: &str =
    "https://home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv";

/// So many files of a year are asked for before the file of all years is the smaller effort.
const YEARS: i16 = 3;

/// When the quotes are taken of which the curve is made, in New York; it is published hours later.
const CLOSE: Time = time(15, 30, 0, 0);

impl Source for Treasury {
    fn provider(&self) -> Provider {
        Provider::Treasury
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { since } = want.purpose else { return Err(Failure::NotServed) };
        if let Some(symbol) = want.symbols.iter().find(|symbol| Tenor::of_heading(symbol).is_none()) {
            return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" is no maturity such as \"10 Yr\"") });
        }
        let this_year = today(want.now, &NEW_YORK).year();
        let file = |year: &str| {
            let query = format!("type=daily_treasury_yield_curve&field_tdr_date_value={year}&page&_format=csv");
            Request::get(want.purpose, want.symbols, format!("{FILES}/{year}/all?{query}"))
        };
        Ok(match since.map(Day::year) {
            Some(year) if year > this_year - YEARS => {
                (year.min(this_year)..=this_year).map(|year| file(&year.to_string())).collect()
            }
            _ => vec![file("all")],
        })
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let mut warnings = Vec::new();
        let curve = match Kind::of(payload.body) {
            Some(Kind::Xml) => xml::read(payload.text(Kind::Xml)?)?,
            _ if is_year_to_come(request, payload) => Curve::default(),
            _ => csv::read(payload.text(Kind::Text)?, &mut warnings)?,
        };
        if curve.days == 0 {
            return if of_year(request).is_some() { Ok(without_days(request)) } else { Err(Failure::Empty) };
        }
        let last = last_closed(payload.received, &NEW_YORK, CLOSE);
        let mut columns = Vec::new();
        for symbol in &request.symbols {
            let Some(points) = Tenor::of_heading(symbol).and_then(|tenor| curve.of(tenor)) else {
                warnings.push(format!("{symbol}: not in this file"));
                continue;
            };
            let points = points::ascending(points, symbol, &mut warnings);
            let points = points::until(points, last, symbol, &mut warnings);
            columns.push(Column::closes(symbol, Adjustment::None, points));
        }
        if columns.is_empty() {
            return Err(Failure::UnknownSymbol { detail: request.symbols.join(", ") });
        }
        Ok(Parsed { columns, warnings, ..Parsed::default() })
    }
}

/// The year of the file that was asked for; `None` for that of all years and for the feed.
fn of_year(request: &Request) -> Option<i16> {
    request.url.strip_prefix(FILES)?.split('/').nth(1)?.parse().ok()
}

/// Whether the file is that of the running year and not there yet, as on its first days.
fn is_year_to_come(request: &Request, payload: &Payload<'_>) -> bool {
    let today = today(payload.received, &NEW_YORK);
    payload.status == 404 && of_year(request) == Some(today.year()) && today.month() == 1
}

/// A year without a day yet: nothing new, and no failure, for the days of the year before come in an answer of their own.
fn without_days(request: &Request) -> Parsed {
    let column = |symbol: &String| Column::closes(symbol, Adjustment::None, Vec::new());
    Parsed { columns: request.symbols.iter().map(column).collect(), ..Parsed::default() }
}

/// Yields by maturity, in the order of the file.
#[derive(Debug, Default)]
struct Curve {
    days: usize,
    yields: Vec<(Tenor, Vec<Point>)>,
}

impl Curve {
    /// Adds a yield.
    fn add(&mut self, tenor: Tenor, day: Day, value: Option<f64>) {
        let at = self.yields.iter().position(|(other, _)| *other == tenor).unwrap_or_else(|| {
            self.yields.push((tenor, Vec::new()));
            self.yields.len() - 1
        });
        self.yields[at].1.extend(value.map(|value| Point::new(day, value)));
    }

    /// The yields of a maturity; `None` if the file does not have it.
    fn of(&self, tenor: Tenor) -> Option<Vec<Point>> {
        self.yields.iter().find(|(other, _)| *other == tenor).map(|(_, points)| points.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Access;

    fn check(symbols: &[&str], since: Option<&str>, expected: Result<&[&str], &str>) {
        let purpose = Purpose::History { since: since.map(|day| day.parse().expect("a day")) };
        let now = "2026-01-05T12:00:00Z".parse().expect("a moment");
        let found = Treasury.requests(&Want { symbols, purpose, now, access: Access::Keyless });
        let found = found.map(|requests| {
            let address = |year: &str| {
                format!(
                    "{FILES}/{year}/all?type=daily_treasury_yield_curve&field_tdr_date_value={year}&page&_format=csv"
                )
            };
            assert!(requests.iter().all(|request| request.symbols == symbols));
            assert_eq!(
                requests.iter().map(|request| request.url.clone()).collect::<Vec<_>>(),
                expected.map_or_else(|_| Vec::new(), |years| years.iter().map(|year| address(year)).collect())
            );
        });
        assert_eq!(found.map_err(|failure| failure.class()).err(), expected.err());
    }

    #[test]
    fn one_file_for_all_maturities() {
        check(&["10 Yr", "3 Mo"], None, Ok(&["all"]));
        check(&["10 Yr"], Some("2026-01-02"), Ok(&["2026"]));
        check(&["10 Yr"], Some("2024-12-30"), Ok(&["2024", "2025", "2026"]));
        check(&["10 Yr"], Some("2023-12-29"), Ok(&["all"]));
        check(&["10 Yr"], Some("2026-01-06"), Ok(&["2026"]));
        check(&["10 Yr", "DGS10"], None, Err("unknown-symbol"));
    }
}
