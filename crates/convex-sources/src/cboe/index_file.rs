//! All history of an index: `DATE,OPEN,HIGH,LOW,CLOSE`, or two columns of which the second has the name of the index.
//!
//! The closes are to be trusted. Open, high and low of 1992 to 2006 hold impossible values; they are passed on as they are.

use jiff::civil::{Time, time};

use crate::read::days::{NEW_YORK, american_day, last_closed};
use crate::read::points;
use crate::read::table::{Row, Table};
use crate::{Adjustment, Candle, Column, Failure, Kind, Parsed, Payload, Point};

/// When the indices on volatility are done for the day, in New York.
const CLOSE: Time = time(16, 15, 0, 0);

/// Reads a file.
pub(super) fn read(symbol: &str, payload: &Payload<'_>) -> Result<Parsed, Failure> {
    let table = Table::read(payload.text(Kind::Text)?)?;
    let date = table.need(&["DATE"])?;
    let name = symbol.trim_start_matches('_');
    let close = match table.column(&["CLOSE", name]) {
        Some(column) => column,
        None if table.headings().count() == 2 => 1 - date,
        None => table.need(&["CLOSE", name])?,
    };
    let range = [table.column(&["OPEN"]), table.column(&["HIGH"]), table.column(&["LOW"])];
    let last = last_closed(payload.received, &NEW_YORK, CLOSE);

    let mut found = Vec::new();
    let mut candles = Vec::new();
    for row in table.rows() {
        let day = row.day(date, american_day)?;
        let Some(value) = row.number(close)? else { continue };
        if day > last {
            continue;
        }
        found.push(Point::new(day, value));
        if range.iter().any(Option::is_some) {
            let [open, high, low] = range.map(|column| of_range(row, column));
            candles.push(Candle { day, open, high, low });
        }
    }
    let mut parsed = Parsed { warnings: table.left_out.into_iter().collect(), ..Parsed::default() };
    let candles = points::ranges_ascending(candles);
    let found = points::ascending(found, symbol, &mut parsed.warnings);
    parsed.columns.push(Column { candles, ..Column::closes(symbol, Adjustment::None, found) });
    Ok(parsed)
}

/// Open, high or low: what cannot be read is not there, for the close does not depend on it.
fn of_range(row: Row<'_>, column: Option<usize>) -> Option<f64> {
    row.number(column?).ok().flatten()
}
