//! Checks of the tree itself. `cargo test` runs those that need no network; `cargo xtask NAME` runs one.

mod deps;
mod licences;
mod purity;
mod sizes;
mod spdx;
mod tree;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Checks of the tree itself.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    check: Check,
}

#[derive(Clone, Copy, Subcommand)]
enum Check {
    /// Which crate may depend on which
    Deps,
    /// Only permissive licences, in Rust and in npm, for normal, build and dev dependencies
    Licences,
    /// No clock, file or socket in the two pure crates
    Purity,
    /// No source file past 400 lines
    Sizes,
}

impl Check {
    fn run(self) -> Result<Report> {
        match self {
            Self::Deps => deps::check(),
            Self::Licences => licences::check(),
            Self::Purity => purity::check(),
            Self::Sizes => sizes::check(),
        }
    }
}

/// What a check looked at, and what it holds against it.
struct Report {
    looked_at: String,
    faults: Vec<String>,
}

fn main() -> Result<ExitCode> {
    let report = Arguments::parse().check.run()?;
    for fault in &report.faults {
        eprintln!("error: {fault}");
    }
    if report.faults.is_empty() {
        println!("{}: nothing to object to", report.looked_at);
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}: {} to mend", report.looked_at, report.faults.len());
    Ok(ExitCode::FAILURE)
}
