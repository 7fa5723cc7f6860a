//! The register: which questions are asked of which pairs, in the order they are shown.

use super::case::Case;
use super::{
    Claim, after, bend, breaks, credit, cycles, elsewhere, gap, haven, hedge, lead, link, market, moves_with, ranking,
    slope, stress, tails,
};
use crate::catalog::{Category, PairKind};
use crate::compare::Comparison;

/// One question: how it is answered.
type Question = fn(&Case<'_>) -> Claim;

/// Every question that is asked of a pair, answered.
pub fn claims(comparison: &Comparison) -> Vec<Claim> {
    if comparison.apart.is_some() {
        return Vec::new();
    }
    let case = Case::new(comparison);
    asked(&case).into_iter().map(|question| question(&case)).collect()
}

fn asked(case: &Case<'_>) -> Vec<Question> {
    let (kind, ratio) = (case.kind(), case.has_ratio());
    let mut asked: Vec<Question> = vec![link::link, slope::sensitivity];
    if !case.is_market() {
        if kind == PairKind::CrossAsset {
            asked.push(link::opposite);
        }
        asked.extend([lead::lead as Question, hedge::a_with_b, hedge::b_with_a]);
        return asked;
    }
    asked.extend([link::calmer as Question, stress::stress_link]);
    if link::asks_inverse(kind) {
        asked.push(link::inverse);
    }
    if kind == PairKind::CrossAsset {
        asked.push(link::opposite);
    }
    asked.extend([bend::asymmetry as Question, bend::convexity]);
    if kind == PairKind::CrossAsset {
        asked.push(tails::amplifies);
    }
    asked.push(lead::lead);
    if case.gap().is_some() {
        asked.extend([gap::gap_now as Question, gap::gap_closes]);
    }
    let alike = matches!(kind, PairKind::Peer | PairKind::Ratio) && ratio;
    if alike || kind == PairKind::Curve {
        asked.push(gap::steadier_gap);
    }
    if kind == PairKind::Curve || (kind == PairKind::CrossAsset && ratio) {
        asked.push(gap::fair_value);
    }
    if alike {
        asked.extend([gap::common_part as Question, breaks::jumps, cycles::cycles]);
    }
    if kind == PairKind::Peer && ratio {
        asked.extend([market::bull_bear as Question, market::late_cycle]);
    }
    if kind == PairKind::CrossAsset && ratio {
        asked.push(haven::haven);
    }
    if kind == PairKind::RiskOnRiskOff {
        asked.push(credit::credit);
    }
    if ratio {
        asked.extend([moves_with::moves_with as Question, ranking::ranking_use]);
    }
    asked.push(after::after_breakdown);
    asked.extend([hedge::a_with_b as Question, hedge::b_with_a]);
    asked.extend(elsewhere(case));
    asked
}

/// What prices cannot answer, asked of shares and their volatility only.
fn elsewhere(case: &Case<'_>) -> Vec<Question> {
    let shares = case.legs().iter().filter(|metric| metric.category.is_equity()).count();
    let volatility = case.legs().iter().filter(|metric| metric.category == Category::Volatility).count();
    match (shares, volatility) {
        (2, _) => vec![elsewhere::positioning, elsewhere::flows, elsewhere::constituents],
        (1, 1) => vec![elsewhere::positioning],
        _ => Vec::new(),
    }
}
