//! CSV by header: columns are found by name, for providers add and move them.

use convex_core::Day;
use csv::{ReaderBuilder, StringRecord, Trim};

use super::numbers::number;
use crate::Failure;

/// A header and rows of as many cells.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    headings: StringRecord,
    rows: Vec<StringRecord>,
    /// Why the last line was left out, if it was.
    pub left_out: Option<String>,
}

/// A row, with what a message about it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'table> {
    headings: &'table StringRecord,
    cells: &'table StringRecord,
}

impl Table {
    /// Reads a body: commas, marks of quotation where needed, any line end, blank lines passed over.
    ///
    /// A body that was cut off shows by a last line with too few cells, or, where that line has no end, by a last number
    /// with fewer decimals than the numbers above it. Of the latter a row that may be whole is only left out.
    ///
    /// # Errors
    /// [`Failure::Malformed`] for rows of another width than the header's and for a cut, [`Failure::Empty`] without a row.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|error| malformed(&error))?.clone();
        let rows: Vec<StringRecord> =
            reader.into_records().collect::<Result<_, _>>().map_err(|error| malformed(&error))?;
        if rows.is_empty() {
            return Err(Failure::Empty);
        }
        let mut table = Self { headings, rows, left_out: None };
        if !text.ends_with(['\n', '\r']) {
            table.doubt_the_last_line()?;
        }
        Ok(table)
    }

    /// The names of the columns.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter()
    }

    /// The column of the first of these names that is there, in whatever case.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.headings.iter().position(|heading| heading.eq_ignore_ascii_case(name)))
    }

    /// As [`Self::column`], for a column that must be there.
    ///
    /// # Errors
    /// [`Failure::Malformed`].
    pub(crate) fn need(&self, names: &[&str]) -> Result<usize, Failure> {
        self.column(names).ok_or_else(|| {
            let found: Vec<&str> = self.headings.iter().take(8).collect();
            Failure::malformed(format!("no column \"{}\" among \"{}\"", names.join("\" or \""), found.join(",")))
        })
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { headings: &self.headings, cells })
    }

    fn doubt_the_last_line(&mut self) -> Result<(), Failure> {
        let Some((last, before)) = self.rows.split_last() else { return Ok(()) };
        let end = |row: &StringRecord| decimals(row.iter().next_back().unwrap_or_default());
        let Some(here) = end(last) else { return Ok(()) };
        // Without a number above it, one with two decimals is taken for whole: no provider prints fewer than that of many.
        let fewest = before.iter().filter_map(end).min().unwrap_or(0);
        let most = before.iter().filter_map(end).max().unwrap_or(2);
        let line = last.position().map_or(0, csv::Position::line);
        if here < fewest {
            return Err(Failure::malformed(format!("line {line}: the answer ends within a number")));
        }
        // Whole numbers have no decimals to count.
        if here < most || most == 0 {
            self.left_out = Some(format!("line {line} has no end and may be cut off: left out"));
            self.rows.pop();
        }
        Ok(())
    }
}

impl<'table> Row<'table> {
    /// A cell, without space around it.
    pub(crate) fn cell(&self, column: usize) -> &'table str {
        self.cells.get(column).unwrap_or_default()
    }

    /// A cell as a day.
    ///
    /// # Errors
    /// [`Failure::Malformed`] with line and column.
    pub(crate) fn day(&self, column: usize, read: fn(&str) -> Option<Day>) -> Result<Day, Failure> {
        read(self.cell(column)).ok_or_else(|| self.malformed(column, "is not a date"))
    }

    /// A cell as a number; `None` where it is marked as missing.
    ///
    /// # Errors
    /// [`Failure::Malformed`] with line and column.
    pub(crate) fn number(&self, column: usize) -> Result<Option<f64>, Failure> {
        number(self.cell(column)).map_err(|_| self.malformed(column, "is not a number"))
    }

    fn malformed(&self, column: usize, what: &str) -> Failure {
        let line = self.cells.position().map_or(0, csv::Position::line);
        let (cell, heading) = (self.cell(column), self.headings.get(column).unwrap_or_default());
        Failure::malformed(format!("line {line}: \"{cell}\" in column \"{heading}\" {what}"))
    }
}

fn malformed(error: &csv::Error) -> Failure {
    Failure::malformed(match error.kind() {
        csv::ErrorKind::UnequalLengths { pos: Some(at), expected_len, len } => {
            format!("line {}: {len} cells, the header has {expected_len}", at.line())
        }
        _ => error.to_string(),
    })
}

/// Digits behind the point of a number; `None` for what is no number.
fn decimals(cell: &str) -> Option<usize> {
    number(cell).ok()??;
    Some(cell.split_once('.').map_or(0, |(_, behind)| behind.bytes().take_while(u8::is_ascii_digit).count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::days::iso_day;

    fn check(text: &str, expected: Result<&[(&str, Option<f64>)], &str>) {
        let read = || -> Result<Vec<(String, Option<f64>)>, Failure> {
            let table = Table::read(text)?;
            let (date, value) = (table.need(&["date", "observation_date"])?, table.need(&["value"])?);
            table.rows().map(|row| Ok((row.day(date, iso_day)?.to_string(), row.number(value)?))).collect()
        };
        let found = read().map_err(|failure| failure.to_string());
        let expected = expected
            .map(|rows| rows.iter().map(|&(day, value)| (day.to_owned(), value)).collect::<Vec<_>>())
            .map_err(ToOwned::to_owned);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn columns_by_name() {
        let rows: &[_] = &[("2025-01-02", Some(1.5)), ("2025-01-03", None)];
        check("DATE,VALUE\n2025-01-02,1.5\n2025-01-03,.\n", Ok(rows));
        check("\u{feff}observation_date,value\r\n2025-01-02,1.5\r\n2025-01-03,\r\n", Ok(rows));
        check("value, other ,\"Date\"\n1.5,x,2025-01-02\n\n\"\",\"a, b\",2025-01-03\n", Ok(rows));
    }

    #[test]
    fn refusals_name_line_and_column() {
        check("", Err("no observation in the answer"));
        check("date,value\n", Err("no observation in the answer"));
        check(
            "day,value\n2025-01-02,1\n",
            Err("unreadable: no column \"date\" or \"observation_date\" among \"day,value\""),
        );
        check("date,value\n2025-01-02,x\n", Err("unreadable: line 2: \"x\" in column \"value\" is not a number"));
        check("date,value\n2025-1-2,1\n", Err("unreadable: line 2: \"2025-1-2\" in column \"date\" is not a date"));
        check("date,value\n2025-01-02,1.25\n2025-01", Err("unreadable: line 3: 1 cells, the header has 2"));
    }

    #[test]
    fn a_cut_number_is_not_a_number() {
        let whole = "date,value\n2025-01-01,1.25\n2025-01-02,1.50\n2025-01-03,1.75";
        let first = ("2025-01-01", Some(1.25));
        let second = ("2025-01-02", Some(1.5));
        check(whole, Ok(&[first, second, ("2025-01-03", Some(1.75))]));
        for cut in 1..4 {
            let found = Table::read(&whole[..whole.len() - cut]).map(|_| ());
            let words = if cut == 2 { "" } else { "unreadable: line 4: the answer ends within a number" };
            assert!(cut == 2 || found.is_err_and(|failure| failure.to_string() == words), "{cut}");
        }
        check(&whole[..whole.len() - 2], Err("unreadable: line 4: \"1.\" in column \"value\" is not a number"));
        // Numbers without trailing zeros: `1.7` may be whole, or `1.75`.
        check("date,value\n2025-01-01,1.25\n2025-01-02,1.5\n2025-01-03,1.7", Ok(&[first, second]));
        check("date,value\n2025-01-01,1\n2025-01-02,15", Ok(&[("2025-01-01", Some(1.0))]));
    }
}
