//! A named pair: why two metrics are worth comparing.

use serde::Deserialize;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
