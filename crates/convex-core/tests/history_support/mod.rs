//! Real history beside the repository, where it is at hand.

use std::path::{Path, PathBuf};

use convex_core::catalog::{Catalog, Metric};
use convex_core::vet::Point;
use convex_core::{Day, Series};
use jiff::Timestamp;

/// The folder with test data; `None`, and a printed line, where there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let there = folder.is_dir();
    if !there {
        println!("skipped: no history at {}", folder.display());
    }
    there.then_some(folder)
}

/// The closes of one file, in order.
pub(crate) fn history(folder: &Path, id: &str) -> Vec<Point> {
    let text = std::fs::read_to_string(folder.join(format!("{id}.csv"))).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let close = header.iter().position(|name| *name == "close").unwrap();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        Point { day: fields[0].parse().unwrap(), value: fields[close].parse().unwrap() }
    };
    lines.map(row).collect()
}

/// The metrics of the catalogue that have a file, which are nearly all.
pub(crate) fn metrics(folder: &Path) -> Vec<&'static Metric> {
    let there = |metric: &&Metric| folder.join(format!("{}.csv", metric.id)).exists();
    let metrics: Vec<&Metric> = Catalog::builtin().metrics().map(AsRef::as_ref).filter(there).collect();
    assert!(metrics.len() >= 66, "{}", metrics.len());
    metrics
}

pub(crate) fn series(points: &[Point]) -> Series {
    let (days, values) = points.iter().map(|point| (point.day, point.value)).unzip();
    Series::new(days, values).unwrap()
}

pub(crate) fn end_of(day: Day) -> Timestamp {
    format!("{day}T23:59:59Z").parse().unwrap()
}
