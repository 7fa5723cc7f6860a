//! The worker: keeps every series fresh, unattended. One process of those on a database does this, by lease.

mod closes;
mod lease;
mod mail;
mod plan;
mod quotes;

use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::Catalog;
use convex_store::Store;
use indicatif::ProgressBar;
use tokio_util::sync::CancellationToken;

use crate::config::{Archive, Doors};
use crate::desk::Desk;
use crate::fetch::{Fetcher, Jitter};
use crate::live::Live;
use crate::mail::Delivery;

/// How long a lease lasts: how long nobody works after a holder has died.
const LEASE: Duration = Duration::from_mins(3);

/// Everything the worker needs.
#[derive(Debug)]
pub struct Worker {
    /// The database.
    pub store: Store,
    /// The metrics.
    pub catalog: &'static Catalog,
    /// Who asks.
    pub fetcher: Fetcher,
    /// What the operator allows.
    pub doors: Doors,
    /// Where values within the day go; `None` to ask for closes alone.
    pub live: Option<Arc<Live>>,
    /// Who makes and keeps the tested list of the day once closes have come in; `None` to make none.
    pub desk: Option<Arc<Desk>>,
    /// Keeps series from being asked for all at once.
    pub jitter: Jitter,
    /// Only these metrics; empty for all.
    pub only: Vec<String>,
    /// Whether forecasts are made after each close.
    pub forecasts: bool,
    /// How long answers are kept that nothing rests on.
    pub archive: Archive,
    /// Moves on by one a metric, in the first turn.
    pub progress: ProgressBar,
    /// Name of this process among those on the database.
    pub holder: String,
    /// How long its lease lasts.
    pub lease: Duration,
    /// Who sends mail; `None` where nobody does.
    pub delivery: Option<Delivery>,
}

impl Worker {
    /// A worker of this process.
    pub fn new(store: Store, catalog: &'static Catalog, fetcher: Fetcher, doors: Doors, jitter: Jitter) -> Self {
        let holder = format!("process {}", std::process::id());
        Self {
            store,
            catalog,
            fetcher,
            doors,
            live: None,
            desk: None,
            jitter,
            only: Vec::new(),
            archive: Archive::default(),
            progress: ProgressBar::hidden(),
            forecasts: false,
            holder,
            lease: LEASE,
            delivery: None,
        }
    }

    /// Works until told to stop. An error of the database is logged, and the work goes on at the next turn.
    pub async fn run(self, stop: CancellationToken) {
        let lease = lease::Keeper::new(&self);
        let work = async {
            let clock = self.fetcher.clock();
            tokio::join!(
                clock.at_work(lease.keep()),
                clock.at_work(closes::run(&self, &lease)),
                clock.at_work(quotes::run(&self, &lease)),
                clock.at_work(mail::run(&self, &lease)),
            );
        };
        Box::pin(stop.run_until_cancelled(work)).await;
        if let Err(error) = lease.give_back().await {
            tracing::warn!(%error, "the worker's lease could not be given back; it runs out by itself");
        }
    }
}
