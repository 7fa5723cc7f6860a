//! The command line: one file a command.

mod compare;
mod config;
mod digest;
mod doctor;
mod export;
mod figure;
mod forecast;
mod forget;
mod import;
mod ingest;
mod metrics;
mod open;
mod regime;
mod replay;
mod scenario;
mod screen;
mod serve;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

/// Compare any two market or macro series, with evidence.
#[derive(Debug, Parser)]
#[command(name = "convex", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Examples:
  convex import prices/            every CSV file of a folder (columns date and close)
  convex compare dia iwm           how two series relate, as a table
  convex serve                     the site on http://127.0.0.1:8080")]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Database, created and migrated on first use [default: `sqlite://data/convex.db`]
    #[arg(long, global = true, env = "CONVEX_DB", value_name = "URL")]
    db: Option<String>,
    /// Configuration file [default: convex.toml in the working directory, if there]
    #[arg(long, global = true, env = "CONVEX_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site and the JSON API
    Serve(serve::Args),
    /// Fetch what is due from the providers
    Ingest(ingest::Args),
    /// Read CSV files into the database
    Import(import::Args),
    /// Compare two series
    Compare(compare::Args),
    /// Every pair at once: what moves together, what no longer does, whose gap is wide
    Screen(screen::Args),
    /// Bands for what comes next, and how such bands did
    Forecast(forecast::Args),
    /// The states of the market, since when and how sure
    Regime(regime::Args),
    /// What happened in dated episodes
    Scenario(scenario::Args),
    /// Print one figure with its inputs, seed and method
    Figure(figure::Args),
    /// List the catalogue, or show one metric
    Metrics(metrics::Args),
    /// The daily digest: print it, write it to a folder, send it
    Digest(digest::Args),
    /// Write the observations of one series to standard output
    Export(export::Args),
    /// Remove a series and all its history
    Forget(forget::Args),
    /// Read archived answers of providers again
    Replay(replay::Args),
    /// Check the database, the catalogue and the age of every series
    Doctor(doctor::Args),
    /// Check or show the configuration
    Config(config::Args),
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

impl Format {
    /// What was asked for; else a table on a terminal and JSON into a pipe.
    fn or_default(asked: Option<Self>) -> Self {
        use std::io::IsTerminal;
        asked.unwrap_or(if std::io::stdout().is_terminal() { Self::Table } else { Self::Json })
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked is done.
    Done,
    /// Something failed; messages say what.
    Failed,
    /// Done, but nothing could be computed.
    NothingComputed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::NothingComputed => 3,
        })
    }
}

/// Ends the program as wrong usage (exit 2), the way options that do not exist do.
fn wrong_usage(message: &str) -> ! {
    Cli::command().error(clap::error::ErrorKind::ArgumentConflict, message).exit()
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> anyhow::Result<Outcome> {
        let global = &self.global;
        match self.command {
            Command::Serve(args) => serve::run(global, args).await,
            Command::Ingest(args) => ingest::run(global, args).await,
            Command::Import(args) => import::run(global, args).await,
            Command::Compare(args) => compare::run(global, args).await,
            Command::Screen(args) => screen::run(global, args).await,
            Command::Forecast(args) => forecast::run(global, args).await,
            Command::Regime(args) => regime::run(global, args).await,
            Command::Scenario(args) => scenario::run(global, args).await,
            Command::Figure(args) => figure::run(global, args).await,
            Command::Metrics(args) => metrics::run(global, args).await,
            Command::Digest(args) => digest::run(global, args).await,
            Command::Export(args) => export::run(global, args).await,
            Command::Forget(args) => forget::run(global, args).await,
            Command::Replay(args) => replay::run(global, args).await,
            Command::Doctor(args) => doctor::run(global, args).await,
            Command::Config(args) => config::run(global, &args),
        }
    }
}
