//! What is said of one listed pair: the figures of its comparison that a screen shows, by the same functions.

use convex_stats::correlation::{pearson_influence, spearman_influence};
use convex_stats::divergence::{WINDOW, episodes, trailing_z};
use convex_stats::screen::{BEFORE, NOW, YEAR, correlation_change};
use convex_stats::{Interval, Undefined, describe, long_run, regression};

use super::Member;
use crate::Day;
use crate::align::align;
use crate::change::{changes_between, usable_levels};
use crate::compare::{Changes, Common, GapKind, gap_kind, gap_series};
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};

/// Calendar days of the shorter window.
pub(super) const QUARTER: i32 = 90;
/// Changes a correlation needs.
const LEAST: usize = 20;
/// Observations after a wide gap closed for which it is still news.
const NEWS: usize = 21;

const COUNT: &str = "changes between consecutive common days";
const PEARSON: &str = "Pearson, interval by equal-weighted cosines on the z scale";
const SPEARMAN: &str = "Spearman, interval by equal-weighted cosines on the z scale";
const OLS: &str = "ordinary least squares of a on b, interval by equal-weighted cosines";
const NOW_METHOD: &str = "Pearson over the last 63 changes";
const BEFORE_METHOD: &str = "Pearson over the 252 changes before the last 63";
const CHANGE: &str = "atanh r of the last 63 changes less that of the 252 before, interval by equal-weighted cosines";
const Z: &str = "deviation of the last gap from the mean of 252 observations, in their standard deviations";
const RANK: &str = "share of all common days below, half of those equal";
const EPISODE: &str = "the gap went beyond 2 deviations and has not been within 0.5 since";
const EXTREME: &str = "last day on which the gap was at least as far out to the same side";

/// A listed pair.
#[derive(Clone, Debug)]
pub struct Row {
    /// Place of the first member.
    pub a: usize,
    /// Place of the second member.
    pub b: usize,
    /// Last common day.
    pub as_of: Option<Day>,
    /// Which gap the pair has.
    pub gap: GapKind,
    /// How the gap stands.
    pub state: GapState,
    /// The figures, by the names of the pair's own page where that has them.
    pub figures: Figures,
}

/// How a gap stands against its last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapState {
    /// It went beyond two deviations and has not been back since.
    Wide {
        /// The day it went.
        since: Day,
        /// Observations since then.
        age: usize,
    },
    /// It was wide and came back within half a deviation a short while ago.
    Back {
        /// The day it came back.
        on: Day,
        /// Observations since then.
        ago: usize,
    },
    /// Neither.
    Usual,
    /// There is no gap, or too little of it.
    Unknown,
}

impl GapState {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wide { .. } => "wide",
            Self::Back { .. } => "back",
            Self::Usual => "usual",
            Self::Unknown => "unknown",
        }
    }
}

/// The common days and changes of a pair, as its comparison has them.
#[derive(Clone, Debug)]
pub(super) struct Together {
    pub(super) last: Option<Day>,
    pub(super) levels: Common,
    pub(super) changes: Changes,
    pub(super) gap: GapKind,
}

impl Together {
    pub(super) fn of(a: &Member, b: &Member) -> Self {
        let aligned = align(&a.metric, &a.series, &b.metric, &b.series);
        let (kind_a, kind_b) = (a.metric.change, b.metric.change);
        let changes = changes_between(kind_a, kind_b, &aligned);
        let levels = usable_levels(kind_a, kind_b, &aligned);
        let last = aligned.common.days.last().copied();
        Self { last, levels, changes, gap: gap_kind(&a.metric, &b.metric) }
    }

    /// The path whose deviations are measured: the logarithm of a ratio, or a spread.
    pub(super) fn path(&self) -> Option<Vec<f64>> {
        let pairs = self.levels.a.iter().zip(&self.levels.b);
        match self.gap {
            GapKind::Ratio => Some(pairs.map(|(a, b)| a.ln() - b.ln()).collect()),
            GapKind::Spread(_) => Some(pairs.map(|(a, b)| a - b).collect()),
            GapKind::None => None,
        }
    }
}

/// The row of two members; Spearman's correlations only where asked for.
pub fn row(members: &[Member], a: usize, b: usize, spearman: bool) -> Row {
    row_of((a, b), &Together::of(&members[a], &members[b]), spearman)
}

/// The same from what the two have in common.
pub(super) fn row_of((a, b): (usize, usize), together: &Together, spearman: bool) -> Row {
    let mut figures = Figures::default();
    put_links(&mut figures, together, spearman);
    put_change(&mut figures, &together.changes);
    let state = put_gap(&mut figures, together);
    Row { a, b, as_of: together.last, gap: together.gap, state, figures }
}

fn put_links(figures: &mut Figures, together: &Together, spearman: bool) {
    let changes = &together.changes;
    let n = changes.days.len();
    let opens = together.last.map_or(n, |last| changes.days.partition_point(|day| *day <= last - QUARTER));
    figures.put("returns.n", number(n as f64, Unit::Count, &changes.days, COUNT));
    for (name, start, least) in [("90d", opens, LEAST), ("252obs", n.saturating_sub(YEAR), YEAR)] {
        let (days, x, y) = (&changes.days[start..], &changes.a[start..], &changes.b[start..]);
        let enough = if x.len() < least { Err(Undefined::TooFew { have: x.len(), need: least }) } else { Ok(()) };
        let around = |found: convex_stats::correlation::Influence| {
            let half = long_run::half_width(&found.score)?;
            Ok((found.correlation, Interval::around_correlation(found.correlation, half)))
        };
        let link = |found: Result<(f64, Interval), Undefined>, unit: Unit, method: &'static str| {
            let (value, interval) = found?;
            number(value, unit, days, method).map(|estimate| estimate.within(interval))
        };
        let by_value = enough.and_then(|()| pearson_influence(x, y)).and_then(around);
        let slope = enough.and_then(|()| regression::slope(x, y, least)).map(|found| (found.beta, found.ewc_95));
        let count = enough.map_err(Unavailable::from).and_then(|()| number(x.len() as f64, Unit::Count, days, COUNT));
        figures.put(format!("correlation.{name}.n"), count);
        figures.put(format!("correlation.{name}.pearson"), link(by_value, Unit::Correlation, PEARSON));
        if spearman {
            let by_rank = enough.and_then(|()| spearman_influence(x, y)).and_then(around);
            figures.put(format!("correlation.{name}.spearman"), link(by_rank, Unit::Correlation, SPEARMAN));
        }
        figures.put(format!("beta.{name}.beta"), link(slope, Unit::Ratio, OLS));
    }
}

fn put_change(figures: &mut Figures, changes: &Changes) {
    let found = correlation_change(&changes.a, &changes.b);
    let n = changes.days.len();
    let (now, before) = (n.saturating_sub(NOW), n.saturating_sub(NOW + BEFORE));
    let mut put =
        |leaf: &str, days: &[Day], value: &dyn Fn() -> Result<(f64, Option<Interval>), Undefined>, unit, method| {
            let figure = value().map_err(Unavailable::from).and_then(|(value, interval)| {
                let estimate = number(value, unit, days, method)?;
                Ok(interval.map_or(estimate.clone(), |interval| estimate.within(interval)))
            });
            figures.put(format!("correlation.change.{leaf}"), figure);
        };
    put("now", &changes.days[now..], &|| Ok((found?.now, None)), Unit::Correlation, NOW_METHOD);
    put("before", &changes.days[before..now], &|| Ok((found?.before, None)), Unit::Correlation, BEFORE_METHOD);
    let difference = || found.map(|found| (found.z_difference.estimate, Some(found.z_difference.ewc_95)));
    put("z_difference", &changes.days[before..], &difference, Unit::Stdevs, CHANGE);
    put("p", &changes.days[before..], &|| Ok((found?.z_difference.p, None)), Unit::Probability, CHANGE);
}

fn put_gap(figures: &mut Figures, together: &Together) -> GapState {
    let days = &together.levels.days;
    let kind = match together.gap {
        GapKind::Spread(_) => "spread",
        GapKind::Ratio | GapKind::None => "ratio",
    };
    let rank = gap_series(together.gap, &together.levels)
        .ok_or(Unavailable::NotMeaningful("one leg is measured in log changes, the other in differences"))
        .and_then(|gap| {
            let (_, last) = gap.last().ok_or(Unavailable::NoOverlap)?;
            number(describe::percentile_of(gap.values(), last)?, Unit::Fraction, days, RANK)
        });
    let absent = rank.as_ref().err().cloned();
    figures.put(format!("{kind}.percentile_all"), rank);
    let z = match (together.path(), absent) {
        (Some(path), None) => trailing_z(&path).map_err(Unavailable::from),
        (_, why) => Err(why.unwrap_or(Unavailable::NoOverlap)),
    };
    let leaves = ["z", "since", "age", "extreme_since"];
    match z {
        Ok(z) if z.last().is_some_and(|last| last.is_finite()) => put_place(figures, days, &z),
        found => {
            let why = found.err().unwrap_or(Unavailable::Constant);
            for leaf in leaves {
                figures.put(format!("divergence.{leaf}"), Err(why.clone()));
            }
            GapState::Unknown
        }
    }
}

/// Where the gap stands among its own past; `z` ends at the last of `days`.
fn put_place(figures: &mut Figures, days: &[Day], z: &[f64]) -> GapState {
    let (last, n) = (z[z.len() - 1], z.len());
    let own = &days[days.len() - n..];
    let window = &days[days.len() - WINDOW.min(days.len())..];
    figures.put("divergence.z", number(last, Unit::Stdevs, window, Z));
    let found = episodes(z);
    let state = match found.last() {
        Some(episode) => match episode.closed {
            None => GapState::Wide { since: own[episode.first], age: n - 1 - episode.first },
            Some(closed) if n - 1 - closed <= NEWS => GapState::Back { on: own[closed], ago: n - 1 - closed },
            Some(_) => GapState::Usual,
        },
        None => GapState::Usual,
    };
    let span = (own[0], own[n - 1]);
    let (since, age) = if let GapState::Wide { since, age } = state {
        (Estimate::day(since, n, span, EPISODE), Estimate::number(age as f64, Unit::Sessions, n, span, EPISODE))
    } else {
        let why = Unavailable::NotMeaningful("the gap is not wide now");
        (Err(why.clone()), Err(why))
    };
    figures.put("divergence.since", since);
    figures.put("divergence.age", age);
    let before =
        z[..n - 1].iter().rposition(|earlier| earlier.signum() == last.signum() && earlier.abs() >= last.abs());
    let extreme =
        before.map_or(Err(Unavailable::Open("never so far out before")), |at| Estimate::day(own[at], n, span, EXTREME));
    figures.put("divergence.extreme_since", extreme);
    state
}

fn number(value: f64, unit: Unit, days: &[Day], method: &'static str) -> Figure {
    let span = days.first().zip(days.last()).map(|(first, last)| (*first, *last));
    Estimate::number(value, unit, days.len(), span.ok_or(Unavailable::NoOverlap)?, method)
}
