//! Answers of the BLS. Failures come with status 200 and words; the place of the series is an object, or a list of one.

use convex_core::Day;
use serde::Deserialize;
use serde_json::Value;

use crate::read::days::{NEW_YORK, today};
use crate::read::json::json;
use crate::read::numbers::Number;
use crate::read::points;
use crate::{Adjustment, Column, Failure, Kind, Parsed, Payload, Point, Request, Window};

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    status: String,
    #[serde(default)]
    message: Option<Messages>,
    #[serde(rename = "Results", default)]
    results: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Messages {
    Many(Vec<Option<String>>),
    One(String),
}

#[derive(Default, Deserialize)]
struct Holder {
    #[serde(default)]
    series: Vec<Series>,
}

#[derive(Deserialize)]
struct Series {
    #[serde(rename = "seriesID")]
    id: String,
    #[serde(default)]
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    year: Number,
    period: String,
    #[serde(default)]
    value: Number,
}

/// Reads an answer. A span of years before a series began has no values and is no failure.
pub(super) fn read(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let answer: Answer = json(payload.text(Kind::Json)?)?;
    let messages: Vec<String> = match answer.message {
        Some(Messages::Many(messages)) => messages.into_iter().flatten().collect(),
        Some(Messages::One(message)) => vec![message],
        None => Vec::new(),
    };
    let words = messages.join(" ").to_lowercase();
    if answer.status != "REQUEST_SUCCEEDED" {
        return Err(refusal(&answer.status, &words));
    }
    let holders = match answer.results {
        Value::Array(holders) => holders,
        holder => vec![holder],
    };
    let mut all: Vec<Series> = Vec::new();
    for holder in holders {
        let holder: Option<Holder> =
            serde_json::from_value(holder).map_err(|error| Failure::malformed(error.to_string()))?;
        all.extend(holder.unwrap_or_default().series);
    }

    let last = today(payload.received, &NEW_YORK);
    let mut parsed = Parsed::default();
    let mut unknown = Vec::new();
    for symbol in &request.symbols {
        let series: Vec<&Series> = all.iter().filter(|series| series.id.eq_ignore_ascii_case(symbol)).collect();
        let has_rows = series.iter().any(|series| !series.data.is_empty());
        if series.is_empty() || !has_rows && is_unknown(symbol, &messages) {
            unknown.push(symbol.as_str());
            continue;
        }
        let mut found = Vec::new();
        for row in series.iter().flat_map(|series| &series.data) {
            if let Some(day) = day(row)? {
                found.extend(row.value.0.map(|value| Point::new(day, value)));
            }
        }
        let found = points::ascending(found, symbol, &mut parsed.warnings);
        let found = points::until(found, last, symbol, &mut parsed.warnings);
        parsed.columns.push(Column::closes(symbol, Adjustment::None, found));
    }
    if parsed.columns.is_empty() {
        return Err(Failure::UnknownSymbol { detail: unknown.join(", ") });
    }
    parsed.warnings.extend(unknown.iter().map(|symbol| format!("{symbol}: unknown to the BLS")));
    // Years without data are told one by one, and are what asking for all history brings.
    let told = |message: &&String| !message.to_lowercase().contains("no data available");
    parsed.warnings.extend(messages.iter().filter(told).map(|message| message.chars().take(200).collect()));
    Ok(parsed)
}

/// The messages may repeat the key, so their words are judged and not passed on.
fn refusal(status: &str, words: &str) -> Failure {
    let says = |part: &str| words.contains(part);
    if says("threshold") {
        Failure::QuotaSpent { window: Window::Day }
    } else if says("key") && (says("invalid") || says("not valid") || says("not registered")) {
        Failure::KeyRefused { detail: "the BLS does not know this registration key".to_owned() }
    } else if says("invalid series") || says("series does not exist") {
        Failure::UnknownSymbol { detail: "the BLS knows no such series".to_owned() }
    } else if says("unable to") || says("try again") || says("unavailable") || says("maintenance") {
        Failure::Unavailable { detail: status.to_owned() }
    } else {
        Failure::BadRequest { detail: if status.is_empty() { "no status in the answer" } else { status }.to_owned() }
    }
}

fn is_unknown(symbol: &str, messages: &[String]) -> bool {
    messages.iter().any(|message| {
        let words = message.to_lowercase();
        (words.contains("invalid series") || words.contains("does not exist")) && words.contains(&symbol.to_lowercase())
    })
}

/// The first day of a row's period; `None` for yearly averages that stand among the months (`M13`, `Q05`, `S03`).
fn day(row: &Row) -> Result<Option<Day>, Failure> {
    let malformed = || Failure::malformed(format!("\"{}\" is not a period", row.period));
    let year = row.year.0.filter(|year| (1700.0..3000.0).contains(year)).ok_or_else(malformed)? as i16;
    let (kind, number) = row.period.split_at_checked(1).ok_or_else(malformed)?;
    let number: i8 = number.parse().map_err(|_| malformed())?;
    let month = match (kind, number) {
        ("M", 13) | ("Q", 5) | ("S", 3) => return Ok(None),
        ("M", 1..=12) => number,
        ("Q", 1..=4) => 3 * number - 2,
        ("S", 1..=2) => 6 * number - 5,
        ("A", 1) => 1,
        _ => return Err(malformed()),
    };
    Day::new(year, month, 1).map(Some).ok_or_else(malformed)
}
