//! The rounds: every metric asks its first provider, those that got nothing ask their second, and so on.

use std::collections::BTreeMap;
use std::sync::Arc;

use convex_core::catalog::{Metric, Provider};
use convex_core::freshness::{Facts, Look, freshness};
use convex_core::{Basis, Day, SeriesId};
use convex_sources::{Column, Failure, Purpose, Want};
use convex_store::{Store, StoreError};
use futures_util::future::join_all;
use indicatif::ProgressBar;
use jiff::Timestamp;

use super::answer::{Whole, ask};
use super::candidates::{Candidate, candidates};
use super::take::{Offered, Taken, take};
use super::task::Task;
use super::{MetricReport, Outcome, Report};
use crate::config::Doors;
use crate::fetch::{FetchError, Fetcher};

/// What brings metrics up to date.
#[derive(Debug)]
pub struct Collector<'a> {
    /// Where values go.
    pub store: &'a Store,
    /// Who asks.
    pub fetcher: &'a Fetcher,
    /// What the operator allows.
    pub doors: &'a Doors,
    /// Moves on by one a metric.
    pub progress: ProgressBar,
}

/// What is to be brought up to date.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The metrics, first to be seen first.
    pub metrics: Vec<Arc<Metric>>,
    /// First day of interest; `None` for what is new.
    pub since: Option<Day>,
    /// Ask for all history, so that repairs arrive.
    pub whole: bool,
}

impl Collector<'_> {
    /// Asks, round by round, until every metric has an answer or nobody is left to ask.
    ///
    /// # Errors
    /// Only those of the database: what a provider does wrong is in the report.
    pub async fn collect(&self, wanted: &Wanted) -> Result<Report, StoreError> {
        let mut report = Report::default();
        let mut tasks = Vec::new();
        for metric in &wanted.metrics {
            let left = candidates(metric, self.doors);
            if left.is_empty() {
                report.metrics.push(no_source(metric));
                self.progress.inc(1);
                continue;
            }
            let known = self.store.load(&SeriesId::price(&metric.id)).await?;
            let (asked_since, whole) = (wanted.since, wanted.whole);
            let failures = Vec::new();
            tasks.push(Task { metric, left, failures, known, asked_since, whole, answered: None });
        }
        while !tasks.is_empty() {
            let groups = group(std::mem::take(&mut tasks));
            let clock = self.fetcher.clock();
            // One provider after the other would let the slowest of them hold up all.
            for ended in join_all(groups.into_iter().map(|groups| clock.at_work(self.ask_provider(groups)))).await {
                for end in ended? {
                    match end {
                        End::Reported(metric) => {
                            self.progress.inc(1);
                            report.metrics.push(metric);
                        }
                        End::Again(task) => tasks.push(task),
                    }
                }
            }
        }
        let place = |id: &str| wanted.metrics.iter().position(|metric| metric.id == id);
        report.metrics.sort_by_key(|one| place(&one.id));
        Ok(report)
    }

    /// All that is asked of one provider, one request after the other.
    async fn ask_provider<'t>(&self, groups: Vec<Vec<Task<'t>>>) -> Result<Vec<End<'t>>, StoreError> {
        let mut ends = Vec::new();
        for tasks in groups {
            ends.extend(self.ask_together(tasks).await?);
        }
        Ok(ends)
    }

    /// One want that may serve several metrics.
    async fn ask_together<'t>(&self, tasks: Vec<Task<'t>>) -> Result<Vec<End<'t>>, StoreError> {
        let Some(&Candidate { source, access, .. }) = tasks.first().and_then(Task::candidate) else {
            return Ok(Vec::new());
        };
        let symbols: Vec<&str> = tasks.iter().filter_map(|task| Some(task.candidate()?.symbol)).collect();
        let purpose = earliest(&tasks);
        let want = Want { symbols: &symbols, purpose, now: self.fetcher.clock().now(), access };
        let found = match ask(self.fetcher, source, &want).await {
            Ok(whole) => Ok(whole),
            Err(FetchError::Failed(failure)) => Err(failure),
            Err(FetchError::Store(error)) => return Err(error),
        };
        let mut ends = Vec::with_capacity(tasks.len());
        for task in tasks {
            let end = match &found {
                Ok(whole) => self.settle(task, whole, purpose).await?,
                Err(failure) => next(task, failure.clone()),
            };
            ends.push(end);
        }
        // Only now that its values are stored may "nothing has changed" be the next answer.
        for fetched in found.iter().flat_map(|whole| &whole.origins) {
            self.fetcher.confirm(fetched).await?;
        }
        Ok(ends)
    }

    async fn settle<'t>(&self, mut task: Task<'t>, whole: &Whole, purpose: Purpose) -> Result<End<'t>, StoreError> {
        let Some(candidate) = task.candidate().copied() else { return Ok(next(task, Failure::NotServed)) };
        let provider = candidate.provider();
        let offered = Offered {
            metric: task.metric,
            provider,
            symbol: candidate.symbol,
            instead_of: task.failures.last(),
            columns: &whole.columns,
            payload: whole.payload,
            received: whole.received,
            is_whole: purpose.since().is_none(),
        };
        let taken = take(self.store, &offered).await?;
        Ok(match taken {
            Taken::Written { series, held, notices } => task.end(Outcome::Written { provider, series }, held, notices),
            Taken::Nothing => self.nothing_new(task, whole, 0, Vec::new()),
            Taken::Held { held, notices } => self.nothing_new(task, whole, held, notices),
            Taken::Missing => next(task, Failure::Empty),
            Taken::AskForAll => {
                task.whole = true;
                task.asked_since = None;
                End::Again(task)
            }
            Taken::Refused(why) => match task.left.len() {
                0 | 1 if task.answered.is_none() => task.end(Outcome::Refused { provider, why }, 0, Vec::new()),
                _ => next(task, Failure::malformed(why)),
            },
        })
    }
}

impl Collector<'_> {
    /// The provider has nothing new: the end, or the next one's turn if this one is behind.
    fn nothing_new<'t>(&self, mut task: Task<'t>, whole: &Whole, held: usize, notices: Vec<String>) -> End<'t> {
        let Some(candidate) = task.candidate().copied() else { return next(task, Failure::NotServed) };
        let last = task.known.as_ref().and_then(|stored| stored.series.last()).map(|(day, _)| day);
        let outcome = Outcome::Nothing { provider: candidate.provider(), last };
        let price = |column: &&Column| column.symbol == candidate.symbol && column.basis == Basis::Price;
        let theirs = whole.columns.iter().find(price).and_then(|column| column.points.last()).map(|point| point.day);
        match behind(task.metric, last, theirs, self.fetcher.clock().now()).filter(|_| task.left.len() > 1) {
            Some(failure) => {
                task.answered.get_or_insert((outcome, held, notices));
                next(task, failure)
            }
            None => task.end(outcome, held, notices),
        }
    }
}

/// Observations that may be missing before the next provider is asked for them.
const PATIENCE: usize = 1;

/// Whether the next provider should step in for one that brought nothing new: it is two observations behind, or it lacks
/// what another has supplied meanwhile and more is due. One that has caught up is waited for again.
fn behind(metric: &Metric, stored: Option<Day>, theirs: Option<Day>, now: Timestamp) -> Option<Failure> {
    let age = freshness(metric, stored, Look::Now(now), Facts::default());
    let lags = theirs.zip(stored).is_some_and(|(theirs, stored)| theirs < stored);
    let is_behind = age.publications > if lags { 0 } else { PATIENCE };
    is_behind.then_some(Failure::Behind { last: theirs.or(stored)?, missed: age.missed })
}

/// What became of a task in a round.
enum End<'t> {
    Reported(MetricReport),
    Again(Task<'t>),
}

impl<'t> Task<'t> {
    fn end(self, outcome: Outcome, held: usize, notices: Vec<String>) -> End<'t> {
        End::Reported(MetricReport { id: self.metric.id.clone(), outcome, failures: self.failures, held, notices })
    }
}

/// The next provider's turn, or the end.
fn next(mut task: Task<'_>, failure: Failure) -> End<'_> {
    if !task.left.is_empty() {
        let failed = task.left.remove(0);
        task.failures.push((failed.provider(), failure));
    }
    match task.answered.take_if(|_| task.left.is_empty()) {
        Some((outcome, held, notices)) => task.end(outcome, held, notices),
        None if task.left.is_empty() => task.end(Outcome::Failed, 0, Vec::new()),
        None => End::Again(task),
    }
}

/// Tasks by provider, and by what one request of that provider can carry.
fn group(tasks: Vec<Task<'_>>) -> Vec<Vec<Vec<Task<'_>>>> {
    let mut providers: BTreeMap<Provider, Vec<Vec<Task<'_>>>> = BTreeMap::new();
    for task in tasks {
        let Some(candidate) = task.candidate() else { continue };
        let batch = candidate.source.policy().batch.max(1);
        let groups = providers.entry(candidate.provider()).or_default();
        let is_all = task.purpose().since().is_none();
        // History from a day on and all history are different answers.
        let fits = |group: &&mut Vec<Task<'_>>| {
            group.len() < batch && group.first().is_some_and(|one| one.purpose().since().is_none() == is_all)
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(task),
            None => groups.push(vec![task]),
        }
    }
    providers.into_values().collect()
}

fn earliest(tasks: &[Task<'_>]) -> Purpose {
    let sinces: Vec<Option<Day>> = tasks.iter().map(|task| task.purpose().since()).collect();
    let since = sinces.iter().copied().min().flatten();
    Purpose::History { since }
}

fn no_source(metric: &Metric) -> MetricReport {
    let why = match metric.sources.as_slice() {
        [] => "no provider is known for it: convex import brings files".to_owned(),
        sources => format!(
            "nobody to ask: {} turned off or without a key (docs/configuration.md)",
            sources.iter().map(|one| one.provider.name()).collect::<Vec<_>>().join(", ")
        ),
    };
    MetricReport {
        id: metric.id.clone(),
        outcome: Outcome::NoSource { why },
        failures: Vec::new(),
        held: 0,
        notices: Vec::new(),
    }
}
