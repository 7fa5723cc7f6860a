//! `Date,"1 Mo","2 Mo",…`, newest first; a maturity that did not exist yet is empty, and new ones come as new columns.

use super::Curve;
use super::tenor::Tenor;
use crate::Failure;
use crate::read::days::american_day;
use crate::read::table::Table;

/// Reads a file.
pub(super) fn read(text: &str, warnings: &mut Vec<String>) -> Result<Curve, Failure> {
    let table = match Table::read(text) {
        Err(Failure::Empty) if text.contains("Date") => return Ok(Curve::default()),
        table => table?,
    };
    let date = table.need(&["Date"])?;
    let tenors: Vec<(usize, Tenor)> = table
        .headings()
        .enumerate()
        .filter_map(|(column, heading)| Some((column, Tenor::of_heading(heading)?)))
        .collect();
    let mut curve = Curve::default();
    for row in table.rows() {
        let day = row.day(date, american_day)?;
        curve.days += 1;
        for &(column, tenor) in &tenors {
            curve.add(tenor, day, row.number(column)?);
        }
    }
    warnings.extend(table.left_out);
    Ok(curve)
}
