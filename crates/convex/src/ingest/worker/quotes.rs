//! Values within the day of what is not listened to: asked for while the market is open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use convex_core::SeriesId;
use convex_core::calendar::{Calendar, Door};
use convex_core::catalog::{Metric, Provider};
use convex_sources::{Purpose, Quote, Want, registry};
use convex_store::{StoreError, StoredQuote};
use jiff::Timestamp;

use super::Worker;
use super::lease::Keeper;
use crate::clock::after;
use crate::fetch::FetchError;
use crate::ingest::collect::{Candidate, ask, candidates};
use crate::ingest::core_legs;
use crate::live::Live;

/// How long values within the day are kept.
const KEPT: Duration = Duration::from_hours(24 * 14);

/// Longest sleep, and the pause after a provider failed.
const REST: Duration = Duration::from_mins(5);

/// What is asked of one provider in one go.
struct Round<'a> {
    candidate: Candidate<'a>,
    every: Duration,
    metrics: Vec<(&'a Arc<Metric>, &'a str)>,
    next: Timestamp,
}

/// Asks each provider as often as it allows, and no more often than its values change.
pub(super) async fn run(worker: &Worker, lease: &Keeper<'_>) {
    let Some(live) = &worker.live else { return };
    let clock = worker.fetcher.clock();
    let watched = core_legs::watched(worker.catalog);
    let mut rounds = rounds(worker, &watched, clock.now());
    for round in &rounds {
        for (metric, _) in &round.metrics {
            live.expect(metric, round.candidate.provider(), round.every);
        }
    }
    if rounds.is_empty() {
        return;
    }
    loop {
        lease.held().await;
        for round in &mut rounds {
            let now = clock.now();
            if round.next > now {
                continue;
            }
            round.next = match turn(worker, live, round, now).await {
                Ok(true) => after(now, round.every),
                Ok(false) => after(now, REST),
                Err(error) => {
                    tracing::warn!(%error, "values within the day could not be kept");
                    after(now, REST)
                }
            };
        }
        let next = rounds.iter().map(|round| round.next).min().unwrap_or(Timestamp::MAX);
        clock.sleep_until(next.min(after(clock.now(), REST))).await;
    }
}

/// Of each metric the provider that may be asked most often, by provider.
fn rounds<'a>(worker: &'a Worker, watched: &'a [Arc<Metric>], now: Timestamp) -> Vec<Round<'a>> {
    let mut rounds: BTreeMap<Provider, Round<'a>> = BTreeMap::new();
    for metric in watched {
        let all = candidates(metric, &worker.doors);
        // What is listened to need not be asked for.
        if all.iter().any(|one| registry::feed(one.provider(), &[one.symbol]).is_some()) {
            continue;
        }
        let quoted = all.into_iter().filter_map(|one| Some((one.source.policy().quote_every?, one)));
        let Some((every, candidate)) = quoted.min_by_key(|(every, _)| *every) else { continue };
        let round =
            rounds.entry(candidate.provider()).or_insert(Round { candidate, every, metrics: Vec::new(), next: now });
        round.metrics.push((metric, candidate.symbol));
    }
    rounds.into_values().collect()
}

/// Asks for those whose market is open; says whether the provider gave anything it was asked for.
async fn turn(worker: &Worker, live: &Arc<Live>, round: &Round<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let is_open = |metric: &Metric| !matches!(Calendar::of(metric.calendar).door(now), Door::Closed { .. });
    let open: Vec<&str> =
        round.metrics.iter().filter(|(metric, _)| is_open(metric)).map(|(_, symbol)| *symbol).collect();
    let mut answered = true;
    for symbols in open.chunks(round.candidate.source.policy().batch.max(1)) {
        let want = Want { symbols, purpose: Purpose::Quote, now, access: round.candidate.access };
        match ask(&worker.fetcher, round.candidate.source, &want).await {
            Ok(whole) => keep(worker, live, round, &whole.quotes, whole.received).await?,
            Err(FetchError::Failed(_)) => answered = false,
            Err(FetchError::Store(error)) => return Err(error),
        }
    }
    Ok(answered)
}

/// Shows values and keeps them: of what is only quoted, the last before the close becomes the day's value.
async fn keep(
    worker: &Worker,
    live: &Arc<Live>,
    round: &Round<'_>,
    quotes: &[Quote],
    received: Timestamp,
) -> Result<(), StoreError> {
    let provider = round.candidate.provider();
    let mut kept = Vec::with_capacity(quotes.len());
    for quote in quotes {
        live.quote(provider, quote);
        let of = round.metrics.iter().find(|(_, symbol)| *symbol == quote.symbol);
        if let Some((metric, _)) = of.filter(|_| quote.value.is_finite()) {
            kept.push(StoredQuote {
                series: SeriesId::price(&metric.id),
                at: quote.at,
                value: quote.value,
                provider: provider.key().to_owned(),
                received,
                delayed_minutes: quote.delayed_minutes,
            });
        }
    }
    worker.store.put_quotes(&kept, KEPT).await?;
    Ok(())
}
