//! `convex forget`: remove a series and all its history.

use convex_core::SeriesId;

use super::open::Opened;
use super::{Global, Outcome};

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  convex forget btc        removes the price and the total-return series of that metric, every revision of them")]
pub(super) struct Args {
    /// Id of the metric, or one of its series (`dia.tr`)
    id: String,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let store = opened.store().await?;
    let id = opened.catalog.resolve(&args.id).map_or_else(|| args.id.clone(), |metric| metric.id.clone());
    let named = SeriesId::parse(&id)?;
    let ids = match named.basis {
        convex_core::Basis::Price => vec![named.clone(), SeriesId::total_return(&named.metric)],
        convex_core::Basis::TotalReturn => vec![named.clone()],
    };
    let mut removed = 0;
    for id in &ids {
        if let Some(rows) = store.forget(id).await? {
            println!("forgot {id}: {rows} rows");
            removed += 1;
        }
    }
    if removed == 0 {
        eprintln!("nothing is stored for \"{}\"; convex metrics --stored lists what is", args.id);
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Done)
}
