//! Letting go of answers that nothing rests on.

use std::time::Duration;

use convex_sources::Purpose;
use convex_store::{Pruned, Store, StoreError};
use jiff::Timestamp;

use crate::config::Archive;

/// An address that has not been asked for so long holds a date, and will not be asked again.
const ASKED_NO_MORE: Duration = Duration::from_hours(100 * 24);

/// Removes answers that are older than they are kept for, and what was remembered of addresses that are no longer asked.
/// Answers that observations or held values came from stay. To be done once a day.
pub async fn tidy_archive(store: &Store, archive: Archive, now: Timestamp) -> Result<Pruned, StoreError> {
    let before = |length: Duration| now.checked_sub(length).unwrap_or(Timestamp::MIN);
    let days = |days: u32| before(Duration::from_hours(24 * u64::from(days)));
    store.prune_validators(before(ASKED_NO_MORE)).await?;
    let quotes = store.prune_archive(Some(Purpose::Quote.key()), days(archive.keep_quotes_days)).await?;
    let failures = store.prune_archive(None, days(archive.keep_failures_days)).await?;
    Ok(Pruned { payloads: quotes.payloads + failures.payloads, bodies: quotes.bodies + failures.bodies })
}
