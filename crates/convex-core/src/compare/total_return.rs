//! The long run once more, with payouts added back: both legs on total return, or neither.

use std::borrow::Cow;

use super::group::span;
use super::{Changes, Common, GapKind, Leg, gap, gap_kind, hedging, level, pair};
use crate::align::align;
use crate::catalog::Role;
use crate::change::{changes_between, usable_levels};
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::{Basis, Day, Series};

const PREFIX: &str = "total_return";
const COUNT: &str = "days both total-return series have";
const YIELD_GAP: &str = "mean yearly growth on total return less that on price, of a less of b, from the first to the last day all four have";

/// Days in a year.
const YEAR: f64 = 365.25;

/// Two legs on total return, on their common days.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalReturnPair {
    /// Days and usable levels of both.
    pub levels: Common,
    /// Changes between them.
    pub changes: Changes,
    days: Vec<Day>,
}

impl TotalReturnPair {
    /// Both legs on total return. A leg that pays nothing out is its own total return.
    ///
    /// Unavailable where a leg has no total-return series, and where neither leg pays anything out: there the price
    /// figures are those of total return.
    pub fn of(a: &Leg, b: &Leg) -> Result<Self, Unavailable> {
        if gap_kind(&a.metric, &b.metric) != GapKind::Ratio {
            return Err(Unavailable::NotMeaningful("needs two legs measured in log changes"));
        }
        if ![a, b].iter().any(|leg| leg.metric.pays_out() || leg.total_return.is_some()) {
            return Err(Unavailable::NotMeaningful("neither leg pays anything out that its price leaves out"));
        }
        let missing: Vec<&str> = [a, b]
            .into_iter()
            .filter(|leg| total_return_of(leg).is_none())
            .map(|leg| leg.metric.label.as_str())
            .collect();
        let (Some(series_a), Some(series_b)) = (total_return_of(a), total_return_of(b)) else {
            return Err(Unavailable::Needs(format!("total return of {}", missing.join(" and "))));
        };
        let aligned = align(&a.metric, &series_a, &b.metric, &series_b);
        let (kind_a, kind_b) = (a.metric.change, b.metric.change);
        let (levels, changes) = (usable_levels(kind_a, kind_b, &aligned), changes_between(kind_a, kind_b, &aligned));
        if levels.days.len() < 2 {
            return Err(Unavailable::NoOverlap);
        }
        Ok(Self { levels, changes, days: aligned.common.days })
    }
}

impl Leg {
    /// The leg with payouts added back, if that is known; one that pays nothing out is its own.
    pub fn with_payouts(&self) -> Option<Series> {
        total_return_of(self).map(Cow::into_owned)
    }
}

/// `total_return.*`: the figures of the long run under that name, and the gap between what the legs pay out.
pub(super) fn put(figures: &mut Figures, a: &Leg, b: &Leg) {
    let found = match TotalReturnPair::of(a, b) {
        Ok(found) => found,
        Err(why) => return put_absent(figures, &why),
    };
    let mut long_run = Figures::default();
    let n = found.levels.days.len();
    let count = Estimate::number(n as f64, Unit::Count, n, span(&found.levels.days), COUNT);
    long_run.put("n_common", count);
    long_run.put("yield_gap", yield_gap(a, b));
    gap::gap_figures(&mut long_run, GapKind::Ratio, &found.levels);
    long_run.put("tracking_error", pair::tracking_error_of(&found.days, &found.changes));
    level::put(&mut long_run, &found.levels);
    hedging::put_whole(&mut long_run, &found.changes);
    put_under(figures, &long_run);
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    let mut long_run = Figures::default();
    for leaf in ["n_common", "yield_gap", "tracking_error"] {
        long_run.put(leaf, Err(why.clone()));
    }
    gap::absent_gap_figures(&mut long_run, GapKind::Ratio, why);
    level::put_absent(&mut long_run, why);
    hedging::put_whole_absent(&mut long_run, why);
    figures.put(PREFIX, Err(why.clone()));
    put_under(figures, &long_run);
}

fn put_under(figures: &mut Figures, long_run: &Figures) {
    for (name, figure) in long_run.iter() {
        figures.put(format!("{PREFIX}.{name}"), figure.clone());
    }
}

/// The series of a leg with payouts added back.
fn total_return_of(leg: &Leg) -> Option<Cow<'_, Series>> {
    let metric = &leg.metric;
    let own = metric.basis == Basis::TotalReturn
        || (metric.catalogued && metric.role == Role::Investable && !metric.pays_out());
    match &leg.total_return {
        Some(total) if !total.series.is_empty() => Some(Cow::Borrowed(&total.series)),
        _ if own && !leg.series.is_empty() => Some(Cow::Borrowed(&leg.series)),
        _ => None,
    }
}

/// Yearly growth that price leaves out, of the first leg less of the second.
fn yield_gap(a: &Leg, b: &Leg) -> Figure {
    let known = total_return_of(a).zip(total_return_of(b));
    let Some((total_a, total_b)) = known else { return Err(Unavailable::NoOverlap) };
    let all = [&a.series, total_a.as_ref(), &b.series, total_b.as_ref()];
    let shared: Vec<Day> =
        a.series.days().iter().copied().filter(|day| all.iter().all(|s| at(s, *day).is_some())).collect();
    let (first, last) = span(&shared);
    let years = f64::from(last - first) / YEAR;
    if shared.len() < 2 || years < 1.0 {
        return Err(Unavailable::HistoryTooShort);
    }
    let growth = |series: &Series| {
        let (from, to) = at(series, first).zip(at(series, last)).unwrap_or((f64::NAN, f64::NAN));
        (to / from).powf(1.0 / years) - 1.0
    };
    let paid = |price: &Series, total: &Series| growth(total) - growth(price);
    let gap = paid(&a.series, &total_a) - paid(&b.series, &total_b);
    Estimate::number(gap, Unit::Fraction, shared.len(), (first, last), YIELD_GAP)
}

fn at(series: &Series, day: Day) -> Option<f64> {
    series.days().binary_search(&day).ok().map(|place| series.values()[place])
}
