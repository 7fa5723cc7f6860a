//! `convex import`: CSV files into the database.

use std::path::PathBuf;

use super::open::Opened;
use super::{Global, Outcome};
use crate::clock::Clock;
use crate::ingest::import::{ImportError, ImportOptions, import, progress_bar};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A file has a header line with the columns date (YYYY-MM-DD) and close or value; open, high, low,
adj_close and volume may stand beside them. Its name is the series: dia.csv is dia. adj_close becomes the
total-return series of the same metric (dia.tr). A file with a mistake is left out whole; the others are kept.

Examples:
  convex import prices/                          every CSV file of a folder
  convex import fund.csv --id my-fund            one file under another id
  convex import adjusted/ --total-return         closes with dividends added back: dia.csv is dia.tr
  convex import dia.csv --revise                 let more than 5 % of the known values change"
)]
pub(super) struct Args {
    /// CSV files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Series that a single file is taken as, whatever its name
    #[arg(long)]
    id: Option<String>,
    /// Accept a file that changes more than 5 % of the known values
    #[arg(long)]
    revise: bool,
    /// The closes are adjusted for dividends
    #[arg(long)]
    total_return: bool,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let store = opened.store().await?;
    let clock = Clock::System;
    let options = ImportOptions {
        id: args.id,
        revise: args.revise,
        total_return: args.total_return,
        today: clock.today(),
        now: clock.now(),
        max_bytes: opened.config.import.max_file_bytes,
    };
    let report = match import(&store, opened.catalog, &args.paths, &options, &progress_bar()).await {
        Err(ImportError::IdForMany) => super::wrong_usage(&ImportError::IdForMany.to_string()),
        imported => imported?,
    };
    store.close().await;
    for file in &report.files {
        file.messages().for_each(|message| eprintln!("{message}"));
        file.summary().for_each(|line| println!("{line}"));
    }
    println!("{report}");
    Ok(if report.failed() { Outcome::Failed } else { Outcome::Done })
}
