//! The three parts of a comparison's figures, which need nothing of each other.

use super::{Changes, Common, GapKind, Leg, Options, References};
use super::{
    bend, beta_neutral, common_part, gap, halves, hedging, lead, level, moves_with, pair, periods, questions, states,
    total_return,
};
use crate::Day;
use crate::figure::{Figures, Unavailable};

/// Every group of the two together, absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, gap: GapKind, legs: [&Leg; 2], why: &Unavailable) {
    gap::absent_gap_figures(figures, gap, why);
    pair::absent_change_figures(figures, why);
    periods::put_absent(figures, why);
    beta_neutral::put_absent(figures, why);
    bend::put_absent(figures, why);
    lead::put_absent(figures, why);
    states::put_absent(figures, why);
    hedging::put_absent(figures, why);
    halves::put_absent(figures, why);
    level::put_absent(figures, why);
    common_part::put_absent(figures, why);
    moves_with::put_absent(figures, legs.map(|leg| leg.metric.id.as_str()), why);
    total_return::put_absent(figures, why);
}

/// Figures that rest on changes.
pub(super) fn of_changes(
    gap: GapKind,
    common: &Common,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    references: &References,
) -> Figures {
    let mut figures = Figures::default();
    let early = legs.iter().any(|leg| states::fixed_before_new_york(&leg.metric));
    pair::change_figures(&mut figures, common, changes, gap == GapKind::Ratio);
    periods::put(&mut figures, levels, legs.map(|leg| leg.metric.change));
    beta_neutral::put(&mut figures, gap, changes);
    bend::put(&mut figures, changes);
    lead::put(&mut figures, changes);
    lead::put_weekly(&mut figures, levels, legs.map(|leg| leg.metric.as_ref()));
    states::put(&mut figures, changes, legs.map(|leg| leg.metric.as_ref()), references);
    hedging::put(&mut figures, changes, early, references);
    halves::put(&mut figures, changes, early, references);
    figures
}

/// Figures that rest on the path of the gap.
pub(super) fn of_levels(
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    references: &References,
    as_of: Option<Day>,
) -> Figures {
    let mut figures = Figures::default();
    let ids = legs.map(|leg| leg.metric.id.as_str());
    if gap == GapKind::Ratio {
        level::put(&mut figures, levels);
        common_part::put(&mut figures, changes);
        moves_with::put(&mut figures, levels, ids, references, as_of);
    } else {
        let why = Unavailable::NotMeaningful("needs two legs measured in log changes");
        level::put_absent(&mut figures, &why);
        common_part::put_absent(&mut figures, &why);
        moves_with::put_absent(&mut figures, ids, &why);
    }
    total_return::put(&mut figures, legs[0], legs[1]);
    figures
}

/// Figures that only some kinds of market pairs are asked for.
pub(super) fn of_kind(
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    options: &Options,
    references: &References,
) -> Figures {
    let mut figures = Figures::default();
    if legs.iter().all(|leg| !leg.metric.category.is_release()) {
        questions::put(&mut figures, gap, levels, changes, legs, options, references);
    }
    figures
}
