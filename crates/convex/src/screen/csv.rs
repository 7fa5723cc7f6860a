//! Flat columns as CSV. Numbers are the shortest decimals that lead back to the very same value.

use std::io::{self, Write};

use super::{Cell, Flat};

pub(super) fn write(flat: &Flat, output: impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    let mark = flat.sample.then_some("simulated");
    writer.write_record(flat.names.iter().copied().chain(mark))?;
    for row in &flat.rows {
        let mark = flat.sample.then(|| "Simulated".to_owned());
        writer.write_record(row.iter().map(text).chain(mark))?;
    }
    writer.flush()
}

fn text(cell: &Cell) -> String {
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => or_empty(number.map(|number| number.to_string())),
        Cell::Count(count) => or_empty(count.map(|count| count.to_string())),
        Cell::Day(day) => or_empty(day.map(|day| day.to_string())),
        Cell::Flag(flag) => or_empty(flag.map(|flag| flag.to_string())),
    }
}
