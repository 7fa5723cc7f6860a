//! Which providers of a metric can be asked, in the catalogue's order.

use convex_core::catalog::{Metric, Provider, SourceRef};
use convex_sources::{Access, KeyNeed, Source, registry};

use crate::config::Doors;

/// A provider that can be asked for a metric.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The provider.
    pub source: &'static dyn Source,
    /// Its name of the metric.
    pub symbol: &'a str,
    /// How it may be asked.
    pub access: Access,
}

impl Candidate<'_> {
    /// Which provider it is.
    pub fn provider(&self) -> Provider {
        self.source.provider()
    }
}

/// The providers of a metric that can be asked, first choice first: those turned on, with a key where one is needed.
pub fn candidates<'a>(metric: &'a Metric, doors: &Doors) -> Vec<Candidate<'a>> {
    metric.sources.iter().filter_map(|reference| candidate(reference, doors)).collect()
}

fn candidate<'a>(reference: &'a SourceRef, doors: &Doors) -> Option<Candidate<'a>> {
    let source = registry::source(reference.provider)?;
    let door = doors.of(reference.provider);
    let access = door.access();
    let lacks_key = source.policy().key == KeyNeed::Required && !access.has_key();
    (door.enabled() && !lacks_key).then_some(Candidate { source, symbol: &reference.symbol, access })
}
