//! Mail: what waits, and what was given up.

use convex_store::{Store, StoreError};

use crate::format;

/// Says nothing while nobody reads and nothing was ever sent.
pub(super) async fn list(store: &Store) -> Result<(), StoreError> {
    let readers = store.confirmed_subscribers().await?.len();
    let counts = store.outbox().await?;
    if readers == 0 && counts == convex_store::OutboxCounts::default() {
        return Ok(());
    }
    let many = |count: u64| format::count(count as usize);
    println!(
        "mail        {}, {} sent, {} waiting, {} being sent, {} unconfirmed, {} given up",
        format::plural(readers, "reader"),
        many(counts.sent),
        many(counts.waiting),
        many(counts.claimed),
        many(counts.unconfirmed),
        many(counts.dead),
    );
    for letter in store.dead_letters(10).await? {
        let trouble = letter.trouble.as_deref().unwrap_or("unknown");
        println!(
            "            given up: {} after {}: {trouble}",
            letter.new.key,
            format::plural(letter.tries as usize, "try")
        );
    }
    Ok(())
}
