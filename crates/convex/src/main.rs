//! The one binary: see `cli` for what it can do.

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = convex::cli::Cli::parse();
    convex::telemetry::init();
    match cli.run().await {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("convex: {error:#}");
            ExitCode::from(1)
        }
    }
}
