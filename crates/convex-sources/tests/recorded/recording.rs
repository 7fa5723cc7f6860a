//! One recorded answer, what it must give, and how the table is checked.

#![allow(dead_code, reason = "each provider's table uses some")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use convex_core::Basis;
use convex_core::catalog::Provider;
use convex_sources::{Failure, Kind, Method, Parsed, Payload, Purpose, Request, registry};
use jiff::Timestamp;
use serde_json::Value;

/// A body with its sidecar `BODY.meta.json`, and what it must give.
pub(crate) struct Recording {
    body: &'static str,
    symbols: Vec<&'static str>,
    purpose: Purpose,
    basis: Basis,
    url: Option<String>,
    received: &'static str,
    expected: Expected,
}

enum Expected {
    /// Values of the column of the first symbol: how many, the first, the last.
    Values(usize, (&'static str, f64), (&'static str, f64)),
    /// A value within the day, and its moment.
    Quote(f64, &'static str),
    /// As [`Self::Values`], the values named by where they stand in the recorded JSON.
    Points(usize, (&'static str, String), (&'static str, String)),
    /// As [`Self::Quote`], the value named by where it stands in the recorded JSON.
    Price(&'static str, &'static str),
    /// A failure of a class.
    Fails(&'static str),
    /// Nothing that a source asks for.
    NotAsked,
}

/// A history with so many values, the first and the last.
pub(crate) fn values(
    body: &'static str,
    symbol: &'static str,
    n: usize,
    first: (&'static str, f64),
    last: (&'static str, f64),
) -> Recording {
    recording(body, symbol, Expected::Values(n, first, last))
}

/// A value within the day.
pub(crate) fn quote(body: &'static str, symbol: &'static str, value: f64, at: &'static str) -> Recording {
    Recording { purpose: Purpose::Quote, ..recording(body, symbol, Expected::Quote(value, at)) }
}

/// A history with so many values; the first and the last are those that stand at a place in the recorded JSON.
pub(crate) fn points(
    body: &'static str,
    symbol: &'static str,
    n: usize,
    (first, first_place): (&'static str, &str),
    (last, last_place): (&'static str, &str),
) -> Recording {
    let (first, last) = ((first, first_place.to_owned()), (last, last_place.to_owned()));
    recording(body, symbol, Expected::Points(n, first, last))
}

/// The value within the day that stands at a place in the recorded JSON.
pub(crate) fn price(body: &'static str, symbol: &'static str, place: &'static str, at: &'static str) -> Recording {
    Recording { purpose: Purpose::Quote, ..recording(body, symbol, Expected::Price(place, at)) }
}

/// A failure of that class.
pub(crate) fn fails(body: &'static str, symbol: &'static str, class: &'static str) -> Recording {
    recording(body, symbol, Expected::Fails(class))
}

/// An answer that no request of ours can have; it only must not panic.
pub(crate) fn not_asked(body: &'static str) -> Recording {
    recording(body, "X", Expected::NotAsked)
}

fn recording(body: &'static str, symbol: &'static str, expected: Expected) -> Recording {
    let purpose = Purpose::History { since: None };
    let received = "2027-01-01T12:00:00Z";
    Recording { body, symbols: vec![symbol], purpose, basis: Basis::Price, url: None, received, expected }
}

impl Recording {
    /// For another purpose than history.
    pub(crate) fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }

    /// Of the column of another basis than price.
    pub(crate) fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// Asked at another address than the sidecar notes.
    pub(crate) fn url(self, url: &str) -> Self {
        Self { url: Some(url.to_owned()), ..self }
    }

    /// Asked for these besides.
    pub(crate) fn with(mut self, symbols: &[&'static str]) -> Self {
        self.symbols.extend(symbols);
        self
    }

    /// Came at a moment, where that matters for the last day.
    pub(crate) fn received(self, received: &'static str) -> Self {
        Self { received, ..self }
    }
}

/// Checks a provider's table against the folder of its recordings, which must all stand in it.
pub(crate) fn check(provider: Provider, folder: &str, table: &[Recording]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/providers").join(folder);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let listed: BTreeSet<&str> = table.iter().map(|recording| recording.body).collect();
    for body in bodies(&folder) {
        assert!(listed.contains(body.as_str()), "{body} stands in no table");
    }
    for recording in table {
        Answer::load(provider, &folder, recording).check(recording);
    }
}

fn bodies(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| Some(name.strip_suffix(".meta.json")?.to_owned())).collect()
}

struct Answer {
    provider: Provider,
    name: PathBuf,
    request: Request,
    status: u16,
    content_type: Option<String>,
    retry_after: Option<Duration>,
    body: Vec<u8>,
    received: Timestamp,
}

impl Answer {
    fn load(provider: Provider, folder: &Path, recording: &Recording) -> Self {
        let name = folder.join(recording.body);
        let sidecar = std::fs::read(folder.join(format!("{}.meta.json", recording.body))).unwrap();
        let sidecar: Value = serde_json::from_slice(&sidecar).unwrap();
        let url = recording.url.clone().unwrap_or_else(|| sidecar["request"]["url"].as_str().unwrap().to_owned());
        let mut request = Request::get(recording.purpose, &recording.symbols, url);
        if sidecar["request"]["method"] == "POST" {
            request.method = Method::Post;
        }
        let header = |name: &str| sidecar["response_headers"][name].as_str().map(ToOwned::to_owned);
        Self {
            provider,
            body: std::fs::read(&name).unwrap(),
            name,
            request,
            status: sidecar["status"].as_u64().map_or(200, |status| status as u16),
            content_type: header("content-type"),
            retry_after: header("retry-after").and_then(|wait| wait.parse().ok()).map(Duration::from_secs),
            received: recording.received.parse().unwrap(),
        }
    }

    fn parse(&self, body: &[u8]) -> Result<Parsed, Failure> {
        let payload = Payload {
            status: self.status,
            content_type: self.content_type.as_deref(),
            retry_after: self.retry_after,
            body,
            received: self.received,
        };
        registry::source(self.provider).unwrap().parse(&self.request, &payload)
    }

    fn check(&self, recording: &Recording) {
        let name = self.name.display();
        let found = self.parse(&self.body);
        match (&recording.expected, &found) {
            (Expected::Values(n, first, last), Ok(parsed)) => {
                let rows = rows(parsed, recording);
                let end = |row: Option<&(String, f64)>| row.map(|(day, value)| (day.clone(), *value));
                let expected = |(day, value): &(&str, f64)| Some(((*day).to_owned(), *value));
                let found = (rows.len(), end(rows.first()), end(rows.last()));
                assert_eq!(found, (*n, expected(first), expected(last)), "{name}");
            }
            (Expected::Quote(value, at), Ok(parsed)) => {
                let quote = parsed.quotes.iter().find(|quote| quote.symbol == recording.symbols[0]);
                let found = quote.map(|quote| (quote.value, quote.at.to_string()));
                assert_eq!(found, Some((*value, (*at).to_owned())), "{name}");
            }
            (Expected::Points(n, first, last), Ok(parsed)) => {
                let rows = rows(parsed, recording);
                assert_eq!(rows.len(), *n, "{name}");
                for ((day, place), row) in [(first, &rows[0]), (last, &rows[n - 1])] {
                    assert_eq!(row.0, *day, "{name}");
                    assert!(self.stands_at(place, row.1), "{name}: {} at {place}", row.1);
                }
            }
            (Expected::Price(place, at), Ok(parsed)) => {
                let quote = parsed.quotes.iter().find(|quote| quote.symbol == recording.symbols[0]).unwrap();
                assert_eq!(quote.at.to_string(), *at, "{name}");
                assert!(self.stands_at(place, quote.value), "{name}: {} at {place}", quote.value);
            }
            (Expected::Fails(class), Err(failure)) => assert_eq!(failure.class(), *class, "{name}: {failure}"),
            (Expected::NotAsked, _) => {}
            (_, found) => panic!("{name}: {found:?}"),
        }
        if let Ok(parsed) = found {
            self.check_other_writing(&parsed);
            self.check_cuts(&parsed);
        }
    }

    /// Whether a value is the one at a place of the recorded JSON, as it is or without the noise of 32 bits.
    fn stands_at(&self, place: &str, value: f64) -> bool {
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        let recorded = body.pointer(place).unwrap();
        let recorded = recorded.as_f64().or_else(|| recorded.as_str()?.parse().ok()).unwrap();
        let narrow = recorded as f32;
        let is_noise = (f64::from(narrow) - recorded).abs() < 5e-7;
        value.to_bits() == recorded.to_bits() || (is_noise && (value as f32).to_bits() == narrow.to_bits())
    }

    /// Line ends and a byte-order mark do not matter.
    fn check_other_writing(&self, parsed: &Parsed) {
        let text = String::from_utf8(self.body.clone()).unwrap();
        let other = format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
        let found = self.parse(other.as_bytes()).unwrap();
        assert_eq!((&found.columns, &found.quotes), (&parsed.columns, &parsed.quotes), "{}", self.name.display());
    }

    /// However it is cut off, JSON and XML fail, and a table gives no value that the whole did not have.
    fn check_cuts(&self, parsed: &Parsed) {
        let end = self.body.trim_ascii_end().len();
        let is_table = Kind::of(&self.body) == Some(Kind::Text);
        let step = end / 20 + 1;
        for cut in (0..end).step_by(step).chain(end.saturating_sub(24)..end) {
            let Ok(found) = self.parse(&self.body[..cut]) else { continue };
            assert!(is_table, "{} cut off at {cut} passes for whole", self.name.display());
            for column in &found.columns {
                let whole = parsed
                    .columns
                    .iter()
                    .find(|other| (&other.symbol, other.basis) == (&column.symbol, column.basis))
                    .unwrap();
                for point in &column.points {
                    let at = whole.points.partition_point(|other| (other.day, other.known) < (point.day, point.known));
                    let same = whole.points.get(at) == Some(point);
                    assert!(same, "{} cut off at {cut}: {point:?}", self.name.display());
                }
            }
        }
    }
}

fn rows(parsed: &Parsed, recording: &Recording) -> Vec<(String, f64)> {
    let column = parsed
        .columns
        .iter()
        .find(|column| column.symbol == recording.symbols[0] && column.basis == recording.basis)
        .unwrap_or_else(|| panic!("{}: no such column in {parsed:?}", recording.body));
    let key = |index: usize| (column.points[index].day, column.points[index].known);
    assert!((1..column.points.len()).all(|index| key(index - 1) < key(index)), "{} is in order", recording.body);
    column.points.iter().map(|point| (point.day.to_string(), point.value)).collect()
}
