//! Whether this process is the one that works.

use convex_store::StoreError;
use tokio::sync::watch;

use super::Worker;

/// The name under which the lease stands in the database.
const NAME: &str = "worker";

/// Takes the lease, renews it, and tells whether it is held.
#[derive(Debug)]
pub(super) struct Keeper<'a> {
    worker: &'a Worker,
    held: watch::Sender<bool>,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(worker: &'a Worker) -> Self {
        Self { worker, held: watch::Sender::new(false) }
    }

    /// Takes and renews, for ever, three times in the life of a lease.
    pub(super) async fn keep(&self) {
        let clock = self.worker.fetcher.clock();
        let mut other = None;
        loop {
            match self.worker.store.take_lease(NAME, &self.worker.holder, clock.now(), self.worker.lease).await {
                Ok(lease) => {
                    let is_ours = lease.holder == self.worker.holder;
                    if !is_ours && other.as_ref() != Some(&lease.holder) {
                        tracing::info!(holder = lease.holder, "another process fetches for this database");
                    }
                    other = (!is_ours).then_some(lease.holder);
                    self.held.send_replace(is_ours);
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot take or renew the worker's lease");
                    self.held.send_replace(false);
                }
            }
            clock.sleep(self.worker.lease / 3).await;
        }
    }

    /// Waits until it is held.
    pub(super) async fn held(&self) {
        // The sender lives as long as this does.
        let mut held = self.held.subscribe();
        let _ = self.worker.fetcher.clock().waiting(held.wait_for(|&held| held)).await;
    }

    /// Gives it back, so that another process need not wait for it to run out.
    pub(super) async fn give_back(&self) -> Result<bool, StoreError> {
        self.worker.store.release_lease(NAME, &self.worker.holder).await
    }
}
