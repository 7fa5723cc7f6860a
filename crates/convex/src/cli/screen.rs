//! `convex screen`: every pair at once.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;
use convex_core::Day;
use convex_core::screen::{Ranking, Share};
use indicatif::{ProgressBar, ProgressStyle};

use super::open::Opened;
use super::{Global, Outcome, table};
use crate::api::{LedgerDto, RankedDto, TestedDto};
use crate::desk::{Desk, Scope, ScreenAsk};
use crate::screen::{self, Flat, Listed, read_list};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_help = "Examples:
  convex screen                                 the 20 pairs whose correlation changed most, of all stored series
  convex screen --by gap --top 100              the 100 widest gaps
  convex screen --tested                        the named comparisons, judged together
  convex screen --list mine.txt --tested        your own pairs, one a line (dia/iwm), judged together
  convex screen --ledger                        what became of past marks
  convex screen --share 2/4 --format parquet --output 2.parquet    the second of four shares of all pairs
  convex screen --top 500 --format parquet --output screen.parquet")]
pub(super) struct Args {
    /// File with ids or pairs, one a line: only these series, or only these pairs
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Pairs listed at most
    #[arg(long, value_name = "N", default_value = "20")]
    top: usize,
    /// The named comparisons (or the list), tested as one family, instead of a ranking of all pairs
    #[arg(long)]
    tested: bool,
    /// What pairs are ranked by
    #[arg(long, value_enum, default_value = "change", conflicts_with = "tested")]
    by: By,
    /// Keep the tested list of the day, so that what became of its marks can be counted; a kept day is never changed
    #[arg(long, requires = "tested", conflicts_with = "list")]
    keep: bool,
    /// What became of the marks of kept lists: how often the gap came back, beside how often it does anyway
    #[arg(long, conflicts_with_all = ["tested", "list", "as_of", "keep"])]
    ledger: bool,
    /// Use nothing that became known after this day
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Only this share of all pairs, from 1: several processes or machines take one each, and the largest of all lists are
    /// those of the whole
    #[arg(long, value_name = "N/OF", value_parser = share, conflicts_with_all = ["tested", "list", "ledger"])]
    share: Option<Share>,
    /// Also rank correlations of the pairs listed
    #[arg(long)]
    spearman: bool,
    /// Also rank pairs of which a leg has ended
    #[arg(long)]
    ended: bool,
    /// How to print [default: table on a terminal, json into a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a screen is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// One row a pair.
    Csv,
    /// One row a pair, in columns.
    Parquet,
}

/// What pairs are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Change of correlation: the last 63 sessions against the 252 before.
    Change,
    /// Distance of the ratio or spread from its mean of 252 sessions.
    Gap,
    /// Size of the correlation over 252 sessions.
    Correlation,
}

impl From<By> for Ranking {
    fn from(by: By) -> Self {
        match by {
            By::Change => Self::Change,
            By::Gap => Self::Gap,
            By::Correlation => Self::Correlation,
        }
    }
}

pub(super) async fn run(global: &Global, args: Args) -> anyhow::Result<Outcome> {
    let desk = Opened::new(global)?.desk().await?;
    if args.ledger {
        return ledger(&desk, args.format).await;
    }
    if args.keep {
        match desk.keep_family(args.as_of).await? {
            Some((day, true)) => eprintln!("kept the tested list of {day}"),
            Some((day, false)) => eprintln!("the tested list of {day} is kept already, and stays as it is"),
            None => eprintln!("nothing could be tested, so nothing is kept"),
        }
    }
    let scope = match &args.list {
        Some(path) => listed(&desk, path).await?,
        None => Scope::Everything,
    };
    let is_terminal = stdout().is_terminal() && args.output.is_none();
    let format = args.format.unwrap_or(if is_terminal { Format::Table } else { Format::Json });
    if format == Format::Parquet && is_terminal {
        super::wrong_usage("Parquet is not text: use --output FILE, or a pipe");
    }
    let by = args.by.into();
    let share = args.share.unwrap_or(Share::WHOLE);
    let (top, as_of, spearman, ended) = (args.top, args.as_of, args.spearman, args.ended);
    let ask = ScreenAsk { scope, by, top, as_of, spearman, ended, share };
    let (text, flat, is_empty) = if args.tested {
        let found = desk.tested_screen(ask).await?;
        let text = match format {
            Format::Table => table::tested(&found, args.top),
            _ => serde_json::to_string_pretty(&TestedDto::from(found.as_ref()))? + "\n",
        };
        (text, screen::of_tested(&found), found.tested.tests == 0)
    } else {
        let bar = progress_bar();
        let shown = bar.clone();
        let tell = Arc::new(move |done: usize, total: usize| {
            shown.set_length(total as u64);
            shown.set_position(done as u64);
        });
        let found = desk.ranked_screen_now(ask, tell).await?;
        bar.finish_and_clear();
        let text = match format {
            Format::Table => table::ranked(&found),
            _ => serde_json::to_string_pretty(&RankedDto::from(&found))? + "\n",
        };
        (text, screen::of_ranked(&found), found.rows.is_empty())
    };
    match &args.output {
        None => write(format, &text, &flat, stdout())?,
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            write(format, &text, &flat, BufWriter::new(file))?;
        }
    }
    Ok(if is_empty { Outcome::NothingComputed } else { Outcome::Done })
}

/// `2/4`: the second of four.
fn share(text: &str) -> Result<Share, String> {
    let parts = text.split_once('/').and_then(|(at, of)| Some((at.parse::<usize>().ok()?, of.parse::<usize>().ok()?)));
    match parts {
        Some((at, of)) if at >= 1 && at <= of => Ok(Share { at: at - 1, of }),
        _ => Err(format!("\"{text}\" is no share: 2/4 is the second of four")),
    }
}

/// What became of the marks of kept lists.
async fn ledger(desk: &Desk, format: Option<Format>) -> anyhow::Result<Outcome> {
    let found = desk.ledger().await?;
    match format.unwrap_or(if stdout().is_terminal() { Format::Table } else { Format::Json }) {
        Format::Table => print!("{}", table::ledger(&found)),
        Format::Json => println!("{}", serde_json::to_string_pretty(&LedgerDto::from(found.as_ref()))?),
        Format::Csv | Format::Parquet => super::wrong_usage("the ledger is printed as a table or as JSON"),
    }
    Ok(if found.days == 0 { Outcome::NothingComputed } else { Outcome::Done })
}

fn write(format: Format, text: &str, flat: &Flat, mut output: impl Write + Send) -> std::io::Result<()> {
    match format {
        Format::Csv => screen::write_csv(flat, output),
        Format::Parquet if !flat.rows.is_empty() => screen::write_parquet(flat, output),
        Format::Parquet => Ok(()),
        Format::Table | Format::Json => match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            // A reader that has read enough and is gone is no failure.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        },
    }
}

/// The scope a file names; every name is looked up, and a name that means nothing is an error.
async fn listed(desk: &Desk, path: &Path) -> anyhow::Result<Scope> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the list {shown}"))?;
    let list = read_list(&text).with_context(|| format!("the list {shown}"))?;
    let known = desk.stored_ids().await?;
    let find = async |typed: &str| -> anyhow::Result<String> {
        // Thousands of ids that are stored need no search.
        if known.contains(typed) {
            return Ok(typed.to_owned());
        }
        Ok(desk.resolve(typed).await.with_context(|| format!("the list {shown}"))?.id.clone())
    };
    Ok(match list {
        Listed::Series(typed) => {
            let mut ids = Vec::with_capacity(typed.len());
            for one in &typed {
                ids.push(find(one).await?);
            }
            Scope::Series(ids)
        }
        Listed::Pairs(typed) => {
            let mut pairs = Vec::with_capacity(typed.len());
            for (a, b) in &typed {
                pairs.push((find(a).await?, find(b).await?));
            }
            Scope::Pairs(pairs)
        }
    })
}

/// Shown on a terminal only.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {percent} % of all pairs, {eta} to go");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
