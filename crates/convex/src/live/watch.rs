//! Sees new closes in the database, whoever wrote them: this process, another one, or `convex import`; and markets that
//! open and close.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::Metric;
use convex_core::{Basis, SeriesId};
use convex_sources::registry;
use tokio::time::{MissedTickBehavior, interval};

use super::Close;
use crate::desk::{Desk, Error};

/// The look reads one row a series.
const EVERY: Duration = Duration::from_secs(5);

/// Versions seen before, of the market shown.
#[derive(Debug, Default)]
pub(super) struct Watch {
    sample: Option<bool>,
    versions: HashMap<String, i64>,
}

impl Watch {
    /// Looks again and again; a database that fails is looked at next time.
    pub(super) async fn run(mut self, desk: Arc<Desk>) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.look(&desk).await {
                tracing::warn!(%error, "cannot see whether there are new closes");
            }
            tell_ages(&desk);
        }
    }

    /// Takes note of what is new. Of the first look only the closes that live values are judged by are read.
    pub(super) async fn look(&mut self, desk: &Desk) -> Result<(), Error> {
        let (sample, list) = desk.summaries().await?;
        if self.sample.replace(sample) != Some(sample) {
            self.versions.clear();
            desk.live().serve(sample);
        }
        let is_first = self.versions.is_empty();
        for summary in list.into_iter().filter(|summary| summary.id.basis == Basis::Price) {
            let id = summary.id.metric.clone();
            if self.versions.insert(id.clone(), summary.version) == Some(summary.version) {
                continue;
            }
            let metric = desk.catalog().metric(&id).cloned().unwrap_or_else(|| Arc::new(Metric::uncatalogued(&id)));
            if !is_first || may_be_quoted(&metric) || sample {
                read(desk, &metric, is_first).await?;
            }
        }
        Ok(())
    }
}

/// Tells readers where a metric that is quoted within the day became older, or its market opened or closed.
fn tell_ages(desk: &Desk) {
    for metric in desk.live().metrics() {
        let last = desk.live().close(&metric.id).map(|close| close.day);
        let age = desk.age(&metric, last, None);
        desk.live().freshness(&metric, age.state.key());
    }
}

/// Reads the last close; where it is not the first look, a series never seen before is news too.
async fn read(desk: &Desk, metric: &Arc<Metric>, is_first: bool) -> Result<(), Error> {
    let Some((version, series)) = desk.stored(&SeriesId::price(&metric.id), None).await? else { return Ok(()) };
    let Some(close) = Close::of(metric, &series) else { return Ok(()) };
    let was_told = desk.live().closed(metric, version, close);
    if !is_first && !was_told {
        desk.live().changed(&metric.id, version, close.day, close.value);
    }
    Ok(())
}

/// Whether a provider of the metric gives values within the day.
fn may_be_quoted(metric: &Metric) -> bool {
    metric.sources.iter().any(|source| {
        let symbol = source.symbol.as_str();
        let is_asked = registry::source(source.provider).is_some_and(|asked| asked.policy().quote_every.is_some());
        is_asked || registry::feed(source.provider, &[symbol]).is_some()
    })
}
