//! How series are supplied, as read: a line a provider, a line a series about which there is something to know.

use convex_core::SeriesId;
use convex_core::catalog::{Metric, Provider};
use convex_sources::Window;
use jiff::Timestamp;

use crate::desk::{MetricRow, ProviderStatus, Supply};
use crate::format::{self, capitalised, count};

/// One provider.
#[derive(Clone, Debug)]
pub(in crate::web) struct ProviderLine {
    pub(in crate::web) name: &'static str,
    pub(in crate::web) state: String,
    /// The class that colours the state; the word says the same.
    pub(in crate::web) class: &'static str,
    pub(in crate::web) facts: Vec<(&'static str, String)>,
}

/// One series.
#[derive(Clone, Debug)]
pub(in crate::web) struct SeriesLine {
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    pub(in crate::web) provider: String,
    pub(in crate::web) notes: Vec<String>,
}

pub(in crate::web) fn provider_line(one: &ProviderStatus) -> ProviderLine {
    let (state, class) = state(one);
    let mut facts = Vec::new();
    if let Some((words, since)) = &one.trouble {
        let since = since.map(|since| format!(", since {}", instant(since))).unwrap_or_default();
        facts
            .push(("Now", format!("{} of {} series without an answer{since}: {words}", one.failing, count(one.asked))));
    }
    if let Some(pause) = &one.pause {
        facts.push(("Left alone", format!("until {}: {}", instant(pause.until), pause.words)));
    }
    facts.push(("Last answer", one.last_success.map_or_else(|| "none yet".to_owned(), instant)));
    if let Some((at, class)) = &one.last_failure {
        facts.push(("Last failure", format!("{class}, {}", instant(*at))));
    }
    facts.push(("Requests today", classes(&one.today)));
    facts.push(("In seven days", classes(&one.week)));
    let allowance = |one: &crate::desk::Allowance| {
        let left = one.limit.saturating_sub(one.used);
        format!("{} of {} left this {}", count(left as usize), count(one.limit as usize), one.window.word())
    };
    // What is left of a second is over before it is read.
    let allowances: Vec<_> = one.allowances.iter().filter(|one| one.window != Window::Second).map(allowance).collect();
    if !allowances.is_empty() {
        facts.push(("Allowance", allowances.join(", ")));
    }
    ProviderLine { name: one.provider.name(), state, class, facts }
}

fn state(one: &ProviderStatus) -> (String, &'static str) {
    let (word, class) = match one {
        one if !one.enabled => ("not asked: turned off or without a key", "discontinued"),
        one if one.pause.is_some() => ("left alone for a while", "late"),
        one if one.asked == 0 => ("not asked yet", "discontinued"),
        one if one.failing == 0 => ("answers", "fresh"),
        one if one.failing < one.asked => ("answers in part", "late"),
        _ => ("does not answer", "stale"),
    };
    (word.to_owned(), class)
}

fn classes(counts: &[(String, u64)]) -> String {
    if counts.is_empty() {
        return "none".to_owned();
    }
    let words = |(class, requests): &(String, u64)| {
        format!("{} {class}", count(usize::try_from(*requests).unwrap_or(usize::MAX)))
    };
    counts.iter().map(words).collect::<Vec<_>>().join(", ")
}

/// The series about which there is something to know, in the order of the catalogue.
pub(in crate::web) fn series_lines(rows: &[MetricRow], supply: &Supply) -> Vec<SeriesLine> {
    let line = |row: &MetricRow| SeriesLine {
        id: row.metric.id.clone(),
        name: row.metric.short.clone(),
        provider: row.provider.map_or_else(|| "no source".to_owned(), |provider| provider.name().to_owned()),
        notes: notes(&row.metric, supply),
    };
    rows.iter().map(line).filter(|line| !line.notes.is_empty()).collect()
}

fn notes(metric: &Metric, supply: &Supply) -> Vec<String> {
    let name = |key: &str| Provider::from_key(key).map_or_else(|| key.to_owned(), |one| one.name().to_owned());
    let is_of = |id: &SeriesId| id.metric == metric.id;
    let mut notes: Vec<String> = supply.warnings(metric).iter().map(|words| capitalised(words)).collect();
    for one in supply.held.iter().filter(|one| is_of(&one.series)) {
        let value = format::level(one.value, metric.unit);
        notes.push(format!(
            "Held back: {value} for {}{} from {}, {} (number {})",
            format::day(one.day),
            basis(&one.series),
            name(&one.provider),
            one.words,
            one.id
        ));
    }
    for one in supply.switches.iter().rev().filter(|one| is_of(&one.series)).take(SWITCHES) {
        let from = one.from.as_deref().map(|from| format!(" after {}", name(from))).unwrap_or_default();
        notes.push(format!(
            "From {} on {}{from}{}: {}",
            name(&one.to),
            instant(one.at),
            basis(&one.series),
            one.reason
        ));
    }
    notes
}

fn basis(series: &SeriesId) -> &'static str {
    if series.basis == convex_core::Basis::Price { "" } else { ", total return," }
}

/// Changes of the provider that are listed for one series, newest first.
const SWITCHES: usize = 5;

fn instant(at: Timestamp) -> String {
    at.strftime("%-d %b %Y %H:%M UTC").to_string()
}
