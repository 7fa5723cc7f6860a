//! `convex compare`: how two series relate.

use convex_core::Day;
use convex_core::panel;

use super::open::Opened;
use super::{Format, Global, Outcome, table};
use crate::api::ComparisonDto;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex compare dia iwm
  convex compare iwm vix --as-of 2020-03-18       nothing later is used
  convex compare gold iwm --format json > gold-iwm.json")]
pub(super) struct Args {
    /// First series: id, ticker, provider id or name
    a: String,
    /// Second series
    b: String,
    /// Use nothing that became known after this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    let comparison = desk.comparison(&args.a, &args.b, args.as_of).await?;
    let ages = desk.ages(&comparison, args.as_of);
    let warnings = desk.warnings_of(&comparison).await?;
    match Format::or_default(args.format) {
        Format::Json => {
            let answer = ComparisonDto::from(comparison.as_ref()).aged(&ages).warned(warnings);
            println!("{}", serde_json::to_string_pretty(&answer)?);
        }
        Format::Table => {
            let panels = desk.panels(&comparison, panel::Options::default()).await?;
            print!("{}", table::comparison(&comparison, panels.as_deref(), [&ages[0], &ages[1]]));
            for warning in warnings {
                println!("! {warning}");
            }
        }
    }
    Ok(if comparison.apart.is_some() { Outcome::NothingComputed } else { Outcome::Done })
}
