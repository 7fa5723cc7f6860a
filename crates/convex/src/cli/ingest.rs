//! `convex ingest`: what is due, from the providers.

use std::sync::Arc;

use anyhow::bail;
use convex_core::Day;
use convex_core::catalog::{Catalog, Metric};

use super::open::Opened;
use super::{Global, Outcome};
use crate::clock::Clock;
use crate::fetch::{Fetcher, Jitter};
use crate::ingest::collect::{Collector, Wanted, progress_bar};
use crate::ingest::{due, terms};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Asks each metric's providers in the catalogue's order. What is stored stays: a provider that is down, or says
something that cannot be, leaves the last good value in place. Keys come from the environment or from files
named in convex.toml; docs/sources.md has the table.

Examples:
  convex ingest                         every metric whose next value should be there by now
  convex ingest --only dia,iwm,vix      these, due or not
  convex ingest --since 2020-01-01      nothing before that day
  convex ingest --all                   all history again, so that repairs arrive"
)]
pub(super) struct Args {
    /// Only these metrics, due or not
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
    /// First day of interest
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
    /// Ask for all history again
    #[arg(long, conflicts_with = "since")]
    all: bool,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let clock = Clock::System;
    let named = named(opened.catalog, &args.only)?;
    let store = opened.store().await?;
    let doors = opened.doors()?;
    let fetcher = Fetcher::new(store.clone(), doors.clone(), clock, Jitter::of_this_process())?;
    let (metrics, not_due) = if let Some(metrics) = named {
        (metrics, 0)
    } else {
        let (due, not_due) = due::metrics(&store, opened.catalog, clock.now()).await?;
        (due.into_iter().map(|(metric, _)| metric).collect(), not_due)
    };
    if !store.has_observations().await? {
        eprint!("{}", terms::notice(&metrics, &doors));
    }
    let progress = progress_bar(metrics.len());
    let collector = Collector { store: &store, fetcher: &fetcher, doors: &doors, progress: progress.clone() };
    let mut report = collector.collect(&Wanted { metrics, since: args.since, whole: args.all }).await?;
    progress.finish_and_clear();
    report.not_due = not_due;
    for metric in &report.metrics {
        println!("{metric}");
    }
    println!("{report}");
    store.close().await;
    Ok(if report.failed() { Outcome::Failed } else { Outcome::Done })
}

/// The metrics of `--only`; `None` without it.
pub(super) fn named(catalog: &Catalog, only: &[String]) -> anyhow::Result<Option<Vec<Arc<Metric>>>> {
    let mut metrics: Vec<Arc<Metric>> = Vec::new();
    for name in only.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let Some(metric) = catalog.resolve(name) else {
            let nearest: Vec<&str> = catalog.nearest(name, 3).into_iter().map(|metric| metric.id.as_str()).collect();
            bail!("\"{name}\" is not in the catalogue: near it are {}", nearest.join(", "));
        };
        if !metrics.iter().any(|known| known.id == metric.id) {
            metrics.push(Arc::clone(metric));
        }
    }
    Ok((!only.is_empty()).then_some(metrics))
}
