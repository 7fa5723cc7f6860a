//! Figures that only some kinds of pairs are asked for.

use super::{Changes, Common, GapKind, Options, References};
use super::{breaks, credit, cycles, episodes, episodes_market, episodes_scares, fair_value, ranking, tails};
use crate::catalog::{Category, Metric, PairKind};
use crate::figure::Figures;

/// Figures behind the questions of a pair of market series of one kind.
pub(super) fn put(
    figures: &mut Figures,
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Metric; 2],
    options: &Options,
    references: &References,
) {
    episodes::put(figures, changes, gap);
    let is_ratio = gap == GapKind::Ratio;
    if is_ratio {
        ranking::put(figures, levels);
    }
    match options.kind {
        PairKind::Peer | PairKind::Ratio if is_ratio => {
            breaks::put(figures, changes);
            cycles::put(figures, levels);
            if options.kind == PairKind::Peer {
                episodes_market::put(figures, levels, references);
            }
        }
        PairKind::RiskOnRiskOff if is_ratio => {
            credit::put(figures, levels, legs[0].category.is_equity(), references, options.as_of);
        }
        PairKind::CrossAsset => {
            tails::put(figures, changes);
            if is_ratio {
                let volatility = legs.iter().any(|leg| leg.category == Category::Volatility);
                episodes_scares::put(figures, levels, volatility, references);
            }
        }
        PairKind::Curve if matches!(gap, GapKind::Spread(_)) => fair_value::put(figures, levels),
        _ => {}
    }
}
