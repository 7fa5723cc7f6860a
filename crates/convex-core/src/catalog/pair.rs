//! A named pair: why two metrics are worth comparing.

use super::vocabulary::vocabulary;
use super::{Category, Metric};

/// A comparison the catalogue names. `a` and `b` are canonical metric ids, in the canonical order of the address.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// First metric.
    pub a: String,
    /// Second metric.
    pub b: String,
    /// What sort of comparison it is.
    pub kind: PairKind,
    /// Why the comparison matters.
    pub rationale: String,
    /// What it means when A is ahead of B.
    pub a_ahead: String,
    /// What it means when B is ahead of A.
    pub b_ahead: String,
}

/// What sort of comparison a pair is; decides the questions asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PairKind {
    /// Two of one category.
    Peer,
    /// Two sectors, read as a ratio.
    Ratio,
    /// Equity against volatility.
    RiskOnRiskOff,
    /// Credit against equity.
    CreditEquity,
    /// Two interest rates.
    Curve,
    /// Two releases.
    Macro,
    /// Anything else.
    CrossAsset,
}

vocabulary!(PairKind, "kind", {
    Peer => "peer", "peer";
    Ratio => "ratio", "ratio";
    RiskOnRiskOff => "risk-on-risk-off", "risk on / risk off";
    CreditEquity => "credit-equity", "credit and equity";
    Curve => "curve", "curve";
    Macro => "macro", "macro";
    CrossAsset => "cross-asset", "cross-asset";
});

impl PairKind {
    /// The kind that follows from the types of two metrics, where the catalogue does not say; the same either way round.
    #[must_use]
    pub fn of(a: &Metric, b: &Metric) -> Self {
        Self::between(a.category, b.category)
    }

    /// The kind that follows from two categories.
    pub(super) fn between(a: Category, b: Category) -> Self {
        let one_and_other =
            |one: fn(Category) -> bool, other: fn(Category) -> bool| (one(a) && other(b)) || (one(b) && other(a));
        if a == Category::EquitySector && b == Category::EquitySector {
            Self::Ratio
        } else if a.is_rate() && b.is_rate() {
            Self::Curve
        } else if a.is_release() && b.is_release() {
            Self::Macro
        } else if a == b && a != Category::Uncatalogued {
            Self::Peer
        } else if one_and_other(Category::is_equity, |c| c == Category::Volatility) {
            Self::RiskOnRiskOff
        } else if one_and_other(Category::is_equity, Category::is_credit) {
            Self::CreditEquity
        } else {
            Self::CrossAsset
        }
    }
}
