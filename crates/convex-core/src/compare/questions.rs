//! Figures that only some kinds of pairs are asked for.

use super::{Changes, Common, GapKind, Leg, Options, References, TotalReturnPair};
use super::{breaks, credit, cycles, episodes, episodes_market, episodes_scares, fair_value, ranking, tails};
use crate::catalog::{Category, PairKind};
use crate::figure::Figures;

/// Figures behind the questions of a pair of market series of one kind.
pub(super) fn put(
    figures: &mut Figures,
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    options: &Options,
    references: &References,
) {
    episodes::put(figures, changes, gap);
    tails::put(figures, changes);
    let is_ratio = gap == GapKind::Ratio;
    // What is said of the long run stands on total return where both legs have it.
    let total_return = TotalReturnPair::of(legs[0], legs[1]).ok();
    let long_run = total_return.as_ref().map_or(levels, |found| &found.levels);
    if is_ratio {
        ranking::put(figures, long_run);
    }
    if matches!(gap, GapKind::Spread(_)) {
        fair_value::put_wide(figures, levels);
    }
    match options.kind {
        PairKind::Peer | PairKind::Ratio if is_ratio => {
            breaks::put(figures, changes);
            cycles::put(figures, long_run);
            if options.kind == PairKind::Peer {
                episodes_market::put(figures, long_run, references);
            }
        }
        PairKind::RiskOnRiskOff if is_ratio => {
            credit::put(figures, levels, legs[0].metric.category.is_equity(), references, options.as_of);
        }
        PairKind::CrossAsset if is_ratio => {
            let volatility = legs.iter().any(|leg| leg.metric.category == Category::Volatility);
            episodes_scares::put(figures, long_run, volatility, references);
        }
        PairKind::Curve if matches!(gap, GapKind::Spread(_)) => fair_value::put(figures, levels),
        _ => {}
    }
}
