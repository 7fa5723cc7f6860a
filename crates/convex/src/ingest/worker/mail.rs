//! Mail, by the process that holds the worker's lease.

use super::Worker;
use super::lease::Keeper;
use crate::mail::{EVERY, State};

/// Looks every minute; does nothing where no mail is set up.
pub(super) async fn run(worker: &Worker, lease: &Keeper<'_>) {
    let Some(delivery) = &worker.delivery else { return };
    let clock = worker.fetcher.clock();
    let mut state = State::default();
    loop {
        lease.held().await;
        if let Err(error) = delivery.turn(&mut state).await {
            tracing::warn!(%error, "mail could not be seen to; it will be at the next turn");
        }
        clock.sleep(EVERY).await;
    }
}
