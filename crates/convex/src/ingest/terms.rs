//! Whose data will be fetched, and on what terms: said once, before the first request.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use convex_core::catalog::{Metric, Provider};

use super::collect::candidates;
use crate::config::Doors;
use crate::format::count;

/// Metrics named for one provider before the rest is only counted.
const NAMED: usize = 8;

/// A paragraph a provider: what is fetched from it, and its terms.
pub fn notice(metrics: &[Arc<Metric>], doors: &Doors) -> String {
    let mut providers: BTreeMap<Provider, Vec<&str>> = BTreeMap::new();
    for metric in metrics {
        if let Some(first) = candidates(metric, doors).first() {
            providers.entry(first.provider()).or_default().push(&metric.label);
        }
    }
    let mut text = String::from("the database is empty; this is what will be fetched, from whom and on what terms:\n");
    for (provider, labels) in providers {
        let named = labels.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = labels.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {} more", count(more)) } else { String::new() };
        let _ = writeln!(text, "  {}: {named}{rest}\n      {}", provider.name(), provider.attribution());
    }
    text.push_str(
        "values marked for personal use stay on this machine's own pages: they are not passed on to others\n",
    );
    text
}
