//! The legs that most pages rest on: looked at first, and by a second provider.

use std::sync::Arc;

use convex_core::catalog::{Catalog, Metric};

/// Named pairs that come first in the catalogue are those people look at first.
const CORE_PAIRS: usize = 5;

/// The legs of the first pairs.
pub fn core(catalog: &Catalog) -> Vec<Arc<Metric>> {
    legs(catalog, CORE_PAIRS)
}

/// Whether a metric is one of them.
pub fn contains(catalog: &Catalog, id: &str) -> bool {
    catalog.pairs().take(CORE_PAIRS).any(|pair| pair.a == id || pair.b == id)
}

/// The metrics whose values within the day are asked for: the core legs, and what stands beside them as their live value.
pub fn watched(catalog: &Catalog) -> Vec<Arc<Metric>> {
    let mut watched = Vec::new();
    for metric in core(catalog) {
        let beside = metric.live.as_deref().and_then(|id| catalog.metric(id)).cloned();
        watched.push(beside.unwrap_or(metric));
    }
    watched
}

/// Every metric, in the order in which people will look at them: legs of named pairs first.
pub fn in_order(catalog: &Catalog) -> Vec<Arc<Metric>> {
    let mut order = legs(catalog, usize::MAX);
    let rest: Vec<_> =
        catalog.metrics().filter(|metric| !order.iter().any(|known| known.id == metric.id)).cloned().collect();
    order.extend(rest);
    order
}

fn legs(catalog: &Catalog, pairs: usize) -> Vec<Arc<Metric>> {
    let mut legs: Vec<Arc<Metric>> = Vec::new();
    for id in catalog.pairs().take(pairs).flat_map(|pair| [&pair.a, &pair.b]) {
        if let Some(metric) = catalog.metric(id)
            && !legs.iter().any(|known| known.id == metric.id)
        {
            legs.push(Arc::clone(metric));
        }
    }
    legs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_legs_are_those_of_the_seed_pairs() {
        let catalog = Catalog::builtin();
        let ids = |metrics: Vec<Arc<Metric>>| metrics.iter().map(|metric| metric.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(core(catalog)), ["dia", "iwm", "vixcls", "rsp", "gold", "qqq"]);
        assert_eq!(ids(watched(catalog)), ["dia", "iwm", "vixcls", "rsp", "xauusd", "qqq"]);
        assert!(contains(catalog, "gold") && !contains(catalog, "spy"));
        assert_eq!(in_order(catalog).len(), catalog.metrics().len());
    }
}
