//! Closes and releases: each is looked for once it should be there.

use std::collections::BTreeMap;
use std::sync::Arc;

use convex_core::Day;
use convex_core::catalog::Metric;
use convex_sources::Purpose;
use convex_store::StoreError;
use jiff::Timestamp;

use super::Worker;
use super::lease::Keeper;
use super::plan::Plan;
use crate::fetch::tidy_archive;
use crate::ingest::collect::{Collector, Outcome, SecondLook, Wanted, candidates, second_look};
use crate::ingest::{core_legs, due, snapshot};
use crate::outlook;

/// Metrics asked for together: of a first start, the first pages are there while the rest still comes.
const TOGETHER: usize = 12;

/// Looks for what is due, sleeps, looks again.
pub(super) async fn run(worker: &Worker, lease: &Keeper<'_>) {
    let clock = worker.fetcher.clock();
    let mut state = State::default();
    loop {
        lease.held().await;
        if let Err(error) = turn(worker, &mut state).await {
            tracing::warn!(%error, "what is due could not be looked for; it will be at the next turn");
        }
        if worker.forecasts
            && let Err(error) = outlook::after_close(&worker.store, worker.catalog, clock.now()).await
        {
            tracing::warn!(%error, "forecasts could not be made; they will be tried at the next turn");
        }
        clock.sleep(state.plan.pause(clock.now())).await;
    }
}

#[derive(Debug, Default)]
struct State {
    plan: Plan,
    /// The day of the last second look, by metric.
    checked: BTreeMap<String, Day>,
    /// The day on which the archive was last tidied.
    tidied: Option<Day>,
}

async fn turn(worker: &Worker, state: &mut State) -> Result<(), StoreError> {
    let clock = worker.fetcher.clock();
    snapshot::take(&worker.store, worker.catalog, clock.now()).await?;
    let (due, _) = due::metrics(&worker.store, worker.catalog, clock.now()).await?;
    let due: Vec<_> = due.into_iter().filter(|due| worker.only.is_empty() || worker.only.contains(&due.0.id)).collect();
    let expected: BTreeMap<String, Option<Timestamp>> =
        due.iter().map(|(metric, expected)| (metric.id.clone(), *expected)).collect();
    let ready = state.plan.ready(&due, clock.now());
    worker.progress.set_length(ready.len() as u64);
    let mut written = 0;
    for metrics in ready.chunks(TOGETHER) {
        written += look(worker, state, metrics, &expected).await?;
    }
    if let Some(desk) = worker.desk.as_ref().filter(|_| written > 0) {
        desk.make_family().await;
    }
    // The first turn is what somebody waits for.
    worker.progress.finish_and_clear();
    let today = clock.today();
    if state.tidied.replace(today) != Some(today) {
        tidy_archive(&worker.store, worker.archive, clock.now()).await?;
    }
    Ok(())
}

/// One look for a few metrics; how many of them had something new.
async fn look(
    worker: &Worker,
    state: &mut State,
    metrics: &[Arc<Metric>],
    expected: &BTreeMap<String, Option<Timestamp>>,
) -> Result<usize, StoreError> {
    let clock = worker.fetcher.clock();
    let collector = Collector {
        store: &worker.store,
        fetcher: &worker.fetcher,
        doors: &worker.doors,
        progress: worker.progress.clone(),
    };
    let today = clock.today();
    let mut written = 0;
    let (whole, new): (Vec<_>, Vec<_>) = metrics.iter().cloned().partition(|metric| is_day_of_repair(metric, today));
    for (metrics, whole) in [(whole, true), (new, false)] {
        if metrics.is_empty() {
            continue;
        }
        let report = collector.collect(&Wanted { metrics, since: None, whole }).await?;
        for one in &report.metrics {
            written += usize::from(matches!(one.outcome, Outcome::Written { .. }));
            if let Outcome::Written { .. } | Outcome::Refused { .. } = one.outcome {
                tracing::info!("{one}");
            }
        }
    }
    let still = due::of(&worker.store, metrics, clock.now()).await?;
    for metric in metrics {
        if still.contains_key(&metric.id) {
            let not_before = not_before(worker, metric).await?;
            state.plan.in_vain(&metric.id, clock.now(), not_before, &worker.jitter);
        } else {
            let expected = expected.get(&metric.id).copied().flatten();
            state.plan.found(&metric.id, expected, clock.now());
        }
        let is_core = core_legs::contains(worker.catalog, &metric.id);
        if is_core && state.checked.insert(metric.id.clone(), today) != Some(today) {
            let found = second_look(&worker.store, &worker.fetcher, &worker.doors, metric).await?;
            if let SecondLook::Differs(words) = found {
                tracing::warn!(metric = metric.id, "{words}");
            }
        }
    }
    Ok(written)
}

/// When the first of a metric's providers may be asked again; `None` if one may be asked now.
async fn not_before(worker: &Worker, metric: &Metric) -> Result<Option<Timestamp>, StoreError> {
    let mut first: Option<Timestamp> = None;
    let history = Purpose::History { since: None }.key();
    for candidate in candidates(metric, &worker.doors) {
        let provider = candidate.provider().key();
        let health = worker.store.health_of(provider, candidate.symbol, history).await?;
        let Some(at) = health.and_then(|health| health.not_before) else { return Ok(None) };
        first = Some(first.map_or(at, |first| first.min(at)));
    }
    Ok(first)
}

/// Once a month, each metric on a day of its own, all history is asked for again, so that repairs arrive.
fn is_day_of_repair(metric: &Metric, today: Day) -> bool {
    let spread: u32 = metric.id.bytes().map(u32::from).sum();
    today.date().day() as u32 == spread % 28 + 1
}
