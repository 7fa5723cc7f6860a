//! The shape of an answer. Everything may be missing.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::read::numbers::Number;

/// A whole body: `chart`, or `finance` where the door itself refused.
#[derive(Debug, Deserialize)]
pub(super) struct Body {
    pub chart: Option<Envelope>,
    pub finance: Option<Envelope>,
}

/// Results or an error.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub result: Option<Vec<Chart>>,
    pub error: Option<Error>,
}

/// Why there is no result.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Error {
    pub code: Option<String>,
    pub description: Option<String>,
}

/// One chart.
#[derive(Debug, Deserialize)]
pub(super) struct Chart {
    #[serde(default)]
    pub meta: Meta,
    pub timestamp: Option<Vec<Number>>,
    pub events: Option<Events>,
    pub indicators: Option<Indicators>,
}

/// What the chart is of.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    pub symbol: Option<String>,
    pub exchange_name: Option<String>,
    pub instrument_type: Option<String>,
    pub exchange_timezone_name: Option<String>,
    #[serde(default)]
    pub regular_market_price: Number,
    #[serde(default)]
    pub regular_market_time: Number,
    pub current_trading_period: Option<Periods>,
    pub data_granularity: Option<String>,
}

/// The session now, last or next.
#[derive(Debug, Deserialize)]
pub(super) struct Periods {
    pub regular: Option<Period>,
}

/// A span of time in seconds since 1970.
#[derive(Debug, Deserialize)]
pub(super) struct Period {
    #[serde(default)]
    pub end: Number,
}

/// Payouts and splits, under the second of the bar they belong to.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Events {
    pub dividends: Option<BTreeMap<String, Payout>>,
    pub splits: Option<BTreeMap<String, SplitEvent>>,
}

/// A payout, in money a share of today.
#[derive(Debug, Deserialize)]
pub(super) struct Payout {
    #[serde(default)]
    pub date: Number,
    #[serde(default)]
    pub amount: Number,
}

/// A split, in numbers and as `4:1`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SplitEvent {
    #[serde(default)]
    pub date: Number,
    #[serde(default)]
    pub numerator: Number,
    #[serde(default)]
    pub denominator: Number,
    pub split_ratio: Option<String>,
}

/// The arrays beside `timestamp`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Indicators {
    pub quote: Option<Vec<Bars>>,
    pub adjclose: Option<Vec<Adjusted>>,
}

/// Bars; all arrays are missing where there is no bar.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Bars {
    pub open: Option<Vec<Number>>,
    pub high: Option<Vec<Number>>,
    pub low: Option<Vec<Number>>,
    pub close: Option<Vec<Number>>,
}

/// Closes adjusted for payouts.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Adjusted {
    pub adjclose: Option<Vec<Number>>,
}
