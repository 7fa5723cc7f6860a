//! The panels of a page: what each one shows and says.

use convex_core::Day;
use convex_core::catalog::MetricUnit;
use convex_core::panel::{Drawdowns, Gap, Line, Rebased, Rolling};

use super::frame::TickText;
use super::plot::{Plot, Ribbon, Trace};
use super::value_axis::{Bounds, Scale};
use crate::format::{self, Measure, Print};

const TALL: f64 = 208.0;
const LOW: f64 = 136.0;

/// What a panel must know of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LegLabel<'a> {
    /// Shortest name.
    pub(super) label: &'a str,
    /// How its changes are read.
    pub(super) measure: Measure,
    /// Unit of its values.
    pub(super) unit: MetricUnit,
}

/// Both legs from a common start: on one panel where both are read alike, else on one panel each.
pub(super) fn rebased(rebased: &Rebased, a: LegLabel<'_>, b: LegLabel<'_>, basis: &str, scale: Scale) -> Vec<Plot> {
    let legs = [(a, &rebased.a, "a"), (b, &rebased.b, "b")];
    let is_alike = rebased.a_indexed == rebased.b_indexed && a.measure == b.measure;
    if is_alike && (rebased.a_indexed || a.unit == b.unit) {
        return vec![start_panel("rebased", rebased.base, &legs, basis, scale)];
    }
    [("rebased-a", legs[0]), ("rebased-b", legs[1])]
        .into_iter()
        .map(|(id, leg)| start_panel(id, rebased.base, &[leg], basis, scale))
        .collect()
}

fn start_panel(id: &str, base: Day, legs: &[(LegLabel<'_>, &Line, &'static str)], basis: &str, scale: Scale) -> Plot {
    let measure = legs[0].0.measure;
    let since = format::day(base);
    let (title, note, ticks) = match measure {
        Measure::Percent => {
            let who = if legs.len() == 2 { "Both".to_owned() } else { legs[0].0.label.to_owned() };
            let basis = if basis.is_empty() { String::new() } else { format!(", {basis}") };
            (format!("{who}, rebased to 100"), format!("{since} = 100{basis}"), TickText::Number)
        }
        Measure::BasisPoints => (who_changed(legs), format!("basis points since {since}"), TickText::BasisPoints),
        Measure::Own => {
            let unit = format::unit_words(legs[0].0.unit);
            (who_changed(legs), format!("{unit} since {since}"), TickText::Number)
        }
    };
    let print = match measure {
        Measure::Percent => Print::fixed(1),
        Measure::BasisPoints => Print::basis_points(),
        Measure::Own => Print::signed(2),
    };
    let lines = legs.iter().map(|(leg, line, class)| trace(class, leg.label, line)).collect();
    Plot { scale, ..plot(id, title, note, print, ticks, TALL, lines) }
}

fn who_changed(legs: &[(LegLabel<'_>, &Line, &'static str)]) -> String {
    let who = if legs.len() == 2 { "Both" } else { legs[0].0.label };
    format!("{who}, change since the start")
}

/// Ratio or spread with its trailing mean and a band of two deviations.
pub(super) fn gap(gap: &Gap, a: LegLabel<'_>, b: LegLabel<'_>, scale: Scale) -> Plot {
    let (title, label) = if gap.is_ratio {
        (format!("Ratio {} / {}", a.label, b.label), "ratio")
    } else {
        (format!("Spread {} − {}", a.label, b.label), "spread")
    };
    let print = if gap.is_ratio { Print::significant() } else { Print::fixed(2) };
    let mean = Trace { ends: false, ..trace("mean", "mean", &gap.mean) };
    let lines = vec![mean, trace("ink", label, &gap.line)];
    let note = "mean and ±2 deviations of the past 252 observations".to_owned();
    Plot {
        band: Some(Ribbon { label: "mean ±2 deviations", band: gap.band.clone() }),
        wide: Some(("wide: beyond 2 deviations until back within half of one", gap.episodes.clone())),
        scale,
        ..plot("gap", title, note, print, TickText::Number, LOW, lines)
    }
}

/// Correlation of changes over a trailing window, with its interval. `cadence` is the word for the changes: `daily`.
pub(super) fn correlation(rolling: &Rolling, cadence: &str) -> Plot {
    let note = format!("Pearson over the past {} changes, 95 % interval", rolling.window);
    Plot {
        bounds: Bounds { floor: -1.0, ceiling: 1.0, least_span: 0.5 },
        ..rolling_panel("correlation", "correlation", format!("Correlation of {cadence} changes"), note, rolling)
    }
}

/// Slope of A's changes on B's over a trailing window, with its interval. `unit` says what one unit of it is.
pub(super) fn beta(rolling: &Rolling, a: LegLabel<'_>, b: LegLabel<'_>) -> Plot {
    let note = format!("slope over the past {} changes, 95 % interval", rolling.window);
    Plot {
        bounds: Bounds { least_span: 0.2, ..Bounds::NONE },
        ..rolling_panel("beta", "beta", format!("Beta of {} on {}", a.label, b.label), note, rolling)
    }
}

fn rolling_panel(id: &str, label: &str, title: String, note: String, rolling: &Rolling) -> Plot {
    let lines = vec![trace("ink", label, &rolling.line)];
    Plot {
        band: Some(Ribbon { label: "95 % interval", band: rolling.band.clone() }),
        ..plot(id, title, note, Print::fixed(2), TickText::Number, LOW, lines)
    }
}

/// Fall of each leg from its highest value so far.
pub(super) fn drawdowns(falls: &Drawdowns, a: LegLabel<'_>, b: LegLabel<'_>) -> Plot {
    let lines = [("a", a, &falls.a), ("b", b, &falls.b)]
        .into_iter()
        .filter_map(|(class, leg, line)| Some(trace(class, leg.label, line.as_ref()?)))
        .collect();
    let (title, note) = ("Drawdown from the high".to_owned(), "per cent below the highest value so far".to_owned());
    Plot {
        bounds: Bounds { ceiling: 0.0, least_span: 0.02, ..Bounds::NONE },
        ..plot("drawdown", title, note, Print::percent(), TickText::Percent, LOW, lines)
    }
}

/// One series in its own unit, at its own dates.
pub(super) fn level(id: &str, class: &'static str, line: &Line, leg: LegLabel<'_>, note: String, scale: Scale) -> Plot {
    let lines = vec![trace(class, leg.label, line)];
    Plot { scale, ..plot(id, leg.label.to_owned(), note, Print::level(leg.unit), TickText::Number, TALL, lines) }
}

fn trace(class: &'static str, label: &str, line: &Line) -> Trace {
    Trace { class, label: label.to_owned(), line: line.clone(), ends: true }
}

fn plot(id: &str, title: String, note: String, print: Print, ticks: TickText, height: f64, lines: Vec<Trace>) -> Plot {
    Plot {
        id: id.to_owned(),
        title,
        note,
        print,
        lines,
        band: None,
        wide: None,
        ticks,
        height,
        bounds: Bounds::NONE,
        scale: Scale::Linear,
    }
}
