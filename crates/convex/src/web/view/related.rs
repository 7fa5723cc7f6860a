//! Other comparisons worth a look: those that share a leg, then those of the same kind.

use convex_core::catalog::{Catalog, Metric, Pair, PairKind};

/// A link to a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct RelatedPair {
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    pub(in crate::web) why: String,
}

/// The most links of one list.
const MOST: usize = 9;

pub(in crate::web) fn related(catalog: &Catalog, a: &Metric, b: &Metric, kind: PairKind) -> Vec<RelatedPair> {
    let is_this = |pair: &Pair| (pair.a == a.id && pair.b == b.id) || (pair.a == b.id && pair.b == a.id);
    let shares = |pair: &Pair| [&a.id, &b.id].into_iter().any(|id| pair.a == *id || pair.b == *id);
    let rank = |pair: &Pair| (!shares(pair), pair.kind != kind);
    let mut pairs: Vec<&Pair> = catalog.pairs().map(AsRef::as_ref).filter(|pair| !is_this(pair)).collect();
    pairs.retain(|pair| shares(pair) || pair.kind == kind);
    pairs.sort_by_key(|pair| rank(pair));
    pairs
        .into_iter()
        .take(MOST)
        .map(|pair| link(catalog, pair, reason(shares(pair), pair.kind == kind, pair.kind)))
        .collect()
}

/// The named comparisons of one metric.
pub(in crate::web) fn of_metric(catalog: &Catalog, id: &str) -> Vec<RelatedPair> {
    catalog.pairs_of(id).map(|pair| link(catalog, pair, pair.kind.words().to_owned())).collect()
}

/// A named pair as a link.
pub(in crate::web) fn link(catalog: &Catalog, pair: &Pair, why: String) -> RelatedPair {
    let label = |id: &str| catalog.metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone());
    RelatedPair {
        href: format!("/compare/{}-vs-{}", pair.a, pair.b),
        title: format!("{} vs {}", label(&pair.a), label(&pair.b)),
        why,
    }
}

fn reason(shares: bool, is_same_kind: bool, kind: PairKind) -> String {
    match (shares, is_same_kind) {
        (true, true) => "shared leg, same kind".to_owned(),
        (true, false) => format!("shared leg, {}", kind.words()),
        _ => format!("same kind, {}", kind.words()),
    }
}
