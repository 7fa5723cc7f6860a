//! The rows below the header, gathered into columns.

use convex_core::{Day, Series};

use super::fields::fields;
use super::header::{Column, Header};
use super::lines::Line;
use super::number::number;
use super::{Mistake, Parsed, Warning};

/// The rows read so far.
pub(super) struct Rows<'header> {
    header: &'header Header,
    today: Day,
    days: Vec<Day>,
    close: Vec<f64>,
    /// Stays empty without such a column.
    adj_close: Vec<f64>,
    has_adj_close: bool,
    warnings: Vec<Warning>,
}

impl<'header> Rows<'header> {
    pub(super) fn new(header: &'header Header, today: Day) -> Self {
        Self {
            header,
            today,
            days: Vec::new(),
            close: Vec::new(),
            adj_close: Vec::new(),
            has_adj_close: header.columns.contains(&Column::AdjClose),
            warnings: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn read(&mut self, line: &Line<'_>) -> Result<(), Mistake> {
        let cells = self.cells(line.text)?;
        let cell = |column: Column| cells[column as usize];
        self.days.push(self.day(cell(Column::Date))?);
        let close = number(cell(Column::Close), self.header.close)?;
        self.close.push(close);
        if self.has_adj_close {
            self.adj_close.push(number(cell(Column::AdjClose), "adj_close")?);
        }
        if !fits([Column::Open, Column::High, Column::Low].map(cell), close) {
            self.count_misfit(line.number);
        }
        Ok(())
    }

    fn count_misfit(&mut self, line: u64) {
        match self.warnings.first_mut() {
            Some(Warning::Range { rows, .. }) => *rows += 1,
            None => self.warnings.push(Warning::Range { rows: 1, first_line: line }),
        }
    }

    /// The cells that mean something, each at the place of its column; blank where there is no such column.
    fn cells<'line>(&self, line: &'line str) -> Result<[&'line str; Column::MEANT], Mistake> {
        let mut cells = [""; Column::MEANT];
        let expected = self.header.columns.len();
        let mut found = 0;
        for field in fields(line) {
            let field = field?;
            if let Some(cell) = self.header.columns.get(found).and_then(|column| cells.get_mut(*column as usize)) {
                *cell = field;
            }
            found += 1;
        }
        if found == expected { Ok(cells) } else { Err(Mistake::Columns { found, expected }) }
    }

    fn day(&self, text: &str) -> Result<Day, Mistake> {
        if text.is_empty() {
            return Err(Mistake::Blank("date"));
        }
        let day: Day = text.parse()?;
        match self.days.last() {
            Some(before) if *before == day => Err(Mistake::DateTwice(day)),
            Some(before) if *before > day => Err(Mistake::DateOrder { day, before: *before }),
            _ if day > self.today => Err(Mistake::DateInFuture { day, today: self.today }),
            _ => Ok(day),
        }
    }

    /// All rows, as series.
    pub(super) fn finish(self) -> Result<Parsed, Mistake> {
        if self.days.is_empty() {
            return Err(Mistake::NoRows);
        }
        let series = |days, values| Series::new(days, values).expect("each row was checked as it was read");
        let adj_close = self.has_adj_close.then(|| series(self.days.clone(), self.adj_close));
        Ok(Parsed { close: series(self.days, self.close), adj_close, warnings: self.warnings })
    }
}

/// Whether high and low enclose open and close. A blank cell says nothing.
fn fits(open_high_low: [&str; 3], close: f64) -> bool {
    if open_high_low == [""; 3] {
        return true;
    }
    let [open, high, low] =
        open_high_low.map(|text| if text.is_empty() { Ok(None) } else { number(text, "").map(Some) });
    let (Ok(open), Ok(high), Ok(low)) = (open, high, low) else { return false };
    let inside = |value: f64| high.is_none_or(|high| value <= high) && low.is_none_or(|low| low <= value);
    inside(close) && open.is_none_or(inside) && low.is_none_or(inside)
}
