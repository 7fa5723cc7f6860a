//! The panels of a page: what each one draws, says and tabulates.

use std::fmt::Write;

use convex_core::Day;
use convex_core::catalog::MetricUnit;
use convex_core::panel::{Drawdowns, Gap, Line, Rebased, RollingCorrelation};

use super::frame::{Frame, TickText};
use super::table::{Column, Table};
use super::time_axis::TimeAxis;
use super::value_axis::{Bounds, ValueAxis};
use super::{Chart, Key};
use crate::format::{self, Measure};

const TALL: f64 = 208.0;
const LOW: f64 = 136.0;

/// The range of days that the panels of a page share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Left edge.
    pub from: Day,
    /// Right edge.
    pub to: Day,
}

/// What a panel must know of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegLabel<'a> {
    /// Shortest name.
    pub label: &'a str,
    /// How its changes are read.
    pub measure: Measure,
    /// Unit of its values.
    pub unit: MetricUnit,
}

/// Both legs from a common start: on one panel where both are read alike, else on one panel each.
pub fn rebased(rebased: &Rebased, a: LegLabel<'_>, b: LegLabel<'_>, window: Window) -> Vec<Chart> {
    let legs = [(a, &rebased.a, "a"), (b, &rebased.b, "b")];
    let is_alike = rebased.a_indexed == rebased.b_indexed && a.measure == b.measure;
    if is_alike && (rebased.a_indexed || a.unit == b.unit) {
        return start_panel("rebased", rebased.base, &legs, window).into_iter().collect();
    }
    [("rebased-a", legs[0]), ("rebased-b", legs[1])]
        .into_iter()
        .filter_map(|(id, leg)| start_panel(id, rebased.base, &[leg], window))
        .collect()
}

fn start_panel(id: &str, base: Day, legs: &[(LegLabel<'_>, &Line, &'static str)], window: Window) -> Option<Chart> {
    let measure = legs[0].0.measure;
    let (title, note, ticks) = match measure {
        Measure::Percent => {
            let who = if legs.len() == 2 { "Both".to_owned() } else { legs[0].0.label.to_owned() };
            (format!("{who}, rebased to 100"), format!("{} = 100", format::day(base)), TickText::Number)
        }
        Measure::BasisPoints => {
            (who_changed(legs), format!("basis points since {}", format::day(base)), TickText::BasisPoints)
        }
        Measure::Own => {
            let unit = format::unit_words(legs[0].0.unit);
            (who_changed(legs), format!("{unit} since {}", format::day(base)), TickText::Number)
        }
    };
    let text = move |value: f64| match measure {
        Measure::Percent => format::fixed(value, 1),
        Measure::BasisPoints => format!("{} bp", format::signed(value * 100.0, 0)),
        Measure::Own => format::signed(value, 2),
    };
    let lines: Vec<Drawn<'_>> =
        legs.iter().map(|(leg, line, class)| Drawn { class, label: leg.label.to_owned(), line, ends: true }).collect();
    panel(
        Panel { id, title, note, ticks, height: TALL, bounds: Bounds::NONE, lines, band: None, spans: None },
        window,
        &text,
    )
}

fn who_changed(legs: &[(LegLabel<'_>, &Line, &'static str)]) -> String {
    let who = if legs.len() == 2 { "Both" } else { legs[0].0.label };
    format!("{who}, change since the start")
}

/// Ratio or spread with its trailing mean and a band of two deviations.
pub fn gap(gap: &Gap, a: LegLabel<'_>, b: LegLabel<'_>, window: Window) -> Option<Chart> {
    let (title, label) = if gap.is_ratio {
        (format!("Ratio {} / {}", a.label, b.label), "ratio")
    } else {
        (format!("Spread {} − {}", a.label, b.label), "spread")
    };
    let is_ratio = gap.is_ratio;
    let text = move |value: f64| if is_ratio { format::significant(value, 4) } else { format::fixed(value, 2) };
    let lines = vec![
        Drawn { class: "mean", label: "mean".to_owned(), line: &gap.mean, ends: false },
        Drawn { class: "ink", label: label.to_owned(), line: &gap.line, ends: true },
    ];
    let band = Some(("mean ±2 deviations", &gap.band));
    let note = "mean and ±2 deviations of the past 252 observations".to_owned();
    let ticks = TickText::Number;
    let spans = Some(("wide: beyond 2 deviations until back within half of one", gap.episodes.as_slice()));
    panel(Panel { id: "gap", title, note, ticks, height: LOW, bounds: Bounds::NONE, lines, band, spans }, window, &text)
}

/// Correlation of changes over a trailing window, with its interval. `cadence` is the word for the changes: `daily`.
pub fn correlation(rolling: &RollingCorrelation, cadence: &str, window: Window) -> Option<Chart> {
    let text = |value: f64| format::fixed(value, 2);
    let lines = vec![Drawn { class: "ink", label: "correlation".to_owned(), line: &rolling.line, ends: true }];
    panel(
        Panel {
            id: "correlation",
            title: format!("Correlation of {cadence} changes"),
            note: format!("Pearson over the past {} changes, 95 % interval", rolling.window),
            ticks: TickText::Number,
            height: LOW,
            bounds: Bounds { floor: -1.0, ceiling: 1.0, least_span: 0.5 },
            lines,
            band: Some(("95 % interval", &rolling.band)),
            spans: None,
        },
        window,
        &text,
    )
}

/// Fall of each leg from its highest value so far.
pub fn drawdowns(falls: &Drawdowns, a: LegLabel<'_>, b: LegLabel<'_>, window: Window) -> Option<Chart> {
    let text = |value: f64| format!("{} %", format::fixed(value * 100.0, 1));
    let lines = [("a", a, &falls.a), ("b", b, &falls.b)]
        .into_iter()
        .filter_map(|(class, leg, line)| {
            let line = line.as_ref()?;
            Some(Drawn { class, label: leg.label.to_owned(), line, ends: true })
        })
        .collect();
    panel(
        Panel {
            id: "drawdown",
            title: "Drawdown from the high".to_owned(),
            note: "per cent below the highest value so far".to_owned(),
            ticks: TickText::Percent,
            height: LOW,
            bounds: Bounds { ceiling: 0.0, least_span: 0.02, ..Bounds::NONE },
            lines,
            band: None,
            spans: None,
        },
        window,
        &text,
    )
}

/// One series in its own unit, at its own dates.
pub fn level(id: &str, class: &'static str, line: &Line, leg: LegLabel<'_>, window: Window) -> Option<Chart> {
    let text = |value: f64| format::level(value, leg.unit);
    let lines = vec![Drawn { class, label: leg.label.to_owned(), line, ends: true }];
    let note = format::unit_words(leg.unit).to_owned();
    let ticks = TickText::Number;
    let title = leg.label.to_owned();
    panel(
        Panel { id, title, note, ticks, height: TALL, bounds: Bounds::NONE, lines, band: None, spans: None },
        window,
        &text,
    )
}

/// A line of a panel.
struct Drawn<'a> {
    class: &'static str,
    label: String,
    line: &'a Line,
    /// Whether its end is labelled.
    ends: bool,
}

struct Panel<'a> {
    id: &'a str,
    title: String,
    note: String,
    ticks: TickText,
    height: f64,
    bounds: Bounds,
    lines: Vec<Drawn<'a>>,
    band: Option<(&'static str, &'a convex_core::panel::Band)>,
    /// Spans of days marked behind the lines, and what they are.
    spans: Option<(&'static str, &'a [(Day, Day)])>,
}

/// Draws a panel; `None` if no line has a point.
fn panel(panel: Panel<'_>, window: Window, text: &dyn Fn(f64) -> String) -> Option<Chart> {
    let band = panel.band.filter(|(_, band)| !band.days.is_empty());
    let drawn = panel.lines.iter().flat_map(|drawn| drawn.line.values.iter());
    let edges = band.iter().flat_map(|(_, band)| band.low.iter().chain(&band.high));
    if panel.lines.iter().all(|drawn| drawn.line.values.is_empty()) {
        return None;
    }
    let axis = ValueAxis::fit(drawn.chain(edges).copied(), panel.bounds, panel.height)?;
    let mut frame = Frame::new(panel.id, TimeAxis::new(window.from, window.to), axis, panel.height);
    let mut keys = Vec::new();
    let mut columns = Vec::new();
    for Drawn { class, label, line, .. } in &panel.lines {
        columns.push(Column { head: label.clone(), days: &line.days, text: Box::new(|at| text(line.values[at])) });
        let last = line.values.last().map(|last| text(*last)).unwrap_or_default();
        keys.push(Key { class, label: label.clone(), last });
    }
    if let Some((label, spans)) = panel.spans.filter(|(_, spans)| !spans.is_empty()) {
        for span in spans {
            frame.span(*span);
        }
        keys.push(Key { class: "span", label: label.to_owned(), last: String::new() });
    }
    if let Some((label, band)) = band {
        frame.band(&band.days, &band.low, &band.high);
        keys.push(Key { class: "band", label: label.to_owned(), last: String::new() });
        let edge = |name: &str, values: &'_ [f64]| (format!("{label}, {name}"), values.to_vec());
        for (head, values) in [edge("low", &band.low), edge("high", &band.high)] {
            columns.push(Column { head, days: &band.days, text: Box::new(move |at| text(values[at])) });
        }
    }
    for Drawn { class, label, line, ends } in &panel.lines {
        frame.line(class, &line.days, &line.values);
        if let (true, Some(day), Some(last)) = (*ends, line.days.last(), line.values.last()) {
            // A line alone needs no name at its end.
            let is_alone = panel.lines.iter().filter(|drawn| drawn.ends).count() == 1;
            frame.end(class, (*day, *last), if is_alone { "" } else { label }, &text(*last));
        }
    }
    let description = describe(&panel, window, text);
    let title = format!("{}, {}", panel.title, panel.note);
    let svg = frame.draw(&title, &description, panel.ticks);
    let table = Table::of_columns(&columns);
    Some(Chart { id: panel.id.to_owned(), title: panel.title, note: panel.note, keys, svg, table })
}

/// What a reader who cannot see the drawing is told: range, and for each line first, last, lowest and highest.
fn describe(panel: &Panel<'_>, window: Window, text: &dyn Fn(f64) -> String) -> String {
    let mut description = format::span(window.from, window.to);
    for Drawn { label, line, .. } in &panel.lines {
        let (Some(first), Some(last)) = (line.values.first(), line.values.last()) else { continue };
        let low = line.values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = line.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Writing to a string cannot fail.
        let _ = write!(
            description,
            "; {label} from {} to {}, between {} and {}",
            text(*first),
            text(*last),
            text(low),
            text(high)
        );
    }
    description.push_str(". The numbers are in the table below the drawing.");
    description
}
