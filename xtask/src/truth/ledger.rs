//! Finished cells on disk, one line of JSON each, so that a run that was stopped goes on where it was.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

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

    /// Cells that have finished; of several lines for one cell the last counts, and a line cut off by a kill is none.
    pub(crate) fn read(&self) -> Vec<Finished> {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        let mut cells: Vec<Finished> = Vec::new();
        for cell in text.lines().filter_map(of_line) {
            cells.retain(|known| known.cell != cell.cell);
            cells.push(cell);
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
        tallies: value["tallies"].as_array()?.iter().map(tally).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_survives_and_a_torn_line_does_not() {
        let cell = Finished {
            cell: "link, n 62".to_owned(),
            samples: 3,
            seconds: 1.5,
            tallies: vec![Tally { sum: 2.0, of: 3 }],
        };
        let line = to_json(&cell).to_string();
        assert_eq!(of_line(&line), Some(cell));
        assert_eq!(of_line(&line[..line.len() - 1]), None);
    }
}
