//! `KEY,FREQ,CURRENCY,…,TIME_PERIOD,OBS_VALUE,…`, some thirty columns or only a few of them, several series or one; or the
//! table of all currencies, a column each: `Date,USD,JPY,…`.

use super::Key;
use crate::read::days::{iso_day, period_day};
use crate::read::table::{Row, Table};
use crate::{Failure, Point};

/// The columns that tell series apart, in the order of a key.
const DIMENSIONS: [&str; 5] = ["FREQ", "CURRENCY", "CURRENCY_DENOM", "EXR_TYPE", "EXR_SUFFIX"];

/// Reads the values of a series.
pub(super) fn read(text: &str, key: &Key<'_>, warnings: &mut Vec<String>) -> Result<Vec<Point>, Failure> {
    let table = Table::read(text)?;
    warnings.extend(table.left_out.clone());
    if let (Some(date), None, [_, currency, "EUR", "SP00", "A"]) =
        (table.column(&["Date"]), table.column(&["OBS_VALUE"]), key.parts)
    {
        let currency = table.need(&[currency])?;
        return table.rows().filter_map(|row| point(row, date, currency).transpose()).collect();
    }
    let (period, value) = (table.need(&["TIME_PERIOD"])?, table.need(&["OBS_VALUE"])?);
    let full = table.column(&["KEY"]);
    let dimensions = DIMENSIONS.map(|name| table.column(&[name]));
    let is_of_key = |row: &Row<'_>| match full {
        Some(column) => row.cell(column).split_once('.').is_some_and(|(_, found)| found == key.text),
        None => dimensions.iter().zip(key.parts).all(|(column, part)| column.is_none_or(|at| row.cell(at) == part)),
    };
    let mut found = Vec::new();
    let mut rows = 0;
    for row in table.rows().filter(is_of_key) {
        rows += 1;
        found.extend(point(row, period, value)?);
    }
    if rows == 0 {
        return Err(Failure::malformed(format!("an answer without \"{}\"", key.text)));
    }
    Ok(found)
}

fn point(row: Row<'_>, period: usize, value: usize) -> Result<Option<Point>, Failure> {
    let day = match period_day(row.cell(period)) {
        Some(day) => day,
        None => row.day(period, iso_day)?,
    };
    Ok(row.number(value)?.map(|value| Point::new(day, value)))
}
