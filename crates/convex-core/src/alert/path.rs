//! The path of a figure: what a page of each day would have shown, so far as it can be had without a whole comparison.

use convex_stats::divergence::{WINDOW, trailing_z};
use convex_stats::{correlation, regression};

use super::Ground;
use crate::align::period_end;
use crate::catalog::{ChangeKind, Metric};
use crate::compare::{GapKind, figures_of_gap, gap_series, leg_figures};
use crate::figure::{Figures, Unit};
use crate::{Day, Series};

/// A figure by day: the day on which it could be known, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Unit of the values.
    pub unit: Unit,
    /// Days, increasing, and values.
    pub readings: Vec<(Day, f64)>,
}

/// Changes a correlation or a slope needs.
const LEAST: usize = 20;
/// Calendar days of the shorter window.
const WINDOW_DAYS: i32 = 90;
/// Observations of the longer one.
const WINDOW_OBSERVATIONS: usize = 252;

/// Whether a rule can watch a figure of one metric.
pub fn is_metric_figure(name: &str) -> bool {
    let days: Vec<Day> = (0..400).filter_map(Day::from_epoch_days).collect();
    let values = (0..400).map(|at| 100.0 + f64::from(at % 7)).collect();
    let series = Series::new(days, values).unwrap_or_else(|_| Series::empty());
    leg_figures("", &Metric::uncatalogued("x"), &series).number(name).is_some()
}

/// Whether the path of a pair's figure can be had without a whole comparison.
pub fn is_pair_figure(name: &str) -> bool {
    name == "gap" || GAP_LEAVES.contains(&name) || Rolled::of(name).is_some()
}

const GAP_LEAVES: [&str; 10] = [
    "ratio.value",
    "ratio.change_90d",
    "ratio.z_90d",
    "ratio.z_1y",
    "ratio.percentile_all",
    "spread.value",
    "spread.change_90d",
    "spread.z_90d",
    "spread.z_1y",
    "spread.percentile_all",
];

/// A figure of one metric on every day it could be known later than `after`; days without it are left out.
pub fn metric_path(metric: &Metric, series: &Series, figure: &str, after: Option<Day>) -> Option<Path> {
    let known = |dated: Day| period_end(metric.cadence, dated) + i32::from(metric.publication_lag_days);
    if figure == "value" {
        let start = after.map_or(0, |after| series.days().partition_point(|day| known(*day) <= after));
        let readings = series.iter().skip(start).map(|(day, value)| (known(day), value)).collect();
        return Some(Path { unit: Unit::Own(metric.unit), readings });
    }
    each_day(series, after, known, |so_far| leg_figures("", metric, so_far), figure)
}

/// How far a value, or a gap, moved within so many observations, on each of its days.
pub(super) fn moves(path: &Path, kind: ChangeKind, sessions: u32, after: Option<Day>) -> Path {
    let back = sessions as usize;
    let moved = path.readings.windows(back + 1).filter_map(|window| {
        let ((_, from), (day, to)) = (window[0], window[back]);
        let moved = match kind {
            ChangeKind::Log if from > 0.0 && to > 0.0 => to / from - 1.0,
            ChangeKind::Log => return None,
            ChangeKind::Difference => to - from,
        };
        after.is_none_or(|after| day > after).then_some((day, moved))
    });
    let unit = if kind == ChangeKind::Log { Unit::Fraction } else { path.unit };
    Path { unit, readings: moved.collect() }
}

/// A figure of a pair on every day it could be known later than `after`.
pub fn pair_path(ground: &Ground, figure: &str, after: Option<Day>) -> Option<Path> {
    let known = |day: Day| day + ground.lag;
    if let Some(rolled) = Rolled::of(figure) {
        return rolled.path(ground, after);
    }
    let gap = gap_series(ground.gap, &ground.levels)?;
    if figure == "gap" {
        let unit = match ground.gap {
            GapKind::Spread(unit) => Unit::Own(unit),
            GapKind::Ratio | GapKind::None => Unit::Ratio,
        };
        return Some(Path { unit, readings: gap.iter().map(|(day, value)| (known(day), value)).collect() });
    }
    if !GAP_LEAVES.contains(&figure) {
        return None;
    }
    let of = |so_far: &Series| {
        let mut figures = Figures::default();
        figures_of_gap(&mut figures, ground.gap, so_far);
        figures
    };
    each_day(&gap, after, known, of, figure)
}

/// A figure of a series as it stood on each of its days.
fn each_day(
    series: &Series,
    after: Option<Day>,
    known: impl Fn(Day) -> Day,
    figures: impl Fn(&Series) -> Figures,
    name: &str,
) -> Option<Path> {
    let start = after.map_or(0, |after| series.days().partition_point(|day| known(*day) <= after));
    let (mut unit, mut readings) = (None, Vec::new());
    for day in &series.days()[start..] {
        let found = figures(&series.until(*day));
        if let Some(estimate) = found.estimate(name)
            && let Some(value) = estimate.as_number()
        {
            unit = Some(estimate.unit);
            readings.push((known(*day), value));
        }
    }
    // Without any reading the unit is not known; a figure of that name on the whole series tells whether there is one.
    let unit = unit.or_else(|| figures(series).estimate(name).map(|estimate| estimate.unit))?;
    Some(Path { unit, readings })
}

/// Figures over a window of changes, or of the gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rolled {
    Pearson(Window),
    Spearman(Window),
    Beta(Window),
    Z,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Window {
    Days,
    Observations,
}

impl Rolled {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "correlation.90d.pearson" => Self::Pearson(Window::Days),
            "correlation.252obs.pearson" => Self::Pearson(Window::Observations),
            "correlation.90d.spearman" => Self::Spearman(Window::Days),
            "correlation.252obs.spearman" => Self::Spearman(Window::Observations),
            "beta.90d.beta" => Self::Beta(Window::Days),
            "beta.252obs.beta" => Self::Beta(Window::Observations),
            "divergence.z" => Self::Z,
            _ => return None,
        })
    }

    fn path(self, ground: &Ground, after: Option<Day>) -> Option<Path> {
        let is_new = |day: &Day| after.is_none_or(|after| *day + ground.lag > after);
        if self == Self::Z {
            let path = ground.path()?;
            let days = &ground.levels.days;
            let first = days.partition_point(|day| !is_new(day)).max(WINDOW - 1).min(days.len());
            let from = (first + 1).saturating_sub(WINDOW);
            let z = trailing_z(&path[from..]).unwrap_or_default();
            let readings = days[days.len() - z.len()..].iter().zip(z).map(|(day, z)| (*day + ground.lag, z));
            return Some(Path { unit: Unit::Stdevs, readings: readings.filter(|(_, z)| z.is_finite()).collect() });
        }
        let changes = &ground.changes;
        // The window ends on a common day, of which the first has no change.
        let mut readings = Vec::new();
        for day in ground.levels.days.iter().filter(|day| is_new(day)) {
            let end = changes.days.partition_point(|changed| changed <= day);
            let start = match self.window() {
                Window::Days => changes.days.partition_point(|changed| *changed <= *day - WINDOW_DAYS),
                Window::Observations if end < WINDOW_OBSERVATIONS => continue,
                Window::Observations => end - WINDOW_OBSERVATIONS,
            };
            if end < start + LEAST {
                continue;
            }
            let (a, b) = (&changes.a[start..end], &changes.b[start..end]);
            let value = match self {
                Self::Pearson(_) => correlation::pearson(a, b),
                Self::Spearman(_) => correlation::spearman(a, b),
                Self::Beta(_) | Self::Z => regression::slope(a, b, LEAST).map(|slope| slope.beta),
            };
            if let Ok(value) = value {
                readings.push((*day + ground.lag, value));
            }
        }
        let unit = if matches!(self, Self::Beta(_)) { Unit::Ratio } else { Unit::Correlation };
        Some(Path { unit, readings })
    }

    fn window(self) -> Window {
        match self {
            Self::Pearson(window) | Self::Spearman(window) | Self::Beta(window) => window,
            Self::Z => Window::Observations,
        }
    }
}
