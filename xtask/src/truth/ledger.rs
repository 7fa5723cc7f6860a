//! Finished cells on disk, one line of JSON each, so that a run that was stopped goes on where it was.
//!
//! The committed report has the same lines, so that a run can go on from it too.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::cell::{Finished, Tally};

/// The file of finished cells.
pub(crate) struct Ledger {
    path: PathBuf,
}

impl Ledger {
    /// The ledger at `path`, emptied unless the run resumes.
    pub(crate) fn open(path: PathBuf, resume: bool) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        if !resume {
            fs::write(&path, "").with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(Self { path })
    }

    /// Cells that have finished, here or in the report at `report`; of several lines for one cell that with the most
    /// samples counts, and a line cut off by a kill is none.
    pub(crate) fn read(&self, report: &Path) -> Vec<Finished> {
        let mut cells: Vec<Finished> = Vec::new();
        for path in [report, &self.path] {
            let text = fs::read_to_string(path).unwrap_or_default();
            for cell in text.lines().filter_map(|line| of_line(line.trim_end_matches(','))) {
                let fewer = |known: &Finished| known.cell == cell.cell && known.samples <= cell.samples;
                cells.retain(|known| !fewer(known));
                if cells.iter().all(|known| known.cell != cell.cell) {
                    cells.push(cell);
                }
            }
        }
        cells
    }

    /// Appends a finished cell.
    pub(crate) fn append(&self, cell: &Finished) -> Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        writeln!(file, "{}", to_json(cell)).with_context(|| format!("cannot append to {}", self.path.display()))
    }
}

/// A finished cell as JSON.
pub(crate) fn to_json(cell: &Finished) -> Value {
    let tallies: Vec<Value> = cell.tallies.iter().map(|tally| json!([tally.sum, tally.of])).collect();
    json!({
        "measures": cell.measures,
        "cell": cell.cell,
        "samples": cell.samples,
        "seconds": (cell.seconds * 10.0).round() / 10.0,
        "tallies": tallies,
    })
}

fn of_line(line: &str) -> Option<Finished> {
    let value: Value = serde_json::from_str(line).ok()?;
    let tally = |pair: &Value| Some(Tally { sum: pair[0].as_f64()?, of: pair[1].as_u64()? as usize });
    Some(Finished {
        cell: value["cell"].as_str()?.to_owned(),
        samples: value["samples"].as_u64()? as usize,
        seconds: value["seconds"].as_f64()?,
        measures: value["measures"]
            .as_array()?
            .iter()
            .map(|name| name.as_str().map(str::to_owned))
            .collect::<Option<_>>()?,
        tallies: value["tallies"].as_array()?.iter().map(tally).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(samples: usize) -> Finished {
        Finished {
            cell: "link, n 62".to_owned(),
            samples,
            seconds: 1.5,
            measures: vec!["share".to_owned()],
            tallies: vec![Tally { sum: 2.0, of: samples }],
        }
    }

    #[test]
    fn a_cell_survives_and_a_torn_line_does_not() {
        let line = to_json(&cell(3)).to_string();
        assert_eq!(of_line(&line), Some(cell(3)));
        assert_eq!(of_line(&line[..line.len() - 1]), None);
    }

    #[test]
    fn a_run_goes_on_from_the_report_or_from_the_ledger_whichever_has_more() {
        let folder = std::env::temp_dir().join(format!("convex-ledger-{}", std::process::id()));
        let report = folder.join("results.json");
        let ledger = Ledger::open(folder.join("cells.jsonl"), false).unwrap();
        assert_eq!(ledger.read(&report), []);
        fs::write(&report, format!("{{\"cells\": [\n{},\n{}\n]}}", to_json(&cell(5)), "{}")).unwrap();
        assert_eq!(ledger.read(&report), [cell(5)]);
        ledger.append(&cell(3)).unwrap();
        assert_eq!(ledger.read(&report), [cell(5)]);
        ledger.append(&cell(8)).unwrap();
        assert_eq!(ledger.read(&report), [cell(8)]);
        fs::remove_dir_all(folder).unwrap();
    }
}
