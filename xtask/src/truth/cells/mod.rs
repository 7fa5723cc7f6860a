//! The plan: which statistics are asked, of which simulated markets, at which lengths.

mod breaks;
mod forbes_rigobon;
mod intervals;
mod levels;
mod moves;
mod naive;
mod page;
mod partial_lead;
mod power;
mod returning;
mod segments;
mod stress;
mod tails;

use crate::cell::{Answers, Cell, Kind, Measure};
use crate::market::Random;

/// All cells, in the order of the report.
pub(crate) fn all() -> Vec<Cell> {
    [
        intervals::cells(),
        stress::cells(),
        forbes_rigobon::cells(),
        page::cells(),
        levels::cells(),
        moves::cells(),
        breaks::cells(),
        segments::cells(),
        tails::cells(),
        returning::cells(),
        power::cells(),
        partial_lead::cells(),
        naive::cells(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A cell that needs no preparation.
fn plain(
    family: &str,
    truth: String,
    n: usize,
    measures: Vec<Measure>,
    sample: impl Fn(&mut Random, usize) -> Answers + Sync + Clone + 'static,
) -> Cell {
    prepared(family, truth, n, measures, move || sample.clone())
}

/// A cell whose sampler is prepared once.
fn prepared<S>(
    family: &str,
    truth: String,
    n: usize,
    measures: Vec<Measure>,
    prepare: impl Fn() -> S + Sync + 'static,
) -> Cell
where
    S: Fn(&mut Random, usize) -> Answers + Sync + 'static,
{
    let name = format!("{family}: {truth}, n {n}");
    Cell { name, truth, n, measures, prepare: Box::new(move || Box::new(prepare())) }
}

/// Measures of one kind.
fn measures(kind: Kind, names: &[&'static str]) -> Vec<Measure> {
    names.iter().map(|name| Measure { name, kind }).collect()
}
