//! One panel as numbers and words: its drawing, its table, its files and its data are all made of this.

use std::fmt::Write;

use convex_core::Day;
use convex_core::panel::{Band, Line};

use super::frame::TickText;
use super::table::{Column, Table};
use super::value_axis::{Bounds, Scale, ValueAxis};
use crate::format::{self, Print};

/// The range of days that the panels of a page share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Left edge.
    pub from: Day,
    /// Right edge.
    pub to: Day,
}

/// A panel before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Unique on the page; also the target of links and the name of files.
    pub id: String,
    /// What is drawn, in a few words.
    pub title: String,
    /// The rest of what a reader must know: base, window, interval.
    pub note: String,
    /// How its values are read.
    pub print: Print,
    /// The lines, the last one on top.
    pub lines: Vec<Trace>,
    /// An interval around one of the lines.
    pub band: Option<Ribbon>,
    /// Spans of days marked behind the lines, and what they are.
    pub wide: Option<(&'static str, Vec<(Day, Day)>)>,
    pub(super) ticks: TickText,
    pub(super) height: f64,
    pub(super) bounds: Bounds,
    pub(super) scale: Scale,
}

/// A line of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Class of the line: `a`, `b`, `ink`, `mean`.
    pub class: &'static str,
    /// What it is.
    pub label: String,
    /// Days and values.
    pub line: Line,
    /// Whether its end is labelled.
    pub ends: bool,
}

/// A band of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Ribbon {
    /// What it is.
    pub label: &'static str,
    /// Days, lower and upper values.
    pub band: Band,
}

impl Plot {
    /// The same panel so many pixels high.
    #[must_use]
    pub fn at_height(&self, height: f64) -> Self {
        Self { height, ..self.clone() }
    }

    /// The axis that holds all lines and bands; `None` if no line has a point.
    pub(super) fn axis(&self) -> Option<ValueAxis> {
        if self.lines.iter().all(|trace| trace.line.values.is_empty()) {
            return None;
        }
        let drawn = || self.lines.iter().flat_map(|trace| trace.line.values.iter());
        let edges = || self.ribbon().into_iter().flat_map(|ribbon| ribbon.band.low.iter().chain(&ribbon.band.high));
        let all = || drawn().chain(edges()).copied();
        let log = (self.scale == Scale::Log).then(|| ValueAxis::fit_log(all(), self.height)).flatten();
        log.or_else(|| ValueAxis::fit(all(), self.bounds, self.height))
    }

    /// The labels of its value axis with their values; `None` if nothing can be drawn.
    pub fn value_ticks(&self) -> Option<Vec<(f64, String)>> {
        let ticks = self.axis()?.ticks();
        Some(ticks.into_iter().map(|(value, decimals)| (value, self.ticks.text(value, decimals))).collect())
    }

    /// Values at the bottom and the top, and which distances are equal between them.
    pub fn value_range(&self) -> Option<(f64, f64, Scale)> {
        let axis = self.axis()?;
        let (low, high) = axis.range();
        Some((low, high, axis.scale()))
    }

    /// The band, if it has a day.
    pub fn ribbon(&self) -> Option<&Ribbon> {
        self.band.as_ref().filter(|ribbon| !ribbon.band.days.is_empty())
    }

    /// Every day that a line or the band has, in order.
    pub fn days(&self) -> Vec<Day> {
        let lines = self.lines.iter().flat_map(|trace| &trace.line.days);
        let mut days: Vec<Day> = lines.chain(self.ribbon().into_iter().flat_map(|r| &r.band.days)).copied().collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The numbers as read, thinned to what a page prints.
    pub fn table(&self) -> Table {
        let print = self.print;
        let line = |head: String, days, values| Column { head, days, values, text: Box::new(move |v| print.text(v)) };
        let mut columns: Vec<Column<'_>> = self
            .lines
            .iter()
            .map(|trace| line(trace.label.clone(), trace.line.days.as_slice(), trace.line.values.as_slice()))
            .collect();
        if let Some(Ribbon { label, band }) = self.ribbon() {
            columns.push(line(format!("{label}, low"), &band.days, &band.low));
            columns.push(line(format!("{label}, high"), &band.days, &band.high));
        }
        Table::of_columns(&columns)
    }

    /// Every number in full, a line for each day. Simulated data carry their mark on every line.
    pub fn csv(&self, sample: bool) -> String {
        let mut columns: Vec<(String, &[Day], &[f64])> =
            self.lines.iter().map(|t| (t.label.clone(), t.line.days.as_slice(), t.line.values.as_slice())).collect();
        if let Some(Ribbon { label, band }) = self.ribbon() {
            columns.push((format!("{label} low"), &band.days, &band.low));
            columns.push((format!("{label} high"), &band.days, &band.high));
        }
        let mut text = "date".to_owned();
        for (head, ..) in &columns {
            text.push(',');
            text.push_str(&quoted(head));
        }
        text.push_str(if sample { ",simulated\n" } else { "\n" });
        for day in self.days() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{day}");
            for (_, days, values) in &columns {
                text.push(',');
                if let Ok(at) = days.binary_search(&day) {
                    let _ = write!(text, "{}", values[at]);
                }
            }
            text.push_str(if sample { ",Simulated\n" } else { "\n" });
        }
        text
    }

    /// What a reader who cannot see the drawing is told: range, and for each line first, last, lowest and highest.
    pub fn describe(&self, window: Window) -> String {
        let mut description = format::span(window.from, window.to);
        for Trace { label, line, .. } in &self.lines {
            let (Some(first), Some(last)) = (line.values.first(), line.values.last()) else { continue };
            let low = line.values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = line.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let [first, last, low, high] = [*first, *last, low, high].map(|value| self.print.text(value));
            let _ = write!(description, "; {label} from {first} to {last}, between {low} and {high}");
        }
        description
    }
}

/// A head as a field of a CSV file.
fn quoted(head: &str) -> String {
    if head.contains([',', '"', '\n']) { format!("\"{}\"", head.replace('"', "\"\"")) } else { head.to_owned() }
}
