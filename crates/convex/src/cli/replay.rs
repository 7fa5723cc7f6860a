//! `convex replay`: archived answers, read again.

use anyhow::bail;
use convex_core::catalog::Provider;

use super::open::Opened;
use super::{Global, Outcome};
use crate::clock::Clock;
use crate::ingest::replay::{Wanted, replay};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every answer of a provider is archived as it came. After a version that reads answers better, this brings
history to what it would have been with it; values that differ are added with the moment they became known,
and the old ones stay. Asks nobody.

Examples:
  convex replay                      everything
  convex replay --provider yahoo     the answers of one provider
  convex replay --only dia,iwm       the history of two metrics"
)]
pub(super) struct Args {
    /// Only the answers of this provider
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// Only these metrics
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let provider = args.provider.as_deref().map(provider).transpose()?;
    let metrics = super::ingest::named(opened.catalog, &args.only)?.unwrap_or_default();
    let metrics = metrics.iter().map(|metric| metric.id.clone()).collect();
    let store = opened.store().await?;
    let report = replay(&store, opened.catalog, &Wanted { provider, metrics }, Clock::System.now()).await?;
    println!("{report}");
    store.close().await;
    Ok(Outcome::Done)
}

fn provider(name: &str) -> anyhow::Result<Provider> {
    if let Some(provider) = Provider::from_key(name) {
        return Ok(provider);
    }
    let known: Vec<&str> = Provider::ALL.iter().map(|provider| provider.key()).collect();
    bail!("unknown provider \"{name}\": there are {}", known.join(", "))
}
