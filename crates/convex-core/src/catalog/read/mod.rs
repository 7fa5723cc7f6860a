//! Catalogue files: text becomes entries, and everything wrong with it becomes a list of mistakes with their lines.

mod fields;
mod metric;
mod mistake;
mod pair;
mod time;
mod vetting;

use std::sync::Arc;

use jiff::tz::TimeZoneDatabase;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Metric, PairKind};
use fields::found;
use mistake::Report;

pub use mistake::Mistake;

/// What one file holds, as far as it could be read.
pub(super) struct File {
    pub(super) name: Arc<str>,
    pub(super) metrics: Vec<MetricEntry>,
    pub(super) pairs: Vec<PairEntry>,
    /// Every id the file describes, even where the description has mistakes.
    pub(super) declared: Vec<String>,
    pub(super) mistakes: Vec<Mistake>,
}

/// Where an entry begins.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) line: usize,
}

/// A metric, and where it stands.
#[derive(Clone)]
pub(super) struct MetricEntry {
    pub(super) metric: Arc<Metric>,
    pub(super) place: Place,
    /// The line of each alias.
    pub(super) alias_lines: Vec<usize>,
}

/// A pair as written: its legs may not exist and its kind may be left to the types.
#[derive(Clone)]
pub(super) struct PairEntry {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) kind: Option<PairKind>,
    pub(super) rationale: String,
    pub(super) a_ahead: String,
    pub(super) b_ahead: String,
    pub(super) place: Place,
    /// The lines on which the legs are named.
    pub(super) leg_lines: [usize; 2],
}

impl Place {
    pub(super) fn mistake(&self, line: usize, message: String) -> Mistake {
        Mistake { file: self.file.to_string(), line, message }
    }
}

/// Reads one file. Never panics, whatever the text.
pub(super) fn file(name: &str, text: &str) -> File {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut report = Report::new(name, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut read = File {
        name: Arc::from(name),
        metrics: Vec::new(),
        pairs: Vec::new(),
        declared: Vec::new(),
        mistakes: Vec::new(),
    };
    for error in &errors {
        let offset = error.span().map_or(text.len(), |span| span.start);
        report.add(offset, format!("not TOML: {}", error.message()));
    }
    if errors.is_empty() {
        entries(root.get_ref(), &mut read, &mut report);
    } else {
        // What is left of a broken table reads as missing keys, so only the ids are taken from it.
        declared(root.get_ref(), &mut read);
    }
    read.mistakes = report.finish();
    read
}

fn entries(root: &DeTable<'_>, read: &mut File, report: &mut Report<'_>) {
    // The bundled zones, so that a catalogue means the same on every machine and nothing is read from disk.
    let zones = TimeZoneDatabase::bundled();
    for (key, value) in root {
        let kind: &str = key.get_ref();
        if kind != "metric" && kind != "pair" {
            report.add(key.span().start, format!("unknown key \"{kind}\": use [[metric]] or [[pair]]"));
            continue;
        }
        let Some(list) = value.get_ref().as_array() else {
            let message = format!("{} instead of [[{kind}]] in double brackets", found(value.get_ref()));
            report.add(key.span().start, message);
            continue;
        };
        for item in list {
            let Some(table) = table(item, kind, report) else { continue };
            let offset = item.span().start;
            let place = Place { file: Arc::clone(&read.name), line: report.line(offset) };
            if kind == "metric" {
                let (id, entry) = metric::metric(table, offset, &place, &zones, report);
                read.declared.extend(id);
                read.metrics.extend(entry);
            } else {
                read.pairs.extend(pair::pair(table, offset, &place, report));
            }
        }
    }
}

fn table<'v, 'd>(item: &'v Spanned<DeValue<'d>>, kind: &str, report: &mut Report<'_>) -> Option<&'v DeTable<'d>> {
    let table = item.get_ref().as_table();
    if table.is_none() {
        let message = format!("{} instead of [[{kind}]] in double brackets", found(item.get_ref()));
        report.add(item.span().start, message);
    }
    table
}

fn declared(root: &DeTable<'_>, read: &mut File) {
    let list = root.get("metric").and_then(|value| value.get_ref().as_array());
    let ids = list.into_iter().flatten().filter_map(|item| item.get_ref().as_table()?.get("id")?.get_ref().as_str());
    read.declared.extend(ids.map(ToOwned::to_owned));
}
