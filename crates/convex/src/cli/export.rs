//! `convex export`: the observations of one series.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, stdout};
use std::path::PathBuf;

use anyhow::Context;
use convex_core::Day;

use super::open::Opened;
use super::{Global, Outcome};
use crate::export::{self, ExportFormat};
use crate::ingest::named_series;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex export dia > dia.csv
  convex export dia.tr --format json
  convex export vix --from 2020-01-01 --format parquet --output vix.parquet")]
pub(super) struct Args {
    /// Id of the metric or of one of its series (`dia.tr` is total return)
    id: String,
    /// Form of the output
    #[arg(long, value_enum, default_value = "csv")]
    format: ExportFormat,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: Option<Day>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let store = opened.store().await?;
    let id = named_series(opened.catalog, &args.id)?.id;
    let Some(stored) = store.load(&id).await? else {
        // The desk knows what is near; here it is enough to say where to look.
        eprintln!("convex: nothing is stored for \"{id}\"; convex metrics --stored lists what is");
        return Ok(Outcome::Failed);
    };
    let series = export::between(&stored.series, args.from, args.to);
    match &args.output {
        None if args.format == ExportFormat::Parquet && stdout().is_terminal() => {
            super::wrong_usage("Parquet is not text: use --output FILE, or a pipe")
        }
        None => export::write(&id, &series, args.format, stdout())?,
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            export::write(&id, &series, args.format, BufWriter::new(file))?;
        }
    }
    Ok(Outcome::Done)
}
