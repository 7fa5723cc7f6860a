//! Other comparisons worth a look: those that share a leg, those of the same kind, those whose legs are linked alike.

use convex_core::catalog::{Catalog, Pair, PairKind};
use convex_core::compare::Comparison;

use crate::desk::{Kin, LINK};
use crate::format::Style;
use crate::web::shown::{Owner, Prose, Shown};

/// A link to a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) struct RelatedPair {
    pub(in crate::web) href: String,
    pub(in crate::web) title: String,
    pub(in crate::web) why: Prose,
}

/// The most links for a shared leg or kind.
const MOST: usize = 6;
/// The most links for a similar link.
const MOST_ALIKE: usize = 3;

/// Named comparisons that share a leg, then those of the same kind, then those whose legs are linked most alike.
pub(in crate::web) fn related(catalog: &Catalog, kin: &[Kin], of: &Comparison) -> Vec<RelatedPair> {
    let (a, b, kind) = (&of.a.metric, &of.b.metric, of.kind);
    let is_this = |pair: &Pair| (pair.a == a.id && pair.b == b.id) || (pair.a == b.id && pair.b == a.id);
    let shares = |pair: &Pair| [&a.id, &b.id].into_iter().any(|id| pair.a == *id || pair.b == *id);
    let rank = |pair: &Pair| (!shares(pair), pair.kind != kind);
    let mut pairs: Vec<&Pair> = catalog.pairs().map(AsRef::as_ref).filter(|pair| !is_this(pair)).collect();
    pairs.retain(|pair| shares(pair) || pair.kind == kind);
    pairs.sort_by_key(|pair| rank(pair));
    let reasons = |pair: &Pair| reason(shares(pair), pair.kind == kind, pair.kind);
    let mut links: Vec<RelatedPair> =
        pairs.into_iter().take(MOST).map(|pair| link(catalog, pair, with_link(kin, pair, reasons(pair)))).collect();
    links.extend(
        alike(catalog, kin, of)
            .into_iter()
            .filter(|entry| links.iter().all(|link| link.href != entry.href))
            .take(MOST_ALIKE)
            .collect::<Vec<_>>(),
    );
    links
}

/// Other pairs, those with the nearest rank correlation first.
fn alike(catalog: &Catalog, kin: &[Kin], of: &Comparison) -> Vec<RelatedPair> {
    let Some(here) = of.figures.number(LINK) else { return Vec::new() };
    let ids = [of.a.metric.id.as_str(), of.b.metric.id.as_str()];
    let mut near: Vec<(f64, &Kin)> = kin
        .iter()
        .filter(|kin| !(ids.contains(&kin.pair.a.as_str()) || ids.contains(&kin.pair.b.as_str())))
        .filter_map(|kin| Some(((kin.link.as_ref().ok()?.as_number()? - here).abs(), kin)))
        .collect();
    near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    near.into_iter()
        .map(|(_, kin)| link(catalog, &kin.pair, with_link_of(kin, "most alike in their link".to_owned())))
        .collect()
}

/// The named comparisons of one metric.
pub(in crate::web) fn of_metric(catalog: &Catalog, kin: &[Kin], id: &str) -> Vec<RelatedPair> {
    catalog.pairs_of(id).map(|pair| link(catalog, pair, with_link(kin, pair, pair.kind.words().to_owned()))).collect()
}

/// Words, then how the two are linked, if that is known.
fn with_link(kin: &[Kin], pair: &Pair, words: String) -> Prose {
    match kin.iter().find(|kin| kin.pair.a == pair.a && kin.pair.b == pair.b) {
        Some(kin) => with_link_of(kin, words),
        None => words.into(),
    }
}

fn with_link_of(kin: &Kin, words: String) -> Prose {
    if kin.link.is_err() {
        return words.into();
    }
    let owner = Owner::Pair(format!("{}-vs-{}", kin.pair.a, kin.pair.b));
    let shown = Shown::new(LINK, owner, Some(&kin.link), Style::Plain).bare();
    Prose::from(words).say(" · rank correlation ").figure(shown)
}

/// A named pair as a link.
pub(in crate::web) fn link(catalog: &Catalog, pair: &Pair, why: impl Into<Prose>) -> RelatedPair {
    let label = |id: &str| catalog.metric(id).map_or_else(|| id.to_owned(), |metric| metric.label.clone());
    RelatedPair {
        href: format!("/compare/{}-vs-{}", pair.a, pair.b),
        title: format!("{} vs {}", label(&pair.a), label(&pair.b)),
        why: why.into(),
    }
}

fn reason(shares: bool, is_same_kind: bool, kind: PairKind) -> String {
    match (shares, is_same_kind) {
        (true, true) => "shared leg, same kind".to_owned(),
        (true, false) => format!("shared leg, {}", kind.words()),
        _ => format!("same kind, {}", kind.words()),
    }
}
