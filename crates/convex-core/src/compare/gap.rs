//! Figures of the gap: the ratio of two prices or the spread of two rates.

use convex_stats::describe;

use super::Common;
use super::group::absent;
use crate::catalog::MetricUnit;
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::{Day, Series};

const LEAVES: [&str; 5] = ["value", "change_90d", "z_90d", "z_1y", "percentile_all"];
const NEEDS: usize = 20;

const LEVEL: &str = "levels of the last common day";
const CHANGE: &str = "from the last common day on or before 90 days back";
const Z: &str = "deviations from the mean of the window, in its standard deviations";
const RANK: &str = "share of all common days below, half of those equal";

/// Which gap a pair has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// A over B: both measured in log changes.
    Ratio,
    /// A less B, in the unit of the first: both measured in differences.
    Spread(MetricUnit),
    /// Neither: one of each.
    None,
}

/// The gap on each usable common day.
pub fn gap_series(kind: GapKind, levels: &Common) -> Option<Series> {
    let pairs = levels.a.iter().zip(&levels.b);
    let values: Vec<f64> = match kind {
        GapKind::Ratio => pairs.map(|(a, b)| a / b).collect(),
        GapKind::Spread(_) => pairs.map(|(a, b)| a - b).collect(),
        GapKind::None => return None,
    };
    Series::new(levels.days.clone(), values).ok()
}

/// `ratio.*` or `spread.*`; a pair with neither says so under `ratio` and `spread`.
pub(super) fn gap_figures(figures: &mut Figures, kind: GapKind, levels: &Common) {
    let gap = gap_series(kind, levels).unwrap_or_else(Series::empty);
    figures_of_gap(figures, kind, &gap);
}

/// The same of a gap that is at hand.
pub(crate) fn figures_of_gap(figures: &mut Figures, kind: GapKind, gap: &Series) {
    let Some(name) = name(kind) else {
        let why = Unavailable::NotMeaningful("one leg is measured in log changes, the other in differences");
        figures.put("ratio", Err(why.clone()));
        figures.put("spread", Err(why));
        return;
    };
    if gap.len() < 2 {
        return absent_gap_figures(figures, kind, &Unavailable::TooFew { have: gap.len(), need: 2 });
    }
    let Some(((first, _), (end, value))) = gap.first().zip(gap.last()) else { return };
    let unit = match kind {
        GapKind::Spread(unit) => Unit::Own(unit),
        GapKind::Ratio | GapKind::None => Unit::Ratio,
    };
    let n = gap.len();
    figures.put(format!("{name}.value"), Estimate::number(value, unit, 1, (end, end), LEVEL));
    figures.put(format!("{name}.change_90d"), change_90d(kind, gap, end, value, unit));
    figures.put(format!("{name}.z_90d"), z_within(gap, end, 90));
    figures.put(format!("{name}.z_1y"), z_within(gap, end, 365));
    let rank = describe::percentile_of(gap.values(), value).map_err(Unavailable::from);
    let rank = rank.and_then(|rank| Estimate::number(rank, Unit::Fraction, n, (first, end), RANK));
    figures.put(format!("{name}.percentile_all"), rank);
}

/// The same names, all absent for one reason.
pub(super) fn absent_gap_figures(figures: &mut Figures, kind: GapKind, why: &Unavailable) {
    match name(kind) {
        Some(name) => absent(figures, name, &LEAVES, why),
        None => gap_figures(figures, kind, &Common::default()),
    }
}

fn name(kind: GapKind) -> Option<&'static str> {
    match kind {
        GapKind::Ratio => Some("ratio"),
        GapKind::Spread(_) => Some("spread"),
        GapKind::None => None,
    }
}

fn change_90d(kind: GapKind, gap: &Series, end: Day, value: f64, unit: Unit) -> Figure {
    let (from, base) = gap.at_or_before(end - 90).ok_or(Unavailable::HistoryTooShort)?;
    match kind {
        GapKind::Spread(_) => Estimate::number(value - base, unit, 2, (from, end), CHANGE),
        GapKind::Ratio | GapKind::None => Estimate::number(value / base - 1.0, Unit::Fraction, 2, (from, end), CHANGE),
    }
}

/// z of the last value among those of the last `days` calendar days.
fn z_within(gap: &Series, end: Day, days: i32) -> Figure {
    let window = gap.after(end - days);
    if window.len() < NEEDS {
        return Err(Unavailable::TooFew { have: window.len(), need: NEEDS });
    }
    let z = describe::z_of_last(window.values())?;
    Estimate::number(z, Unit::Stdevs, window.len(), (window.days()[0], end), Z)
}
