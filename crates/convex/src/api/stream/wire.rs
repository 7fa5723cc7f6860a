//! Events as bytes on the wire.

use axum::body::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use crate::format::{self, Measure};
use crate::live::{Close, Entry, Event, Filter, Live, LiveValue};

/// A value within the day.
#[derive(Debug, Serialize)]
struct QuoteDto<'a> {
    series: &'a str,
    value: f64,
    /// The value as pages print it.
    text: String,
    unit: &'static str,
    at: String,
    /// The moment as pages print it, with its zone.
    time: String,
    received: String,
    source: &'static str,
    source_name: &'static str,
    delayed_minutes: u16,
    /// From the last close: a share of it, or a difference.
    change: Option<f64>,
    change_text: Option<String>,
    close: Option<CloseDto>,
    sample: bool,
}

#[derive(Debug, Serialize)]
struct CloseDto {
    day: String,
    value: f64,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Quote(QuoteDto<'a>),
    Close { series: &'a str, version: i64, day: String, value: f64 },
    Freshness { series: &'a str, state: &'a str },
    Market { sample: bool },
}

/// What a stream begins with, and begins again with after a loss.
#[derive(Debug, Serialize)]
struct Greeting<'a> {
    now: String,
    sample: bool,
    /// Whether what was missed follows; else the latest values are here.
    resumed: bool,
    quotes: Vec<QuoteDto<'a>>,
}

/// An event, ready to send.
pub(super) fn frame(entry: &Entry) -> Bytes {
    let data = match &entry.event {
        Event::Quoted(value) => Data::Quote(quote(value)),
        Event::SeriesChanged { series, version, day, value } => {
            Data::Close { series, version: *version, day: day.to_string(), value: *value }
        }
        Event::Freshness { series, state } => Data::Freshness { series, state },
        Event::MarketChanged { sample } => Data::Market { sample: *sample },
    };
    bytes(entry.id, entry.event.name(), &data)
}

/// The beginning of a stream whose reader has seen all up to `seen`.
pub(super) fn greeting(name: &'static str, live: &Live, filter: &Filter, seen: u64, resumed: bool) -> Bytes {
    let wanted = |id: &str| filter.wants(Some(id));
    let metrics = if resumed { Vec::new() } else { live.metrics() };
    let values: Vec<LiveValue> =
        metrics.iter().filter(|metric| wanted(&metric.id)).filter_map(|metric| live.latest(&metric.id)).collect();
    let quotes = values.iter().map(quote).collect();
    let greeting = Greeting { now: instant(live.now()), sample: live.is_sample(), resumed, quotes };
    bytes(seen, name, &greeting)
}

fn quote(value: &LiveValue) -> QuoteDto<'_> {
    let metric = value.metric.as_ref();
    let change = value.change();
    QuoteDto {
        series: &metric.id,
        value: value.value,
        text: format::level(value.value, metric.unit),
        unit: metric.unit.word(),
        at: instant(value.at),
        time: format::moment(value.at, metric, value.received),
        received: instant(value.received),
        source: value.provider.key(),
        source_name: value.provider.name(),
        delayed_minutes: value.delayed_minutes,
        change,
        change_text: change.map(|change| format::live_change(change, Measure::of(metric))),
        close: value.close.map(|Close { day, value, .. }| CloseDto { day: day.to_string(), value }),
        sample: value.is_simulated(),
    }
}

/// Milliseconds are as good as any provider's clock.
fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// JSON has no line breaks of its own, so the data are one line.
fn bytes(id: u64, name: &str, data: &impl Serialize) -> Bytes {
    match serde_json::to_string(data) {
        Ok(json) => Bytes::from(format!("id: {id}\nevent: {name}\ndata: {json}\n\n")),
        Err(error) => {
            tracing::error!(%error, name, "an event cannot be written");
            Bytes::from_static(b": an event was lost\n\n")
        }
    }
}
