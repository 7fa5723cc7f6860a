//! Reads archived answers again: after a parser is mended, history is what it would have been with the mended one.

use std::collections::BTreeMap;
use std::fmt;

use convex_core::catalog::{Catalog, Metric, Provider};
use convex_core::{Basis, SeriesId};
use convex_sources::{Failure, Purpose, Source, registry};
use convex_store::{PayloadId, Search, Store, StoreError};
use jiff::Timestamp;

use super::collect::{Columns, Offered, Taken, Written, take};
use crate::fetch::reread;
use crate::format::{count, plural};

/// Answers listed at a time.
const PAGE: u32 = 500;

/// What is read again.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only of this provider.
    pub provider: Option<Provider>,
    /// Only of these metrics; empty for all.
    pub metrics: Vec<String>,
}

/// What reading again did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Answers read.
    pub read: usize,
    /// Answers that cannot be read, by provider and class.
    pub unreadable: BTreeMap<(&'static str, &'static str), usize>,
    /// Series that changed.
    pub written: Vec<Written>,
    /// Values held back.
    pub held: usize,
    /// What could not be taken, and other things worth knowing.
    pub notices: Vec<String>,
}

/// Reads what is archived, oldest first, and writes where the result differs from what is stored. Of a day in several
/// answers the last one counts, as it did when they came.
pub async fn replay(store: &Store, catalog: &Catalog, wanted: &Wanted, now: Timestamp) -> Result<Report, StoreError> {
    let mut report = Report::default();
    for source in registry::SOURCES.iter().copied() {
        if wanted.provider.is_none_or(|provider| provider == source.provider()) {
            replay_provider(store, catalog, source, wanted, now, &mut report).await?;
        }
    }
    Ok(report)
}

async fn replay_provider(
    store: &Store,
    catalog: &Catalog,
    source: &'static dyn Source,
    wanted: &Wanted,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), StoreError> {
    let provider = source.provider();
    let (columns, last) = read(store, source, report).await?;
    let is_wanted = |metric: &Metric| wanted.metrics.is_empty() || wanted.metrics.contains(&metric.id);
    for metric in catalog.metrics().filter(|metric| is_wanted(metric)) {
        let Some(reference) = metric.sources.iter().find(|reference| reference.provider == provider) else { continue };
        let id = SeriesId { metric: metric.id.clone(), basis: Basis::Price };
        // An answer of a provider that was only asked for its opinion is not history of the series.
        if store.load(&id).await?.is_none_or(|stored| stored.provider != provider.key()) {
            continue;
        }
        let offered = Offered {
            metric,
            provider,
            symbol: &reference.symbol,
            instead_of: None,
            columns: &columns,
            payload: last,
            received: now,
            is_whole: false,
        };
        match take(store, &offered).await? {
            Taken::Written { series, held, notices } => {
                report.written.extend(series);
                report.held += held;
                report.notices.extend(notices);
            }
            Taken::Held { held, notices } => {
                report.held += held;
                report.notices.extend(notices);
            }
            Taken::Refused(why) => report.notices.push(format!("{id}: {why}")),
            Taken::AskForAll => {
                report.notices.push(format!("{id}: convex ingest --only {id} --all is needed to tell its basis"));
            }
            Taken::Nothing | Taken::Missing => {}
        }
    }
    Ok(())
}

/// Everything a provider ever said of closes, and the last answer.
async fn read(
    store: &Store,
    source: &'static dyn Source,
    report: &mut Report,
) -> Result<(Vec<convex_sources::Column>, Option<PayloadId>), StoreError> {
    let provider = source.provider().key();
    let purpose = Purpose::History { since: None }.key().to_owned();
    let mut search =
        Search { provider: Some(provider.to_owned()), purpose: Some(purpose), limit: PAGE, ..Search::default() };
    let mut columns = Columns::default();
    loop {
        let page = store.archive_list(&search).await?;
        let Some(last) = page.last() else { break };
        search.after = Some(last.id);
        for summary in &page {
            let Some(archived) = store.archived(summary.id).await? else { continue };
            let done = reread(source, &archived).and_then(|parsed| columns.add(parsed.columns));
            match done {
                Ok(()) => report.read += 1,
                Err(failure) => *report.unreadable.entry((provider, Failure::class(&failure))).or_default() += 1,
            }
        }
    }
    Ok((columns.joined(), search.after))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.written {
            writeln!(f, "{:<14}{} new, {} changed", one.id.to_string(), count(one.new), count(one.changed))?;
        }
        for notice in &self.notices {
            writeln!(f, "{notice}")?;
        }
        for ((provider, class), answers) in &self.unreadable {
            writeln!(f, "{provider}: {} not readable ({class})", plural(*answers, "answer"))?;
        }
        write!(f, "{} read again; {} changed", plural(self.read, "answer"), count(self.written.len()))?;
        if self.held > 0 {
            write!(f, "; {} held back (convex doctor lists them)", plural(self.held, "value"))?;
        }
        Ok(())
    }
}
