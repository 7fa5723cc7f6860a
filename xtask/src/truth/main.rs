//! `cargo xtask truth`: simulated markets of which everything is known check the statistics themselves.
//!
//! An example of the `xtask` crate, so that the checks of the tree build without the mathematics, and the samples are
//! made by optimised code.

mod cell;
mod cells;
mod ledger;
mod market;
mod notes;
mod population;
mod progress;
mod report;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Parser;

use cell::{Cell, Finished};
use ledger::Ledger;
use progress::Progress;

/// Samples a cell below which a run is a trial, and what it writes is not kept with the documentation.
const KEPT_FROM: usize = 1_000;

/// Simulated markets with known truth check coverage of intervals, size of tests and power.
#[derive(Parser)]
#[command(name = "cargo xtask truth")]
struct Arguments {
    /// Samples a cell
    #[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    samples: u64,
    /// Only cells whose name contains this; the report is then printed, not kept
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Go on from the committed report and from where an earlier run was stopped: samples made of a cell are not made again
    #[arg(long)]
    resume: bool,
    /// Run none: write the report from what earlier runs have made
    #[arg(long, conflicts_with = "only")]
    report: bool,
    /// List the cells, run none
    #[arg(long)]
    list: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let samples = arguments.samples as usize;
    let cells: Vec<Cell> = cells::all()
        .into_iter()
        .filter(|cell| arguments.only.as_ref().is_none_or(|part| cell.name.contains(part.as_str())))
        .collect();
    if cells.is_empty() {
        bail!("no cell is named like that: --list shows all");
    }
    if arguments.list {
        for cell in &cells {
            println!("{}", cell.name);
        }
        return Ok(());
    }
    let goes_on = arguments.resume || arguments.report;
    let ledger = Ledger::open(target().join("truth").join("cells.jsonl"), goes_on || arguments.only.is_some())?;
    let known = if goes_on { ledger.read(&results()) } else { Vec::new() };
    let finished = if arguments.report { known } else { finish(&cells, &known, samples, &ledger)? };
    let (cells, finished) = in_order(&cells, &finished);
    let page = report::page(&cells, &finished, &notes::read(&docs())?);
    if arguments.only.is_some() || samples < KEPT_FROM {
        println!("{page}");
        return Ok(());
    }
    std::fs::create_dir_all(docs().join("truth"))?;
    std::fs::write(docs().join("truth.md"), page)?;
    std::fs::write(results(), report::results(&finished))?;
    println!("{} cells, written to docs/truth.md and docs/truth/results.json", finished.len());
    Ok(())
}

/// All cells: those known from before with as many samples as asked for, or more, and the rest run now, those of which
/// nothing is known first. Of a cell known with fewer, the missing samples are made.
fn finish(cells: &[Cell], known: &[Finished], samples: usize, ledger: &Ledger) -> Result<Vec<Finished>> {
    let of = |cell: &Cell| known.iter().find(|old| cell.is(old));
    let made = |cell: &Cell| of(cell).map_or(0, |old| old.samples);
    let missing = |cell: &Cell| samples.saturating_sub(made(cell));
    let progress = Progress::new(cells.iter().map(missing).sum());
    let mut by_need: Vec<&Cell> = cells.iter().collect();
    by_need.sort_by_key(|cell| made(cell));
    let mut finished = Vec::with_capacity(cells.len());
    for cell in by_need {
        let found = match of(cell) {
            Some(old) if missing(cell) == 0 => old.clone(),
            old => {
                let new = cell.run(samples, old, &progress);
                ledger.append(&new)?;
                new
            }
        };
        finished.push(found);
    }
    progress.finish();
    Ok(finished)
}

/// The cells that were run, and what they found, in the order of the plan.
fn in_order<'a>(cells: &'a [Cell], finished: &[Finished]) -> (Vec<&'a Cell>, Vec<Finished>) {
    let found = |cell: &'a Cell| Some((cell, finished.iter().find(|found| cell.is(found))?.clone()));
    cells.iter().filter_map(found).unzip()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn docs() -> PathBuf {
    root().join("docs")
}

fn results() -> PathBuf {
    docs().join("truth").join("results.json")
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_names_every_cell_and_every_measure_once() {
        let mut names: Vec<String> = cells::all().into_iter().map(|cell| cell.name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(count > 40, "{count}");
        for cell in cells::all() {
            let mut measures: Vec<&str> = cell.measures.iter().map(|measure| measure.name).collect();
            measures.sort_unstable();
            measures.dedup();
            assert_eq!(measures.len(), cell.measures.len(), "{}", cell.name);
        }
    }

    #[test]
    fn a_sample_does_not_depend_on_threads_or_on_its_neighbours() {
        let cell = cells::all().into_iter().find(|cell| cell.name.starts_with("drivers")).unwrap();
        let progress = Progress::new(60);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = one.install(|| cell.run(20, None, &progress));
        assert_eq!(alone.tallies, cell.run(20, None, &progress).tallies);
        let part = cell.run(7, None, &progress);
        assert_eq!(alone.tallies, cell.run(20, Some(&part), &progress).tallies);
        let sampler = (cell.prepare)();
        let separately: f64 = (0..20_u64)
            .filter_map(|sample| sampler(&mut market::Random::of(&cell.name, sample), sample as usize)[0])
            .sum();
        assert_eq!(alone.tallies[0], cell::Tally { of: 20, sum: separately });
    }

    #[test]
    fn finished_cells_are_not_run_again() {
        let folder = std::env::temp_dir().join(format!("convex-truth-{}", std::process::id()));
        let (none, ledger) = (folder.join("none"), Ledger::open(folder.join("cells.jsonl"), false).unwrap());
        let cells: Vec<Cell> = cells::all().into_iter().filter(|cell| cell.name.starts_with("naive levels")).collect();
        let first = finish(&cells, &[], 8, &ledger).unwrap();
        let mut known = ledger.read(&none);
        assert_eq!(known.len(), 1);
        known[0].tallies[0].sum = 5.0;
        let again = finish(&cells, &known, 8, &ledger).unwrap();
        assert_eq!(again[0].tallies, known[0].tallies);
        let longer = finish(&cells, &known, 9, &ledger).unwrap();
        assert_eq!((first[0].samples, longer[0].samples), (8, 9));
        assert!(longer[0].tallies[0].sum >= 5.0 && longer[0].tallies[0].of == 9);
        assert_eq!(finish(&cells, &ledger.read(&none), 4, &ledger).unwrap()[0].tallies, longer[0].tallies);
        known[0].measures = vec!["something else".to_owned()];
        assert_eq!(finish(&cells, &known, 8, &ledger).unwrap()[0].tallies, first[0].tallies);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_committed_report_holds_cells_of_the_plan() {
        let folder = std::env::temp_dir().join(format!("convex-report-{}", std::process::id()));
        let known = Ledger::open(folder.join("cells.jsonl"), false).unwrap().read(&results());
        let cells = cells::all();
        let asked_the_same = known.iter().filter(|found| cells.iter().any(|cell| cell.is(found)));
        assert!(asked_the_same.count() > 40, "a run could not go on from the report");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
