//! How asking the providers goes, and where two of them differ.

use convex_core::catalog::Provider;
use convex_store::Store;

use jiff::Timestamp;

use crate::format::{count, plural};

/// Series listed for a provider in trouble before the rest is only counted.
const LISTED: usize = 6;

/// Says who gives nothing, since when and why; who was switched to; who says something else.
pub(super) async fn list(store: &Store, now: Timestamp) -> anyhow::Result<()> {
    let health = store.health().await?;
    let failing: Vec<_> = health.iter().filter(|one| one.failures > 0).collect();
    if !health.is_empty() {
        let series = count(health.len());
        println!(
            "providers   {series} series asked for, {} of them without an answer at the last attempt",
            failing.len()
        );
    }
    let mut before = None;
    let mut listed = 0;
    for one in failing {
        if before != Some((&one.provider, &one.class)) {
            (before, listed) = (Some((&one.provider, &one.class)), 0);
            let since = one.since.map(|since| format!(" since {}", since.strftime("%Y-%m-%d %H:%M UTC")));
            let words = one.words.as_deref().unwrap_or("no reason recorded");
            println!("            {}: {words}{}", name(&one.provider), since.unwrap_or_default());
        }
        listed += 1;
        if listed <= LISTED {
            println!("              {} ({}), {}", one.symbol, one.purpose, plural(one.failures as usize, "attempt"));
        }
    }
    for pause in store.pauses().await?.iter().filter(|pause| pause.until > now) {
        let until = pause.until.strftime("%Y-%m-%d %H:%M UTC");
        println!("            {} is left alone until {until}: {}", name(&pause.provider), pause.words);
    }
    for one in store.disagreements(false).await? {
        println!(
            "differs     {}: {} says {} on {} where {} is stored; {} of {} days beyond {}",
            one.series,
            name(&one.provider),
            one.other,
            one.worst_day,
            one.value,
            one.differing,
            plural(one.compared as usize, "day"),
            crate::format::percent(one.tolerance),
        );
    }
    Ok(())
}

fn name(provider: &str) -> &str {
    Provider::from_key(provider).map_or(provider, |provider| provider.name())
}
