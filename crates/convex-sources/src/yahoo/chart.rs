//! Charts as columns.

use convex_core::{Basis, Day};
use jiff::tz::TimeZone;

use super::events::{dividends, splits};
use super::refusal::chart_in;
use super::session::{moment, over};
use super::shape::{Bars, Chart, Meta};
use crate::read::days::{day_in, zone};
use crate::read::float32::without_noise;
use crate::read::numbers::Number;
use crate::read::points::ascending;
use crate::symbol::{only_symbol, same_symbol};
use crate::{Adjustment, Candle, Column, Failure, Parsed, Payload, Point, Purpose, Quote, Request};

/// Reads an answer.
pub(super) fn parse(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = only_symbol(request)?;
    let chart = chart_in(payload, symbol)?;
    same_symbol(chart.meta.symbol.as_deref(), symbol)?;
    let quotes: Vec<Quote> = quote(symbol, &chart.meta).into_iter().collect();
    if request.purpose == Purpose::Quote {
        return if quotes.is_empty() { Err(Failure::Empty) } else { Ok(Parsed { quotes, ..Parsed::default() }) };
    }
    let zone = time_zone(&chart.meta)?;
    let bars = bars(&chart, &zone)?;
    if bars.is_empty() {
        return Err(Failure::Empty);
    }
    if let Some(other) = chart.meta.data_granularity.as_deref().filter(|&granularity| granularity != "1d") {
        return Err(Failure::malformed(format!("bars of {other} where days were asked for")));
    }
    let final_bars: Vec<Bar> =
        bars.into_iter().filter(|bar| over(bar.day, &chart.meta, &zone, payload.received)).collect();
    let mut parsed = Parsed { quotes, ..Parsed::default() };
    parsed.columns = columns(symbol, &chart, &final_bars, &zone, &mut parsed.warnings);
    Ok(parsed)
}

struct Bar {
    day: Day,
    candle: Candle,
    close: f64,
    adjusted: Option<f64>,
}

fn time_zone(meta: &Meta) -> Result<TimeZone, Failure> {
    let name = meta.exchange_timezone_name.as_deref().unwrap_or_default();
    zone(name).ok_or_else(|| Failure::malformed(format!("\"{name}\" in exchangeTimezoneName is not a time zone")))
}

/// Bars with a close, oldest first. A bar is stamped with the beginning of its session: its day is that of the exchange.
fn bars(chart: &Chart, zone: &TimeZone) -> Result<Vec<Bar>, Failure> {
    let stamps = chart.timestamp.as_deref().unwrap_or_default();
    let indicators = chart.indicators.as_ref();
    let none = Bars::default();
    let quote = indicators.and_then(|it| it.quote.as_ref()?.first()).unwrap_or(&none);
    let adjusted = indicators.and_then(|it| it.adjclose.as_ref()?.first()?.adjclose.as_deref());
    let row = Rows { stamps: stamps.len() };
    let close = row.required("close", quote.close.as_deref())?;
    let [open, high, low, adjusted] = [
        row.optional("open", quote.open.as_deref())?,
        row.optional("high", quote.high.as_deref())?,
        row.optional("low", quote.low.as_deref())?,
        row.optional("adjclose", adjusted)?,
    ];
    let value = |array: Option<&[Number]>, i: usize| array.and_then(|array| array[i].0).map(|v| without_noise(v, 0.0));
    let mut bars = Vec::with_capacity(stamps.len());
    for (i, stamp) in stamps.iter().enumerate() {
        let Some(at) = stamp.0.and_then(moment) else {
            return Err(Failure::malformed(format!("timestamp {i} is not a moment")));
        };
        let (Some(day), Some(close)) = (day_in(at, zone), value(Some(close), i)) else { continue };
        let candle = Candle { day, open: value(open, i), high: value(high, i), low: value(low, i) };
        bars.push((at, Bar { day, candle, close, adjusted: value(adjusted, i) }));
    }
    bars.sort_by_key(|(at, _)| *at);
    Ok(bars.into_iter().map(|(_, bar)| bar).collect())
}

struct Rows {
    stamps: usize,
}

impl Rows {
    fn required<'a>(&self, name: &str, array: Option<&'a [Number]>) -> Result<&'a [Number], Failure> {
        match (self.optional(name, array)?, self.stamps) {
            (Some(array), _) => Ok(array),
            (None, 0) => Ok(&[]),
            (None, stamps) => Err(Failure::malformed(format!("{stamps} timestamps and no {name}"))),
        }
    }

    fn optional<'a>(&self, name: &str, array: Option<&'a [Number]>) -> Result<Option<&'a [Number]>, Failure> {
        match array {
            Some(array) if array.len() != self.stamps => {
                Err(Failure::malformed(format!("{} timestamps and {} of {name}", self.stamps, array.len())))
            }
            array => Ok(array),
        }
    }
}

/// One column for what has no payouts; for funds and shares a second one with payouts added back.
fn columns(symbol: &str, chart: &Chart, bars: &[Bar], zone: &TimeZone, warnings: &mut Vec<String>) -> Vec<Column> {
    let shares = match chart.meta.instrument_type.as_deref() {
        Some(kind) => matches!(kind, "ETF" | "EQUITY" | "MUTUALFUND"),
        None => bars.iter().any(|bar| bar.adjusted.is_some_and(|adjusted| adjusted.to_bits() != bar.close.to_bits())),
    };
    let closes = bars.iter().map(|bar| Point::new(bar.day, bar.close)).collect();
    let adjusted: Vec<Point> = bars.iter().filter_map(|bar| Some(Point::new(bar.day, bar.adjusted?))).collect();
    let events = chart.events.as_ref();
    let adjustment = if shares { Adjustment::Splits } else { Adjustment::None };
    let price = Column {
        candles: candles(bars),
        splits: events.map(|events| splits(events, zone, warnings)).unwrap_or_default(),
        dividends: events.map(|events| dividends(events, zone, warnings)).unwrap_or_default(),
        ..Column::closes(symbol, adjustment, ascending(closes, symbol, warnings))
    };
    if !shares || adjusted.is_empty() {
        return vec![price];
    }
    let total = Column {
        basis: Basis::TotalReturn,
        splits: price.splits.clone(),
        dividends: price.dividends.clone(),
        // A day that stands twice has been told of already.
        ..Column::closes(symbol, Adjustment::SplitsAndDividends, ascending(adjusted, symbol, &mut Vec::new()))
    };
    vec![price, total]
}

/// The ranges by day. The last day can stand twice, as its bar and as the price of the moment: its range is both.
fn candles(bars: &[Bar]) -> Vec<Candle> {
    let mut candles: Vec<Candle> = Vec::with_capacity(bars.len());
    for bar in bars {
        match candles.last_mut() {
            Some(last) if last.day == bar.day => {
                last.open = last.open.or(bar.candle.open);
                last.high = last.high.into_iter().chain(bar.candle.high).reduce(f64::max);
                last.low = last.low.into_iter().chain(bar.candle.low).reduce(f64::min);
            }
            _ => candles.push(bar.candle),
        }
    }
    candles
}

fn quote(symbol: &str, meta: &Meta) -> Option<Quote> {
    let (value, at) = (meta.regular_market_price.0?, moment(meta.regular_market_time.0?)?);
    let delayed_minutes = delay(meta.exchange_name.as_deref().unwrap_or_default());
    Some(Quote { symbol: symbol.to_owned(), value: without_noise(value, 0.0), at, delayed_minutes })
}

/// Minutes by which Yahoo holds back the prices of an exchange, by its own table of exchanges.
fn delay(exchange: &str) -> u16 {
    match exchange {
        "CMX" | "NYM" | "CBT" | "CME" => 10,
        "WCB" | "CXI" | "CBO" | "CGI" => 15,
        "NYB" | "ICE" => 30,
        _ => 0,
    }
}
