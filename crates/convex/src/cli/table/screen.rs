//! Screens as tables for the terminal.

use convex_core::screen::{GapState, Question, Row, Test};

use super::Table;
use crate::desk::{Ledger, RankedScreen, ScreenFrame, TestedScreen};
use crate::format::{self, FigureText, Style};
use crate::screen::{ledger_note, ranked_note, rate_words, tested_note};

/// Width of the words around a table.
const WIDTH: usize = 100;

/// A ranked list.
pub(in crate::cli) fn ranked(screen: &RankedScreen) -> String {
    let mut table = Table::with_right(&[0, 2, 3, 4, 5, 6]);
    table.row(["", "pair", "90 days", "252 obs", "now less before", "z of gap", "percentile", "gap", "to"]);
    for (at, row) in screen.rows.iter().enumerate() {
        let figure = |name: &str, style: Style| with_interval(row, name, style);
        table.row([
            &(at + 1).to_string(),
            &pair(row, &screen.frame),
            &figure("correlation.90d.pearson", Style::Plain),
            &bare(row, "correlation.252obs.pearson", Style::Plain),
            &figure("correlation.change.z_difference", Style::SignedNumber),
            &bare(row, "divergence.z", Style::SignedNumber),
            &percentile(row),
            &state(row.state),
            &row.as_of.map(|day| day.to_string()).unwrap_or_default(),
        ]);
    }
    format!("{}{}\n{}\n", mark(&screen.frame), table.render(), textwrap::fill(&ranked_note(screen), WIDTH))
}

/// A tested list; `most` pairs are shown.
pub(in crate::cli) fn tested(screen: &TestedScreen, most: usize) -> String {
    let mut table = Table::with_right(&[1, 2, 3]);
    table.row(["pair", "gap wide", "correlation changed", "gap moved", "gap", "to"]);
    for pair_of in screen.tested.pairs.iter().take(most) {
        let row = &pair_of.row;
        let cell = |question: Question| match &pair_of.tests[question as usize] {
            Ok(test) => p(test),
            Err(_) => format::MISSING.to_owned(),
        };
        table.row([
            &pair(row, &screen.frame),
            &cell(Question::Divergence),
            &cell(Question::Correlation),
            &cell(Question::Move),
            &state(row.state),
            &row.as_of.map(|day| day.to_string()).unwrap_or_default(),
        ]);
    }
    let shown = screen.tested.pairs.len().min(most);
    let rest = screen.tested.pairs.len() - shown;
    let more =
        if rest > 0 { format!(" {} more with --top {}.", rest, screen.tested.pairs.len()) } else { String::new() };
    let how = "Each cell: the statistic, its p against resampled pasts, and that p within the family; * passes.";
    let note = format!("{} {how}{more}", tested_note(screen));
    format!("{}{}\n{}\n", mark(&screen.frame), table.render(), textwrap::fill(&note, WIDTH))
}

/// The ledger of past marks.
pub(in crate::cli) fn ledger(ledger: &Ledger) -> String {
    let mut table = Table::with_right(&[1, 2, 3]);
    table.row(["came back within", "marked", "every wide gap of these pairs", "wide gaps of walks"]);
    for outcome in &ledger.outcomes {
        let rate = |rate: convex_core::screen::Rate| rate_words(rate);
        table.row([
            &format::plural(outcome.horizon, "session"),
            &rate(outcome.alarms),
            &rate(outcome.wide),
            &rate(outcome.walks),
        ]);
    }
    format!("{}\n{}\n", table.render(), textwrap::fill(&ledger_note(ledger), WIDTH))
}

/// The statistic, its own p and its p within the family.
fn p(test: &Test) -> String {
    let passes = if test.passes() { "*" } else { " " };
    let statistic = format::signed(test.statistic, 2);
    format!("{statistic}  {} {}{passes}", format::fixed(test.judged.p, 3), format::fixed(test.judged.p_family, 3))
}

fn mark(frame: &ScreenFrame) -> &'static str {
    if frame.sample { "Simulated data: no figure here describes a real market.\n\n" } else { "" }
}

fn pair(row: &Row, frame: &ScreenFrame) -> String {
    let id = |place: usize| frame.members[place].as_ref().id.as_str();
    format!("{}-vs-{}", id(row.a), id(row.b))
}

fn text(row: &Row, name: &str, style: Style) -> FigureText {
    format::figure_or_missing(row.figures.get(name), style)
}

fn bare(row: &Row, name: &str, style: Style) -> String {
    text(row, name, style).text
}

fn with_interval(row: &Row, name: &str, style: Style) -> String {
    let found = text(row, name, style);
    match found.interval {
        Some(interval) => format!("{} {interval}", found.text),
        None => found.text,
    }
}

fn percentile(row: &Row) -> String {
    let name =
        ["ratio.percentile_all", "spread.percentile_all"].into_iter().find(|name| row.figures.estimate(name).is_some());
    name.map_or_else(|| format::MISSING.to_owned(), |name| bare(row, name, Style::Share))
}

/// How the gap stands.
fn state(state: GapState) -> String {
    match state {
        GapState::Wide { since, .. } => format!("wide since {since}"),
        GapState::Back { on, .. } => format!("back on {on}"),
        GapState::Usual => String::new(),
        GapState::Unknown => format::MISSING.to_owned(),
    }
}
