//! Why a promise is missed: a small table written by people, in `docs/truth/notes.json`.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// A reason for the cells whose name contains `cell`, at the measure `measure`.
pub(crate) struct Note {
    cell: String,
    measure: String,
    pub(crate) reason: String,
}

/// The notes, in order; the first that fits counts.
pub(crate) fn read(docs: &Path) -> Result<Vec<Note>> {
    let path = docs.join("truth").join("notes.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("{} is not a list of cell, measure and reason", path.display()))
}

fn parse(text: &str) -> Option<Vec<Note>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let text = |note: &Value, key: &str| note[key].as_str().map(str::to_owned);
    let note = |note: &Value| {
        Some(Note { cell: text(note, "cell")?, measure: text(note, "measure")?, reason: text(note, "reason")? })
    };
    value.as_array()?.iter().map(note).collect()
}

/// The reason for a cell and a measure.
pub(crate) fn reason<'a>(notes: &'a [Note], cell: &str, measure: &str) -> Option<&'a str> {
    notes.iter().find(|note| cell.contains(&note.cell) && measure == note.measure).map(|note| note.reason.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_note_that_fits_counts() {
        let text =
            r#"[{"cell": "t(5)", "measure": "m", "reason": "tails"}, {"cell": "", "measure": "m", "reason": "rest"}]"#;
        let notes = parse(text).unwrap();
        assert_eq!(reason(&notes, "link: GARCH t(5), n 62", "m"), Some("tails"));
        assert_eq!(reason(&notes, "link: GARCH t(8), n 62", "m"), Some("rest"));
        assert_eq!(reason(&notes, "link: GARCH t(8), n 62", "other"), None);
        assert!(parse(r#"[{"cell": "t(5)"}]"#).is_none());
    }

    #[test]
    fn the_committed_notes_can_be_read() {
        read(&crate::docs()).unwrap();
    }
}
