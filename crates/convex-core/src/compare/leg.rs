//! Figures of one leg: its value, its changes and its last 90 days.

use convex_stats::{Undefined, describe};

use crate::catalog::{ChangeKind, Metric};
use crate::change::changes_of;
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::{Day, Series};

/// Observations a window needs before anything is said about it.
const WINDOW_NEEDS: usize = 20;
/// Calendar days of the window.
const WINDOW_DAYS: i32 = 90;

const OBSERVATION: &str = "observation";
const LEVELS: &str = "observations of the last 90 days";
const HISTORY: &str = "share of all observations below, half of those equal";
const CHANGES: &str = "changes of the last 90 days";

/// Figures of one leg under `prefix` (`a.`, `b.` or nothing).
pub fn leg_figures(prefix: &str, metric: &Metric, series: &Series) -> Figures {
    let mut figures = Figures::default();
    let mut put = |name: &str, figure: Figure| figures.put(format!("{prefix}{name}"), figure);
    let unit = Unit::Own(metric.unit);
    let Some(((first, _), (last, value))) = series.first().zip(series.last()) else {
        let absent = || Err(Unavailable::NoObservations(metric.id.clone()));
        put("value", absent());
        put("as_of", absent());
        put("n_all", absent());
        for horizon in Horizon::ALL {
            put(&format!("change.{}", horizon.name()), absent());
        }
        let why = Unavailable::NoObservations(metric.id.clone());
        absent_window(&why, &mut |leaf, figure| put(&under_window(leaf), figure));
        return figures;
    };
    put("value", Estimate::number(value, unit, 1, (last, last), OBSERVATION));
    put("as_of", Estimate::day(last, 1, (last, last), OBSERVATION));
    put("n_all", Estimate::number(series.len() as f64, Unit::Count, series.len(), (first, last), OBSERVATION));
    for horizon in Horizon::ALL {
        put(&format!("change.{}", horizon.name()), change_over(horizon, metric, series));
    }
    window(metric, series, &mut |leaf, figure| put(&under_window(leaf), figure));
    figures
}

/// The horizons of a leg's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// One observation back.
    Observation,
    /// So many calendar days back.
    Days(i32, &'static str),
    /// From the last observation of the year before.
    YearToDate,
}

impl Horizon {
    /// All of them, shortest first.
    pub const ALL: [Self; 6] = [
        Self::Observation,
        Self::Days(7, "7d"),
        Self::Days(30, "30d"),
        Self::Days(90, "90d"),
        Self::Days(365, "1y"),
        Self::YearToDate,
    ];

    /// The last part of the figure's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observation => "1obs",
            Self::Days(_, name) => name,
            Self::YearToDate => "ytd",
        }
    }
}

/// Change from the last observation on or before the horizon to the last: simple for a log metric, else a difference.
pub fn change_over(horizon: Horizon, metric: &Metric, series: &Series) -> Figure {
    let (end, value) = series.last().ok_or_else(|| Unavailable::NoObservations(metric.id.clone()))?;
    let base = match horizon {
        Horizon::Observation => {
            let have = series.len();
            if have < 2 {
                return Err(Unavailable::TooFew { have, need: 2 });
            }
            Some((series.days()[have - 2], series.values()[have - 2]))
        }
        Horizon::Days(days, name) => {
            if name.ends_with('d') && f64::from(days) < usual_step(series) {
                return Err(Unavailable::ShorterThanCadence);
            }
            series.at_or_before(end - days)
        }
        Horizon::YearToDate => Day::new(end.year() - 1, 12, 31).and_then(|day| series.at_or_before(day)),
    };
    let (from, base) = base.ok_or(Unavailable::HistoryTooShort)?;
    let (moved, unit, method) = match metric.change {
        ChangeKind::Difference => (value - base, Unit::Own(metric.unit), "last observation less the base"),
        ChangeKind::Log if base > 0.0 && value > 0.0 => {
            (value / base - 1.0, Unit::Fraction, "last observation over the base, less one")
        }
        ChangeKind::Log => return Err(Unavailable::NotMeaningful("not positive")),
    };
    Estimate::number(moved, unit, 2, (from, end), method)
}

/// Median distance in days between the last 251 observations.
fn usual_step(series: &Series) -> f64 {
    let days = series.days();
    let recent = &days[days.len().saturating_sub(251)..];
    let mut steps: Vec<f64> = recent.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    steps.sort_by(f64::total_cmp);
    match steps.len() {
        0 => 0.0,
        n if n % 2 == 1 => steps[n / 2],
        n => f64::midpoint(steps[n / 2 - 1], steps[n / 2]),
    }
}

/// Observations in a year, told from the distances between the last ones: 252, 365 (every day), 52 or 12.
pub fn periods_a_year(days: &[Day]) -> f64 {
    let steps = |last: usize| {
        let recent = &days[days.len().saturating_sub(last)..];
        recent.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>()
    };
    let mut recent = steps(200);
    recent.sort_unstable();
    let twice_the_median = match recent.len() {
        0 | 1 => 2,
        n => recent[(n - 1) / 2] + recent[n / 2],
    };
    if twice_the_median > 40 {
        return 12.0;
    }
    if twice_the_median > 8 {
        return 52.0;
    }
    let last = steps(60);
    let single = last.iter().filter(|step| **step == 1).count() as f64;
    let weekends = days[days.len().saturating_sub(60)..].iter().any(|day| day.is_weekend());
    if weekends && single / last.len() as f64 > 0.95 { 365.0 } else { 252.0 }
}

/// Names of the window's figures, in the order they are shown.
pub(crate) const WINDOW_LEAVES: [&str; 20] = [
    "n",
    "first",
    "last",
    "high",
    "high_date",
    "low",
    "low_date",
    "mean",
    "median",
    "stdev",
    "range_position",
    "z",
    "percentile_all",
    "volatility",
    "max_drawdown",
    "best",
    "worst",
    "up_share",
    "skew",
    "excess_kurtosis",
];

/// The name of a figure of the window; the group itself has no leaf.
fn under_window(leaf: &str) -> String {
    if leaf.is_empty() { "window_90d".to_owned() } else { format!("window_90d.{leaf}") }
}

/// A window that could not be computed stands under its own name and under each of its leaves.
fn absent_window(why: &Unavailable, put: &mut dyn FnMut(&str, Figure)) {
    put("", Err(why.clone()));
    for leaf in WINDOW_LEAVES {
        put(leaf, Err(why.clone()));
    }
}

fn window(metric: &Metric, series: &Series, put: &mut dyn FnMut(&str, Figure)) {
    let Some((end, _)) = series.last() else { return };
    let inside = series.after(end - WINDOW_DAYS);
    let n = inside.len();
    if n < WINDOW_NEEDS {
        let few = Unavailable::TooFew { have: n, need: WINDOW_NEEDS };
        return absent_window(&few, put);
    }
    window_levels(metric, series, &inside, put);
    window_changes(metric, series, end, put);
}

fn window_levels(metric: &Metric, series: &Series, inside: &Series, put: &mut dyn FnMut(&str, Figure)) {
    let (days, levels) = (inside.days(), inside.values());
    let Some(((first, _), (end, value))) = inside.first().zip(inside.last()) else { return };
    let (n, own) = (inside.len(), Unit::Own(metric.unit));
    let level = |value: Result<f64, Undefined>, unit: Unit| Estimate::number(value?, unit, n, (first, end), LEVELS);
    let date = |day: Day| Estimate::day(day, n, (first, end), LEVELS);
    let at = |position: Result<usize, Undefined>| position.map(|at| (days[at], levels[at])).map_err(Unavailable::from);
    let (high, low) = (at(describe::position_of_max(levels)), at(describe::position_of_min(levels)));
    put("n", level(Ok(n as f64), Unit::Count));
    put("first", date(first));
    put("last", date(end));
    put("high", high.clone().and_then(|(_, value)| level(Ok(value), own)));
    put("high_date", high.and_then(|(day, _)| date(day)));
    put("low", low.clone().and_then(|(_, value)| level(Ok(value), own)));
    put("low_date", low.and_then(|(day, _)| date(day)));
    put("mean", level(describe::mean(levels), own));
    put("median", level(describe::median(levels), own));
    put("stdev", level(describe::stdev(levels), own));
    put("range_position", level(describe::range_position(levels), Unit::Fraction));
    put("z", level(describe::z_of_last(levels), Unit::Stdevs));
    let (all, first_ever) = (series.values(), series.days()[0]);
    let rank = describe::percentile_of(all, value).map_err(Unavailable::from);
    put(
        "percentile_all",
        rank.and_then(|rank| Estimate::number(rank, Unit::Fraction, all.len(), (first_ever, end), HISTORY)),
    );
    put(
        "max_drawdown",
        match metric.change {
            ChangeKind::Difference => Err(Unavailable::NotMeaningful("for differences")),
            ChangeKind::Log => level(describe::max_drawdown(levels), Unit::Fraction),
        },
    );
}

fn window_changes(metric: &Metric, series: &Series, end: Day, put: &mut dyn FnMut(&str, Figure)) {
    let all = changes_of(metric.change, series);
    let inside = &all[all.partition_point(|(day, _)| *day <= end - WINDOW_DAYS)..];
    let moves: Vec<f64> = inside.iter().map(|(_, moved)| *moved).collect();
    let first = inside.first().map_or(end, |(day, _)| *day);
    let unit = match metric.change {
        ChangeKind::Log => Unit::Fraction,
        ChangeKind::Difference => Unit::Own(metric.unit),
    };
    let over =
        |value: Result<f64, Undefined>, unit: Unit| Estimate::number(value?, unit, moves.len(), (first, end), CHANGES);
    let a_year = periods_a_year(series.days()).sqrt();
    let at = |position: Result<usize, Undefined>| position.map(|at| moves[at]);
    put("volatility", over(describe::stdev(&moves).map(|stdev| stdev * a_year), unit));
    put("best", over(at(describe::position_of_max(&moves)), unit));
    put("worst", over(at(describe::position_of_min(&moves)), unit));
    put("up_share", over(describe::share_positive(&moves), Unit::Fraction));
    put("skew", over(describe::skewness(&moves), Unit::Fraction));
    put("excess_kurtosis", over(describe::excess_kurtosis(&moves), Unit::Fraction));
}
