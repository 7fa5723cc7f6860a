//! Values that were not believed: listed, taken in after all, or left out for good.

use anyhow::bail;
use convex_core::catalog::Provider;
use convex_store::{Quarantined, Store, Verdict};
use jiff::Timestamp;

use crate::format::{count, plural};

/// Values listed before the rest is only counted.
const LISTED: usize = 20;

/// Lists what waits for a decision.
pub(super) async fn list(store: &Store) -> anyhow::Result<()> {
    let held = store.quarantined(Some(Verdict::Held), None).await?;
    if held.is_empty() {
        return Ok(());
    }
    println!(
        "held back   {}: convex doctor --release ID takes one in, --dismiss ID leaves it out",
        plural(held.len(), "value")
    );
    for one in held.iter().take(LISTED) {
        println!("            {}", line(one));
    }
    if held.len() > LISTED {
        println!("            and {} more", count(held.len() - LISTED));
    }
    Ok(())
}

fn line(one: &Quarantined) -> String {
    format!(
        "{:>4}  {} {} {} from {}: {}",
        one.id,
        one.series,
        one.day,
        one.value,
        Provider::from_key(&one.provider).map_or(one.provider.as_str(), |provider| provider.name()),
        one.words
    )
}

/// Takes values in after all.
pub(super) async fn release(store: &Store, ids: &[i64], now: Timestamp) -> anyhow::Result<()> {
    for &id in ids {
        match store.release(id, now).await? {
            Some(appended) => println!("released    {id}: it is now the value of its day in {}", appended.id),
            None => bail!("no value {id} is held back: convex doctor lists those that are"),
        }
    }
    Ok(())
}

/// Leaves values out for good.
pub(super) async fn dismiss(store: &Store, ids: &[i64], now: Timestamp) -> anyhow::Result<()> {
    for &id in ids {
        if !store.dismiss(id, now).await? {
            bail!("no value {id} is held back: convex doctor lists those that are");
        }
        println!("dismissed   {id}: it stays out, also when it comes again");
    }
    Ok(())
}
