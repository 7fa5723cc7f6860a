//! How well one leg hedges the other, walked forward.

use convex_stats::hedge::{Hedge, WalkForward};

use super::group::{Group, absent, put_or_absent, span};
use super::{Changes, References, states};
use crate::figure::{Figures, Unavailable, Unit};

const WALK: &str = "walk-forward minimum variance, ratio from the 252 sessions before";
const WALK_EWC: &str =
    "walk-forward minimum variance, ratio from the 252 sessions before; interval by equal-weighted cosines of the loss";
const IN_SAMPLE: &str = "squared correlation over the whole sample, which no hedger could have known";

const LEAVES: [&str; 7] =
    ["n", "ratio_now", "variance_reduction", "ewc_95", "es5_reduction", "es5_ewc_95", "in_sample_r2"];

/// The groups: A with B held daily, for five and for twenty-one sessions; and B with A held daily.
const GROUPS: [(&str, usize, bool); 4] =
    [("hedge", 1, false), ("hedge.5", 5, false), ("hedge.21", 21, false), ("hedge_b_with_a", 1, true)];

const IN_STATE: &str =
    "walk-forward minimum variance over days that began in the state, interval over the whole timeline";
const STATE_LEAVES: [&str; 3] = ["n", "variance_reduction", "ewc_95"];
/// The states a hedge is judged in.
const STATES: [&str; 2] = ["vix_below_15", "vix_25_and_up"];

/// `hedge.*` and `hedge_b_with_a.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes, early: bool, references: &References) {
    put_whole(figures, changes);
    put_by_state(figures, changes, early, references);
}

/// The hedge over the whole history.
pub(super) fn put_whole(figures: &mut Figures, changes: &Changes) {
    let sample = (changes.days.len(), span(&changes.days));
    for (name, horizon, turned) in GROUPS {
        let (own, other) = if turned { (&changes.b, &changes.a) } else { (&changes.a, &changes.b) };
        let found = WalkForward::new(own, other, horizon).and_then(|walk| walk.hedge());
        put_or_absent(figures, name, &LEAVES, found, sample, put_one);
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    put_whole_absent(figures, why);
    for state in STATES {
        absent(figures, &format!("hedge.in_{state}"), &STATE_LEAVES, why);
    }
}

/// The names of the whole history, all absent for one reason.
pub(super) fn put_whole_absent(figures: &mut Figures, why: &Unavailable) {
    for (name, ..) in GROUPS {
        absent(figures, name, &LEAVES, why);
    }
}

/// The daily hedge of A with B in calm and in stress.
fn put_by_state(figures: &mut Figures, changes: &Changes, early: bool, references: &References) {
    let walk = WalkForward::new(&changes.a, &changes.b, 1);
    let masks = states::masks(changes, early, references).into_iter().filter(|(state, _)| STATES.contains(state));
    for (state, mask) in masks {
        let name = format!("hedge.in_{state}");
        let found = match (&walk, mask) {
            (Ok(walk), Ok(mask)) => walk.hedge_in(&mask).map_err(Unavailable::from),
            (Err(why), _) => Err((*why).into()),
            (_, Err(why)) => Err(why),
        };
        match found {
            Ok(found) => {
                let test = found.variance_reduction;
                Group::new(figures, name, found.n, span(&changes.days))
                    .count("n", found.n, IN_STATE)
                    .within("variance_reduction", test.estimate, test.ewc_95, Unit::Fraction, IN_STATE)
                    .interval("ewc_95", test.ewc_95, Unit::Fraction, IN_STATE);
            }
            Err(why) => absent(figures, &name, &STATE_LEAVES, &why),
        }
    }
}

fn put_one(group: &mut Group<'_>, found: Hedge) {
    let (variance, tail) = (found.variance_reduction, found.es5_reduction);
    group
        .count("n", found.n, WALK)
        .number("ratio_now", found.ratio_now, Unit::Ratio, WALK)
        .within("variance_reduction", variance.estimate, variance.ewc_95, Unit::Fraction, WALK_EWC)
        .interval("ewc_95", variance.ewc_95, Unit::Fraction, WALK_EWC)
        .within("es5_reduction", tail.estimate, tail.ewc_95, Unit::Fraction, WALK_EWC)
        .interval("es5_ewc_95", tail.ewc_95, Unit::Fraction, WALK_EWC)
        .number("in_sample_r2", found.in_sample_r2, Unit::Fraction, IN_SAMPLE);
}
