//! `convex regime`: the states of the market.

use super::open::Opened;
use super::table::Table;
use super::{Format, Global, Outcome};
use crate::api::regimes_of;
use crate::format::{day, percent};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    let found = desk.regimes().await?;
    if Format::or_default(args.format) == Format::Json {
        println!("{}", serde_json::to_string_pretty(&regimes_of(&found, desk.is_sample().await))?);
    } else {
        let mut table = Table::default();
        table.row(["rule", "state", "since", "as of", "still so after 21"]);
        for history in &found.histories {
            let Some(now) = history.now() else { continue };
            let keeps = now.keeps.map(|(share, _)| format!("{} of {}", percent(share), now.spans)).unwrap_or_default();
            table.row([history.rule.name, history.name(now.state), &day(now.since), &day(now.day), &keeps]);
        }
        print!("{}", table.render());
    }
    Ok(if found.histories.is_empty() { Outcome::NothingComputed } else { Outcome::Done })
}
