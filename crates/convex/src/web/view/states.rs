//! Correlation in states of the market known the evening before: dots with intervals on one axis.

use convex_core::compare::Comparison;

use super::figures::Reader;
use crate::chart::{Whisker, whisker_axis, whiskers};
use crate::web::shown::Shown;

/// The table of states.
#[derive(Clone, Debug)]
pub(in crate::web) struct States {
    pub(in crate::web) lines: Vec<StateLine>,
    pub(in crate::web) axis: String,
}

/// One state.
#[derive(Clone, Debug)]
pub(in crate::web) struct StateLine {
    pub(in crate::web) label: &'static str,
    pub(in crate::web) n: Shown,
    pub(in crate::web) drawing: String,
    pub(in crate::web) pearson: Shown,
}

const STATES: [(&str, &str); 5] = [
    ("VIX under 15", "vix_below_15"),
    ("VIX 15 to 25", "vix_15_to_25"),
    ("VIX 25 and up", "vix_25_and_up"),
    ("S&P near its high", "spy_near_high"),
    ("S&P 10 % or more below", "spy_drawdown_10"),
];

/// The states of a comparison; `None` if no state has a correlation.
pub(in crate::web) fn states(comparison: &Comparison) -> Option<States> {
    let read = Reader::new(comparison);
    let names = STATES.map(|(label, state)| (label, format!("regimes.{state}.pearson"), format!("regimes.{state}.n")));
    let estimates = names.each_ref().map(|(_, pearson, _)| {
        let interval = read.interval(pearson).map(|interval| (interval.low, interval.high));
        read.number(pearson).map(|value| Whisker { value, interval })
    });
    if estimates.iter().all(Option::is_none) {
        return None;
    }
    let lines = names.iter().zip(whiskers(&estimates, &[0.0])).map(|((label, pearson, n), drawing)| StateLine {
        label,
        n: read.show(n).quiet(),
        drawing,
        pearson: read.show(pearson),
    });
    Some(States { lines: lines.collect(), axis: whisker_axis(&estimates, &[0.0]) })
}
