//! The sample market's own database.

use convex_core::catalog::Provider;
use convex_core::{Day, SeriesId, sample};
use convex_store::{Batch, Store, Write};
use jiff::Timestamp;

/// Brings the sample market in `store` up to the day before `today`. Days already there are left as they are: a longer
/// market begins with the same numbers.
pub async fn write_sample_market(store: &Store, today: Day, now: Timestamp) -> anyhow::Result<()> {
    let to = today - 1;
    let market = tokio::task::spawn_blocking(move || sample::market(sample::SEED, sample::first_day(), to)).await?;
    let ids = market.iter().map(|one| SeriesId::parse(one.id)).collect::<Result<Vec<_>, _>>()?;
    let batches: Vec<Batch<'_>> =
        ids.iter().zip(&market).map(|(id, one)| Batch { id, observations: &one.series }).collect();
    let write = Write::new(Provider::Sample.key(), now);
    store.append(&write, &batches).await?;
    Ok(())
}
