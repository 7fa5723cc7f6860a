//! The register: which questions are asked of which pairs, in the order they are shown.

use super::case::Case;
use super::{Claim, bend, gap, hedge, lead, link, moves_with, slope, stress};
use crate::catalog::PairKind;
use crate::compare::Comparison;

/// Every question that is asked of a pair, answered.
pub fn claims(comparison: &Comparison) -> Vec<Claim> {
    if comparison.apart.is_some() {
        return Vec::new();
    }
    let case = Case::new(comparison);
    let (kind, market) = (case.kind(), case.is_market());
    let mut claims = vec![link::link(&case), slope::sensitivity(&case)];
    if market {
        claims.push(link::calmer(&case));
        claims.push(stress::stress_link(&case));
    }
    if link::asks_inverse(kind) {
        claims.push(link::inverse(&case));
    }
    if kind == PairKind::CrossAsset {
        claims.push(link::opposite(&case));
    }
    if market {
        claims.push(bend::asymmetry(&case));
        claims.push(bend::convexity(&case));
    }
    claims.push(lead::lead(&case));
    if market && case.has_ratio() {
        claims.push(gap::gap_now(&case));
        claims.push(gap::gap_closes(&case));
    }
    if matches!(kind, PairKind::Peer | PairKind::Ratio | PairKind::Curve) && case.has_ratio() {
        claims.push(gap::steadier_gap(&case));
    }
    if matches!(kind, PairKind::Peer | PairKind::Ratio) && case.has_ratio() {
        claims.push(gap::common_part(&case));
    }
    if matches!(kind, PairKind::CrossAsset | PairKind::Curve) && case.has_ratio() {
        claims.push(gap::fair_value(&case));
    }
    if market && case.has_ratio() {
        claims.push(moves_with::moves_with(&case));
    }
    claims.push(hedge::a_with_b(&case));
    claims.push(hedge::b_with_a(&case));
    claims
}
