//! `convex forecast`: bands for what comes next, and their record.

use std::io::{IsTerminal, stdout};
use std::sync::Arc;

use convex_core::Day;
use convex_core::forecast::Options;
use indicatif::{ProgressBar, ProgressStyle};

use super::open::Opened;
use super::table::Table;
use super::{Format, Global, Outcome};
use crate::clock::Clock;
use crate::format::{fixed, percent, signed_percent};
use crate::outlook::{self, CardRecord, ForecastRecord, LineRecord, ScorecardRecord};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex forecast                       every series and every named pair; keeps them, and the scorecard
  convex forecast iwm dia-vs-iwm        bands of a series and of a ratio, printed, not kept
  convex forecast spy --as-of 2020-02-28   what would have been said then, from what was known then")]
pub(super) struct Args {
    /// Series, or pairs as a-vs-b; none for all
    targets: Vec<String>,
    /// Use nothing that became known after this day (nothing is kept then)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// First day of forecasts in the scorecard
    #[arg(long, value_name = "DATE", default_value = "2008-01-01")]
    from: Day,
    /// Paths of each forecast that is shown
    #[arg(long, value_name = "N", default_value = "5000", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    paths: u32,
    /// Paths of each forecast of the record
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    record_paths: u32,
    /// Print and keep nothing in the database
    #[arg(long)]
    dry_run: bool,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let store = opened.store().await?;
    let wanted = outlook::targets(&store, opened.catalog, &args.targets, args.as_of).await?;
    let options =
        Options { paths: args.paths as usize, record_paths: args.record_paths as usize, ..Options::default() };
    let bar = progress_bar();
    let shown = bar.clone();
    let tell = Arc::new(move |done: usize, total: usize| {
        shown.set_length(total as u64);
        shown.set_position(done as u64);
    });
    let made = outlook::make(wanted, options, tell).await?;
    bar.finish_and_clear();
    let format = Format::or_default(args.format);
    let records: Vec<&ForecastRecord> = made.iter().filter_map(|made| made.record.as_ref()).collect();
    if !args.targets.is_empty() || args.as_of.is_some() || args.dry_run {
        match format {
            Format::Json => println!("{}", serde_json::to_string_pretty(&records)?),
            Format::Table => print!("{}", bands(&records)),
        }
        return Ok(if records.is_empty() { Outcome::NothingComputed } else { Outcome::Done });
    }
    let (new, card) = outlook::keep(&store, &made, args.from, Clock::System.now()).await?;
    eprintln!("{new} new forecasts kept, of {} made", records.len());
    let Some(card) = card else { return Ok(Outcome::NothingComputed) };
    match format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&card)?),
        Format::Table => print!("{}", scorecard(&card)),
    }
    Ok(Outcome::Done)
}

fn bands(records: &[&ForecastRecord]) -> String {
    let mut table = Table::with_right(&[2, 3, 4]);
    table.row(["target", "ahead", "50 %", "80 %", "95 %", "made by"]);
    for record in records {
        for horizon in &record.horizons {
            let band = |at: usize| {
                let band = &horizon.bands[at];
                let digits = if band.high.abs() >= 100.0 {
                    1
                } else if band.high.abs() >= 10.0 {
                    2
                } else {
                    3
                };
                format!("{} to {}", fixed(band.low, digits), fixed(band.high, digits))
            };
            table.row([
                &format!("{}, {}", record.target, record.made),
                &format!("{} {}", horizon.horizon, record.steps),
                &band(0),
                &band(1),
                &band(2),
                &horizon.words,
            ]);
        }
    }
    table.render()
}

fn scorecard(card: &ScorecardRecord) -> String {
    let mut text = format!("Forecasts made from {} to {}, {} daily series\n\n", card.from, card.to, card.series);
    for (title, lines) in [
        ("", &card.overall),
        ("State when made", &card.regimes),
        ("Ratios and spreads", &card.pairs),
        ("Releases", &card.releases),
    ] {
        let mut table = Table::with_right(&[1, 2, 3, 4, 5, 6, 7, 8]);
        table.row(["", "ahead", "n", "in 50 %", "in 80 %", "in 95 %", "vs constant", "vs same", "model shown"]);
        for line in lines.iter().take(40) {
            let LineRecord { name, horizon, card } = line;
            let CardRecord { n, coverage, against_constant, against_same, model_shown, .. } = card;
            table.row([
                name,
                &horizon.map_or_else(|| "all".to_owned(), |horizon| horizon.to_string()),
                &n.to_string(),
                &percent(coverage[0]),
                &percent(coverage[1]),
                &percent(coverage[2]),
                &signed_percent(*against_constant),
                &signed_percent(*against_same),
                &percent(*model_shown),
            ]);
        }
        if !lines.is_empty() {
            text += &format!("{title}\n{}\n", table.render());
        }
    }
    text += &format!("Above the walk with constant volatility: {}\n", card.exceptions.join("; "));
    text
}

/// Shown on a terminal only.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if !stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} walked through, {eta} to go");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
