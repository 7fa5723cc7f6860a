//! London Bullion Market Association: the auction prices of gold and silver, all of them in one answer.
//!
//! Each day is an array of prices in dollars, pounds and euros. A currency that was not quoted is 0: the euro before 1999.

use std::time::Duration;

use convex_core::catalog::Provider;
use serde::Deserialize;

use crate::read::days::{iso_day, zone};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::read::points::ascending;
use crate::read::session::civil_day_over;
use crate::symbol::{only_symbol, segment};
use crate::{
    Adjustment, Column, Failure, KeyNeed, Kind, Parsed, Payload, Point, Policy, Purpose, Quota, Request, Source, Want,
};

/// The source.
#[derive(Debug)]
pub(crate) struct Lbma;

// The whole history comes with every answer: once an hour is already often.
const QUOTA: Quota = Quota { per_second: Some(1), per_minute: Some(4), per_hour: Some(30), ..Quota::UNLIMITED };

static POLICY: Policy = Policy {
    serves: "London auction prices of gold and silver since 1968",
    terms: "https://www.lbma.org.uk/prices-and-data/lbma-gold-price",
    key: KeyNeed::None,
    keyless: QUOTA,
    keyed: QUOTA,
    batch: 1,
    timeout: Duration::from_mins(1),
    max_bytes: 16 << 20,
    http1_only: false,
    quote_every: None,
};

#[derive(Deserialize)]
struct Row {
    d: String,
    v: Vec<Number>,
}

impl Source for Lbma {
    fn provider(&self) -> Provider {
        Provider::Lbma
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        let Purpose::History { .. } = want.purpose else { return Err(Failure::NotServed) };
        let url = |symbol: &str| Ok(format!("https://prices.lbma.org.uk/json/{}.json", segment(symbol, "_")?));
        want.symbols.iter().map(|symbol| Ok(Request::get(want.purpose, &[symbol], url(symbol)?))).collect()
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let symbol = only_symbol(request)?;
        let rows: Vec<Row> = json(payload.text(Kind::Json)?)?;
        let london = zone("Europe/London");
        let mut points = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let Some(day) = iso_day(&row.d) else {
                return Err(Failure::malformed(format!("\"{}\" in row {i} is not a date", row.d)));
            };
            let dollars = row.v.first().and_then(|price| price.0).filter(|price| *price != 0.0);
            // An auction is final when it is published, so the running day counts; a later one cannot be true.
            let begun = london.as_ref().is_none_or(|london| civil_day_over(day - 1, london, payload.received));
            points.extend(dollars.filter(|_| begun).map(|dollars| Point::new(day, dollars)));
        }
        if points.is_empty() {
            return Err(Failure::Empty);
        }
        let mut parsed = Parsed::default();
        let points = ascending(points, symbol, &mut parsed.warnings);
        parsed.columns.push(Column::closes(symbol, Adjustment::None, points));
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests;
