//! Correlation by state, the state being known before each change begins.

use convex_stats::Undefined;
use convex_stats::conditional::{Conditional, InState};
use convex_stats::score_test::ScoreTest;

use super::group::{Group, absent, span};
use super::more_states::{self, MORE_STATES, episodes};
use super::{Changes, References};
use crate::catalog::{Metric, TradingCalendar};
use crate::figure::{Figures, Unavailable, Unit};
use crate::state::{drawdown_from_high, known_before};

const EPISODES: &str = "stretches of the state with at least 21 changes outside it between them";
const PEARSON: &str = "Pearson, interval by equal-weighted cosines over the whole timeline";
const DIFFERENCE: &str = "Fisher z at VIX 25 and up less that below 15, influence over the whole timeline";
const PARTS: &str = "exact identity: change of log odds = 2 log beta + 2 log sigma of b - 2 log sigma of the residual";
const TURNED: &str =
    "the same identity with b explained by a: 2 log beta + 2 log sigma of a - 2 log sigma of the residual";
const FORBES: &str = "Fisher z in stress at b's calm volatility less that in calm (Forbes and Rigobon 2002), equal residual variance supposed";

const STATE_LEAVES: [&str; 6] = ["n", "episodes", "pearson", "ewc_95", "stdev_a", "stdev_b"];
const DIFFERENCE_LEAVES: [&str; 11] = [
    "z_difference",
    "ewc_95",
    "p",
    "log_odds",
    "log_beta",
    "log_sigma_b",
    "log_sigma_residual",
    "b_on_a.log_odds",
    "b_on_a.log_beta",
    "b_on_a.log_sigma_a",
    "b_on_a.log_sigma_residual",
];
const FORBES_LEAVES: [&str; 3] = ["forbes_rigobon", "forbes_rigobon_ewc_95", "forbes_rigobon_p"];

const DIFFERENCE_GROUP: &str = "regimes.stress_minus_calm";

/// The states of the VIX and of the S&P's drawdown, by name.
pub const STATES: [&str; 5] = ["vix_below_15", "vix_15_to_25", "vix_25_and_up", "spy_drawdown_10", "spy_near_high"];

/// `regimes.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes, legs: [&Metric; 2], references: &References) {
    let pair = match Conditional::new(&changes.a, &changes.b) {
        Ok(pair) => pair,
        Err(why) => return put_absent(figures, &why.into()),
    };
    let early = legs.iter().any(|leg| fixed_before_new_york(leg));
    let whole = span(&changes.days);
    let mut found: Vec<(&str, InState)> = Vec::new();
    let more = more_states::masks(changes, early, references);
    for (name, mask) in masks(changes, early, references).into_iter().chain(more) {
        let group = format!("regimes.{name}");
        let method = more_states::method(name);
        let state = mask.and_then(|mask| Ok((episodes(&mask), pair.in_state(&mask)?)));
        match state {
            Ok((episodes, state)) => {
                Group::new(figures, group, state.n, whole)
                    .count("n", state.n, method)
                    .count("episodes", episodes, EPISODES)
                    .within("pearson", state.pearson, state.ewc_95, Unit::Correlation, PEARSON)
                    .interval("ewc_95", state.ewc_95, Unit::Correlation, PEARSON)
                    .number("stdev_a", state.stdev_a, Unit::Fraction, method)
                    .number("stdev_b", state.stdev_b, Unit::Fraction, method);
                found.push((name, state));
            }
            Err(why) => absent(figures, &group, &STATE_LEAVES, &why),
        }
    }
    put_difference(figures, &pair, &found, changes);
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    figures.put("regimes", Err(why.clone()));
    for state in STATES.iter().chain(&MORE_STATES) {
        absent(figures, &format!("regimes.{state}"), &STATE_LEAVES, why);
    }
    absent_difference(figures, why);
}

fn absent_difference(figures: &mut Figures, why: &Unavailable) {
    for leaves in [&DIFFERENCE_LEAVES[..], &FORBES_LEAVES] {
        absent(figures, DIFFERENCE_GROUP, leaves, why);
    }
}

fn put_difference(figures: &mut Figures, pair: &Conditional<'_>, found: &[(&str, InState)], changes: &Changes) {
    let state = |name: &str| found.iter().find(|(found, _)| *found == name).map(|(_, state)| state);
    let Some((stress, calm)) = state("vix_25_and_up").zip(state("vix_below_15")) else {
        let why = Unavailable::NotMeaningful("needs 60 changes with VIX at 25 and up and 60 with VIX below 15");
        return absent_difference(figures, &why);
    };
    match pair.difference(stress, calm) {
        Ok(difference) => {
            let (test, parts, turned) = (difference.z_difference, difference.a_on_b, difference.b_on_a);
            let mut group = Group::new(figures, DIFFERENCE_GROUP, stress.n + calm.n, span(&changes.days));
            group
                .within("z_difference", test.estimate, test.ewc_95, Unit::Stdevs, DIFFERENCE)
                .interval("ewc_95", test.ewc_95, Unit::Stdevs, DIFFERENCE)
                .number("p", test.p, Unit::Probability, DIFFERENCE)
                .number("log_odds", parts.log_odds, Unit::Log, PARTS)
                .number("log_beta", parts.log_beta, Unit::Log, PARTS)
                .number("log_sigma_b", parts.log_sigma, Unit::Log, PARTS)
                .number("log_sigma_residual", parts.log_sigma_residual, Unit::Log, PARTS)
                .number("b_on_a.log_odds", turned.log_odds, Unit::Log, TURNED)
                .number("b_on_a.log_beta", turned.log_beta, Unit::Log, TURNED)
                .number("b_on_a.log_sigma_a", turned.log_sigma, Unit::Log, TURNED)
                .number("b_on_a.log_sigma_residual", turned.log_sigma_residual, Unit::Log, TURNED);
            put_forbes_rigobon(&mut group, pair.forbes_rigobon(stress, calm));
        }
        Err(why) => absent_difference(figures, &why.into()),
    }
}

fn put_forbes_rigobon(group: &mut Group<'_>, found: Result<ScoreTest, Undefined>) {
    match found {
        Ok(test) => {
            group
                .within(FORBES_LEAVES[0], test.estimate, test.ewc_95, Unit::Stdevs, FORBES)
                .interval(FORBES_LEAVES[1], test.ewc_95, Unit::Stdevs, FORBES)
                .number(FORBES_LEAVES[2], test.p, Unit::Probability, FORBES);
        }
        Err(why) => {
            for leaf in FORBES_LEAVES {
                group.put(leaf, Err(why.into()));
            }
        }
    }
}

/// For each state, which changes began in it.
pub(super) fn masks(
    changes: &Changes,
    early: bool,
    references: &References,
) -> [(&'static str, Result<Vec<bool>, Unavailable>); 5] {
    let known = |id, transform: fn(&crate::Series) -> crate::Series| {
        references.get(id).map(|series| known_before(&transform(series), &changes.begins, early))
    };
    let vix = known("vixcls", crate::Series::clone);
    let fall = known("spy", drawdown_from_high);
    let mask = |known: &Result<Vec<Option<f64>>, Unavailable>, inside: fn(f64) -> bool| {
        known.clone().map(|known| known.iter().map(|value| value.is_some_and(inside)).collect())
    };
    [
        ("vix_below_15", mask(&vix, |vix| vix < 15.0)),
        ("vix_15_to_25", mask(&vix, |vix| (15.0..25.0).contains(&vix))),
        ("vix_25_and_up", mask(&vix, |vix| vix >= 25.0)),
        ("spy_drawdown_10", mask(&fall, |fall| fall <= -0.10)),
        ("spy_near_high", mask(&fall, |fall| fall > -0.10)),
    ]
}

/// Whether the day's value is fixed in London or Frankfurt, hours before New York closes.
pub(crate) fn fixed_before_new_york(metric: &Metric) -> bool {
    use crate::catalog::Category;
    match metric.calendar {
        TradingCalendar::London => metric.category == Category::PreciousMetal,
        TradingCalendar::Target => true,
        _ => false,
    }
}
