//! Listening to providers, for years and unattended: who is listened to, and who stands in when they fall silent.
//!
//! Each provider of a set of metrics has a keeper of its own, which connects again and again for as long as the program
//! runs. Only the first provider's keeper is always at work; the next one's works while all before it are down.

mod connect;
mod converse;
mod health;
mod keep;
mod rest;

use std::sync::Arc;

use convex_core::catalog::{Catalog, Metric, Provider};
use convex_sources::Feed;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Live;
use crate::config::BaseUrl;
use keep::Keeper;

pub use health::{Health, Ledger, Standing};
pub use rest::Rest;

/// Makes a new conversation with a provider about some of its symbols; `None` if it cannot be listened to.
pub type MakeFeed = Arc<dyn Fn(Provider, &[&str]) -> Option<Box<dyn Feed>> + Send + Sync>;

/// A provider that may be listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Who.
    pub provider: Provider,
    /// What stands in for scheme and host of its address.
    pub base: Option<BaseUrl>,
}

/// Metrics that the same providers speak about, in the same order.
#[derive(Debug)]
struct Group {
    metrics: Vec<Arc<Metric>>,
    speakers: Vec<Speaker>,
}

/// Starts listening to all that can be listened to.
pub(super) fn start(
    live: &Arc<Live>,
    catalog: &Catalog,
    speakers: &[Speaker],
    make: &MakeFeed,
    rest: Rest,
    (tasks, stop): (&TaskTracker, &CancellationToken),
) {
    for group in groups(catalog, speakers, make) {
        let down = watch::Sender::new(vec![false; group.speakers.len()]);
        for (place, speaker) in group.speakers.iter().enumerate() {
            let symbols = symbols(&group.metrics, speaker.provider);
            let borrowed: Vec<&str> = symbols.iter().map(String::as_str).collect();
            let Some(feed) = make(speaker.provider, &borrowed) else { continue };
            if place == 0 {
                // A feed says by its patience how long it is silent at most.
                group.metrics.iter().for_each(|metric| live.expect(metric, speaker.provider, feed.patience()));
            }
            let keeper = Keeper {
                live: Arc::clone(live),
                speaker: speaker.clone(),
                symbols,
                make: Arc::clone(make),
                rest,
                place,
                down: down.clone(),
            };
            tasks.spawn(keeper.run(stop.clone()));
        }
    }
}

/// Who can be listened to about what, by the catalogue's order of sources.
fn groups(catalog: &Catalog, speakers: &[Speaker], make: &MakeFeed) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for metric in catalog.metrics() {
        let speaks = |speaker: &&Speaker| {
            symbol(metric, speaker.provider).is_some_and(|of| make(speaker.provider, &[of]).is_some())
        };
        let in_order = metric
            .sources
            .iter()
            .filter_map(|source| speakers.iter().find(|speaker| speaker.provider == source.provider));
        let able: Vec<Speaker> = in_order.filter(speaks).cloned().collect();
        if able.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|group| group.speakers == able) {
            Some(group) => group.metrics.push(Arc::clone(metric)),
            None => groups.push(Group { metrics: vec![Arc::clone(metric)], speakers: able }),
        }
    }
    groups
}

fn symbol(metric: &Metric, provider: Provider) -> Option<&str> {
    metric.sources.iter().find(|source| source.provider == provider).map(|source| source.symbol.as_str())
}

fn symbols(metrics: &[Arc<Metric>], provider: Provider) -> Vec<String> {
    metrics.iter().filter_map(|metric| symbol(metric, provider)).map(str::to_owned).collect()
}
