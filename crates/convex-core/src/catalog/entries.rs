//! The catalogue itself: metrics and pairs, and how they are found.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::compose::{Meaning, compose};
use super::lookup::Names;
use super::{Metric, Pair, PairKind};

/// Every metric and every named pair. Immutable; cloning is cheap.
#[derive(Clone, Debug)]
pub struct Catalog {
    metrics: IndexMap<String, Arc<Metric>>,
    pairs: Vec<Arc<Pair>>,
    /// Positions in `pairs`, by either leg.
    by_leg: HashMap<String, Vec<usize>>,
    pub(super) names: Names,
}

impl Catalog {
    pub(super) fn new(metrics: IndexMap<String, Arc<Metric>>, pairs: Vec<Arc<Pair>>) -> Self {
        let mut by_leg: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            for leg in [&pair.a, &pair.b] {
                by_leg.entry(leg.clone()).or_default().push(at);
            }
        }
        let names = Names::of(metrics.values());
        Self { metrics, pairs, by_leg, names }
    }

    /// The metric of that canonical id.
    pub fn metric(&self, id: &str) -> Option<&Arc<Metric>> {
        self.metrics.get(id)
    }

    /// Every metric, in catalogue order.
    pub fn metrics(&self) -> impl ExactSizeIterator<Item = &Arc<Metric>> + DoubleEndedIterator {
        self.metrics.values()
    }

    pub(super) fn at(&self, position: usize) -> Option<&Arc<Metric>> {
        self.metrics.get_index(position).map(|(_, metric)| metric)
    }

    /// Every named pair, in catalogue order.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = &Arc<Pair>> + DoubleEndedIterator {
        self.pairs.iter()
    }

    /// The pair of those two canonical ids, in either order, if it is named.
    pub fn pair(&self, a: &str, b: &str) -> Option<&Arc<Pair>> {
        self.pairs_of(a).find(|pair| (pair.a == a && pair.b == b) || (pair.a == b && pair.b == a))
    }

    /// The named pairs with that canonical id as a leg, in catalogue order.
    pub fn pairs_of(&self, id: &str) -> impl Iterator<Item = &Arc<Pair>> {
        self.by_leg.get(id).into_iter().flatten().map(|at| &self.pairs[*at])
    }

    /// Two canonical ids in the order of their address: the named pair's if there is one, else alphabetical.
    pub fn canonical(&self, a: &str, b: &str) -> (String, String) {
        let reversed = match self.pair(a, b) {
            Some(pair) => pair.a != a,
            None => b < a,
        };
        if reversed { (b.to_owned(), a.to_owned()) } else { (a.to_owned(), b.to_owned()) }
    }

    /// What sort of comparison two metrics make: the named pair's kind, else the one that follows from their types.
    pub fn kind_of(&self, a: &Metric, b: &Metric) -> PairKind {
        self.pair(&a.id, &b.id).map_or_else(|| PairKind::of(a, b), |pair| pair.kind)
    }

    /// Why two metrics are compared and what it means when one is ahead: the named pair's words, turned round if it is
    /// named the other way, else words composed from the two types.
    pub fn meaning(&self, a: &Metric, b: &Metric) -> Meaning {
        let Some(pair) = self.pair(&a.id, &b.id) else { return compose(a, b) };
        let (a_ahead, b_ahead) =
            if pair.a == a.id { (&pair.a_ahead, &pair.b_ahead) } else { (&pair.b_ahead, &pair.a_ahead) };
        Meaning { rationale: pair.rationale.clone(), a_ahead: a_ahead.clone(), b_ahead: b_ahead.clone() }
    }

    /// Words for a pair nobody wrote about, composed from the two metrics' types.
    pub fn composed_rationale(a: &Metric, b: &Metric) -> Meaning {
        compose(a, b)
    }
}
