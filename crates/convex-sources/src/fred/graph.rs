//! The file behind a chart: `observation_date,DGS10`, formerly `DATE,DGS10`; a missing value is empty, formerly `.`.

use crate::read::days::{NEW_YORK, iso_day, today};
use crate::read::points;
use crate::read::table::Table;
use crate::{Adjustment, Column, Failure, Kind, Parsed, Payload, Point, Request};

/// Reads a file.
pub(super) fn read(request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let symbol = request.symbols.first().map_or("", String::as_str);
    let table = Table::read(payload.text(Kind::Text)?)?;
    let (date, value) = (table.need(&["observation_date", "date"])?, table.need(&[symbol])?);
    let mut found = Vec::new();
    for row in table.rows() {
        let day = row.day(date, iso_day)?;
        found.extend(row.number(value)?.map(|value| Point::new(day, value)));
    }
    let mut parsed = Parsed { warnings: table.left_out.into_iter().collect(), ..Parsed::default() };
    found = points::ascending(found, symbol, &mut parsed.warnings);
    found = points::until(found, today(payload.received, &NEW_YORK), symbol, &mut parsed.warnings);
    parsed.columns.push(Column::closes(symbol, Adjustment::None, found));
    Ok(parsed)
}
