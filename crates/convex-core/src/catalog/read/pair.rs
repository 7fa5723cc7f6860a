//! One `[[pair]]` of a catalogue file.

use toml::de::DeTable;

use super::fields::{Fields, plain};
use super::mistake::Report;
use super::{PairEntry, Place};

const KEYS: [&str; 6] = ["a", "b", "kind", "rationale", "a_ahead", "b_ahead"];

/// Reads the table; `None` if anything in it is wrong, which is then in the report.
pub(super) fn pair(table: &DeTable<'_>, offset: usize, place: &Place, report: &mut Report<'_>) -> Option<PairEntry> {
    let before = report.count();
    let leg = |key| table.get(key).and_then(|id| id.get_ref().as_str()).map_or("?".to_owned(), plain);
    let subject = format!("pair {}/{}", leg("a"), leg("b"));
    let mut fields = Fields::new(table, offset, subject, report);
    fields.only(&KEYS);
    let a = fields.text("a");
    let b = fields.text("b");
    if a.is_some() && a == b {
        fields.wrong("b", "a metric is not paired with itself");
    }
    let kind = fields.optional_word("kind");
    let rationale = fields.text("rationale");
    let a_ahead = fields.text("a_ahead");
    let b_ahead = fields.text("b_ahead");
    let lines = [fields.offset_of("a"), fields.offset_of("b")].map(|offset| fields.report.line(offset));
    if report.count() > before {
        return None;
    }
    Some(PairEntry {
        a: a?,
        b: b?,
        kind,
        rationale: rationale?,
        a_ahead: a_ahead?,
        b_ahead: b_ahead?,
        place: place.clone(),
        leg_lines: lines,
    })
}
