//! `convex doctor`: what is wrong, and what to type.

mod held;
mod mail;
mod providers;

use std::io::IsTerminal;

use convex_core::freshness::AgeState;

use super::open::Opened;
use super::{Global, Outcome};
use crate::clock::Clock;
use crate::format;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex doctor              reads everything, changes nothing
  convex doctor --repair     derives again what can be derived from the stored rows
  convex doctor --release 7  takes in a value that was held back as doubtful
  convex doctor --dismiss 7  leaves it out for good")]
pub(super) struct Args {
    /// Derive packed copies and summaries again where they differ from the stored rows
    #[arg(long)]
    repair: bool,
    /// Take in values that were held back as doubtful
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    release: Vec<i64>,
    /// Leave values out that were held back as doubtful
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    dismiss: Vec<i64>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let catalog = opened.catalog;
    println!(
        "catalogue   {} metrics, {} named pairs: read without mistakes",
        catalog.metrics().len(),
        catalog.pairs().len()
    );
    let store = opened.store().await?;
    let now = Clock::System.now();
    held::release(&store, &args.release, now).await?;
    held::dismiss(&store, &args.dismiss, now).await?;
    if args.repair {
        for id in store.repair().await? {
            println!("repaired    {id}: packed copy and summary derived again from its rows");
        }
    }
    if std::io::stderr().is_terminal() {
        eprintln!("checking every row against the packed copies …");
    }
    let found = store.check().await?;
    println!(
        "database    {}: {} series, {} observations, {}",
        opened.url,
        format::count(found.series),
        format::count(found.observations),
        if found.problems.is_empty() { "whole" } else { "NOT whole" },
    );
    for problem in &found.problems {
        println!("problem     {problem}");
    }
    held::list(&store).await?;
    providers::list(&store, now).await?;
    mail::list(&store).await?;
    let desk = opened.desk().await?;
    let rows = desk.overview().await?;
    let stored = || rows.iter().filter(|row| row.n > 0);
    let in_state = |state: AgeState| stored().filter(|row| row.freshness.state == state).count();
    // The four that every installation asks about, and those of the others that there are.
    let usual = [AgeState::Fresh, AgeState::Late, AgeState::Stale, AgeState::Discontinued];
    let others = AgeState::ALL.into_iter().filter(|state| !usual.contains(state) && in_state(*state) > 0);
    let counts: Vec<String> =
        usual.into_iter().chain(others).map(|state| format!("{} {}", in_state(state), state.word())).collect();
    println!("age         {}", counts.join(", "));
    let of_concern = [AgeState::Late, AgeState::Stale, AgeState::Shortened, AgeState::Withheld];
    for row in stored().filter(|row| of_concern.contains(&row.freshness.state)).take(10) {
        println!("            {}: {}", row.metric.id, format::age(&row.freshness));
    }
    if found.series == 0 {
        println!(
            "next        the database is empty: convex import PATH reads CSV files with the columns date and close"
        );
    }
    Ok(if found.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}
