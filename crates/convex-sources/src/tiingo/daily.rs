//! Shares and funds by day.

use std::collections::BTreeMap;

use convex_core::{Basis, Day};
use serde::Deserialize;

use super::{midnight, refusal::rows};
use crate::read::numbers::Number;
use crate::read::points::ascending;
use crate::read::session::us_session_over;
use crate::symbol::only_symbol;
use crate::{Adjustment, Candle, Column, Dividend, Failure, Parsed, Payload, Point, Request, Split};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Prices {
    open: Number,
    high: Number,
    low: Number,
    close: Number,
    adj_close: Number,
    div_cash: Number,
    split_factor: Number,
}

#[derive(Deserialize)]
struct Row {
    /// The day of trading; the zone behind it says nothing.
    date: String,
    #[serde(flatten)]
    prices: Prices,
}

/// Reads an answer. It reaches to the latest day, so that the splits after each of its days are all in it.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let mut days: BTreeMap<Day, Prices> = BTreeMap::new();
    let mut parsed = Parsed::default();
    for (i, Row { date, prices }) in rows::<Row>(payload, symbol)?.into_iter().enumerate() {
        let Some(day) = midnight(&date) else {
            return Err(Failure::malformed(format!("\"{date}\" in row {i} is not a day")));
        };
        if prices.close.0.is_none() && prices.adj_close.0.is_none() {
            continue;
        }
        if let Some(before) = days.insert(day, prices).filter(|before| before.close != prices.close) {
            parsed.warnings.push(format!("{symbol}: {day} stands twice, with {:?} first", before.close.0));
        }
    }
    if days.is_empty() {
        return Err(Failure::Empty);
    }
    days.retain(|&day, _| us_session_over(day, payload.received));
    parsed.columns = columns(symbol, &days, &mut parsed.warnings);
    Ok(parsed)
}

fn columns(symbol: &str, days: &BTreeMap<Day, Prices>, warnings: &mut Vec<String>) -> Vec<Column> {
    let split = |prices: &Prices| prices.split_factor.0.filter(|factor| factor.is_finite() && *factor > 0.0);
    let known = days.values().any(|prices| prices.split_factor.0.is_some());
    let (mut closes, mut candles, mut adjusted) = (Vec::new(), Vec::new(), Vec::new());
    // Shares of today for each one of the day.
    let mut shares = 1.0;
    for (&day, prices) in days.iter().rev() {
        let now = |number: Number| number.0.map(|value| value / shares).filter(|value| value.is_finite());
        closes.extend(now(prices.close).map(|value| Point::new(day, value)));
        candles.push(Candle { day, open: now(prices.open), high: now(prices.high), low: now(prices.low) });
        adjusted.extend(prices.adj_close.0.map(|value| Point::new(day, value)));
        shares *= split(prices).unwrap_or(1.0);
    }
    candles.reverse();
    let splits: Vec<Split> = days
        .iter()
        .filter_map(|(&day, prices)| Some(Split { day, ratio: split(prices)? }))
        .filter(|split| (split.ratio - 1.0).abs() > 1e-9)
        .collect();
    let dividends: Vec<Dividend> = days
        .iter()
        .filter_map(|(&day, prices)| Some(Dividend { day, amount: prices.div_cash.0.filter(|cash| *cash > 0.0)? }))
        .collect();
    let adjustment = if known { Adjustment::Splits } else { Adjustment::AsTraded };
    let price = Column {
        candles,
        splits: splits.clone(),
        dividends: dividends.clone(),
        ..Column::closes(symbol, adjustment, ascending(closes, symbol, warnings))
    };
    let total = Column {
        basis: Basis::TotalReturn,
        splits,
        dividends,
        ..Column::closes(symbol, Adjustment::SplitsAndDividends, ascending(adjusted, symbol, warnings))
    };
    [price, total].into_iter().filter(|column| !column.points.is_empty()).collect()
}
