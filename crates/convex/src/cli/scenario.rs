//! `convex scenario`: what happened in dated episodes.

use anyhow::bail;

use super::open::Opened;
use super::table::Table;
use super::{Format, Global, Outcome};
use crate::api::{episode_of, scenarios_of};
use crate::format::{day, fixed, signed_percent};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex scenario              the episodes there are
  convex scenario covid        every metric and named pair in one of them")]
pub(super) struct Args {
    /// Which episode; none for the list
    id: Option<String>,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    let json = Format::or_default(args.format) == Format::Json;
    let Some(id) = args.id else {
        if json {
            println!("{}", serde_json::to_string_pretty(&scenarios_of(&desk))?);
        } else {
            let mut table = Table::default();
            for window in desk.windows() {
                table.row([&window.id, &day(window.from), &day(window.to), &window.name]);
            }
            print!("{}", table.render());
        }
        return Ok(Outcome::Done);
    };
    let Some(found) = desk.episode(&id).await? else {
        bail!("no scenario \"{id}\": convex scenario lists them");
    };
    if json {
        println!("{}", serde_json::to_string_pretty(&episode_of(&found, desk.is_sample().await))?);
    } else {
        let mut table = Table::with_right(&[1, 2, 3]);
        table.row(["", "change", "deepest fall", "days to recover"]);
        let in_percent =
            found.metrics.iter().filter(|(metric, _)| metric.change == convex_core::catalog::ChangeKind::Log);
        for (metric, found) in in_percent {
            let Ok(found) = found else { continue };
            let days = found.days_to_recover.map_or_else(|| "not yet".to_owned(), |days| days.to_string());
            table.row([&metric.short, &signed_percent(found.change), &signed_percent(found.drawdown), &days]);
        }
        println!("{}", table.render());
        let mut table = Table::with_right(&[1, 2]);
        table.row(["pair", "ratio", "correlation"]);
        for (a, b, found) in &found.pairs {
            let Ok(found) = found else { continue };
            let Ok(moved) = found.ratio_move.as_ref().copied() else { continue };
            if a.change != convex_core::catalog::ChangeKind::Log {
                continue;
            }
            let correlation = found.correlation.as_ref().map(|value| fixed(*value, 2)).unwrap_or_default();
            table.row([&format!("{} / {}", a.label, b.label), &signed_percent(moved), &correlation]);
        }
        print!("{}", table.render());
    }
    let is_empty = found.metrics.iter().all(|(_, found)| found.is_err());
    Ok(if is_empty { Outcome::NothingComputed } else { Outcome::Done })
}
