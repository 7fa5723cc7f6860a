//! Checks of the tree itself. `cargo test` runs those that need no network; `cargo xtask NAME` runs one.

mod calendars;
mod deps;
mod licences;
mod purity;
mod sizes;
mod spdx;
mod tree;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// Checks of the tree itself.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    check: Check,
}

#[derive(Subcommand)]
enum Check {
    /// Make the trading calendars again, with Python's packages; needs a network
    Calendars {
        /// Compare with what is there instead of writing
        #[arg(long)]
        check: bool,
    },
    /// Which crate may depend on which
    Deps,
    /// Only permissive licences, in Rust and in npm, for normal, build and dev dependencies
    Licences,
    /// No clock, file or socket in the two pure crates
    Purity,
    /// No source file past 400 lines
    Sizes,
    /// Simulated markets with known truth check the statistics themselves; writes docs/truth.md (see `truth --help`)
    #[command(disable_help_flag = true)]
    Truth {
        /// Options of the truth tests: --samples, --only, --resume, --list
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Simulated catalogues check the odds of the screen's tested list; writes docs/screen-truth.md
    #[command(disable_help_flag = true)]
    ScreenTruth {
        /// Options: --samples, --draws, --calm
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
}

impl Check {
    fn run(&self) -> Result<ExitCode> {
        let report = match self {
            Self::Deps => deps::check(),
            Self::Licences => licences::check(),
            Self::Purity => purity::check(),
            Self::Sizes => sizes::check(),
            Self::Calendars { check } => return calendars::make(*check),
            Self::Truth { options } => return truth("truth", options),
            Self::ScreenTruth { options } => return truth("screen_truth", options),
        };
        Ok(report?.shown())
    }
}

/// Runs the truth tests, a program of their own: they are built with the mathematics, and optimised.
fn truth(example: &str, options: &[String]) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = ["run", "--quiet", "--release", "--package", "xtask", "--example", example, "--"];
    let status = Command::new(cargo).args(run).args(options).status().context("cannot start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a check looked at, and what it holds against it.
struct Report {
    looked_at: String,
    faults: Vec<String>,
}

impl Report {
    /// Prints it, and says how the program ends.
    fn shown(&self) -> ExitCode {
        for fault in &self.faults {
            eprintln!("error: {fault}");
        }
        if self.faults.is_empty() {
            println!("{}: nothing to object to", self.looked_at);
            return ExitCode::SUCCESS;
        }
        eprintln!("{}: {} to mend", self.looked_at, self.faults.len());
        ExitCode::FAILURE
    }
}

fn main() -> Result<ExitCode> {
    Arguments::parse().check.run()
}
