//! A table of columns, each of one kind.

use convex_core::Day;

/// One value of a row; what is absent is left empty in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(Option<f64>),
    /// A count.
    Count(Option<i64>),
    /// A day.
    Day(Option<Day>),
    /// Yes or no.
    Flag(Option<bool>),
}

/// Rows under named columns. Every row has a cell of the same kind for each column.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// Names of the columns.
    pub names: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the data are simulated.
    pub sample: bool,
}

impl Flat {
    /// Adds a row; the first one names the columns.
    pub fn push(&mut self, row: Vec<(&'static str, Cell)>) {
        let (names, cells): (Vec<_>, Vec<_>) = row.into_iter().unzip();
        debug_assert!(self.names.is_empty() || self.names == names, "all rows have the same columns");
        self.names = names;
        self.rows.push(cells);
    }
}
