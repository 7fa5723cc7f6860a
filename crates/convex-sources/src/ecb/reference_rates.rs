//! The reference rates as XML: `<Cube time='2026-01-05'><Cube currency='USD' rate='1.17'/>…</Cube>`.

use super::Key;
use crate::read::days::iso_day;
use crate::read::numbers::number;
use crate::read::xml::{Node, walk};
use crate::{Failure, Point};

/// Reads the rates of a currency.
pub(super) fn read_xml(text: &str, key: &Key<'_>) -> Result<Vec<Point>, Failure> {
    let mut found = Vec::new();
    let mut day = None;
    let mut days = 0;
    walk(text, |node| {
        let Node::Open(cube) = node else { return Ok(()) };
        if let Some(time) = cube.attribute("time") {
            day = Some(iso_day(&time).ok_or_else(|| Failure::malformed(format!("\"{time}\" is not a date")))?);
            days += 1;
        }
        if cube.attribute("currency").is_some_and(|currency| currency == key.currency()) {
            let rate = cube.attribute("rate").unwrap_or_default();
            let rate = number(&rate).map_err(|error| Failure::malformed(error.to_string()))?;
            let day = day.ok_or_else(|| Failure::malformed("a rate without a day"))?;
            found.extend(rate.map(|rate| Point::new(day, rate)));
        }
        Ok(())
    })?;
    match (days, found.is_empty()) {
        (0, _) => Err(Failure::malformed("XML without a day of rates")),
        (_, true) => Err(Failure::UnknownSymbol { detail: key.text.to_owned() }),
        _ => Ok(found),
    }
}
