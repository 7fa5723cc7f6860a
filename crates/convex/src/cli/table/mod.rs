//! Tables for the terminal: aligned by what a character really takes, plain enough to paste into a mail.

mod braille;
mod comparison;
mod screen;

use unicode_width::UnicodeWidthStr;

pub(super) use comparison::print as comparison;
pub(super) use screen::{ledger, ranked, tested};

/// A table whose first column is aligned to the left and the others as told.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    right: Vec<usize>,
}

impl Table {
    /// A table whose columns of these positions are aligned to the right.
    pub(super) fn with_right(right: &[usize]) -> Self {
        Self { rows: Vec::new(), right: right.to_vec() }
    }

    /// Adds a row.
    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    /// The table as text, two spaces between columns, no spaces at line ends.
    pub(super) fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let fill = " ".repeat(widths[column] - cell.width());
                let gap = if column == 0 { "" } else { "  " };
                let (before, after) =
                    if self.right.contains(&column) { (fill.as_str(), "") } else { ("", fill.as_str()) };
                line.push_str(&format!("{gap}{before}{cell}{after}"));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::with_right(&[1]);
        table.row(["value", "480.57"]);
        table.row(["a longer name", "7 %"]);
        assert_eq!(table.render(), "value          480.57\na longer name     7 %\n");
    }
}
