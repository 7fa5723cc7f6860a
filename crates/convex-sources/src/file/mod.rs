//! CSV files of an operator: one series a file, or two where the dividend-adjusted close stands beside the close.
//!
//! The first line names the columns. `date` and `close` (or `value`) are required; `open`, `high`, `low`, `adj_close` and
//! `volume` may be there, and any other column is passed over. Dates are `YYYY-MM-DD`, oldest first.

mod address;
mod fields;
mod header;
mod lines;
mod mistake;
mod number;
mod row;

use std::io::Read;

use convex_core::{Day, Series};

use header::Header;
use lines::Lines;
use row::Rows;

pub(crate) use address::FileAtAddress;
pub use mistake::{Found, Mistake, Warning};

/// What a file may hold at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The last day that may have a value.
    pub today: Day,
    /// Bytes of the file.
    pub max_bytes: u64,
}

/// What a file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// Dates with `close` (or `value`).
    pub close: Series,
    /// Dates with `adj_close`, where there is such a column.
    pub adj_close: Option<Series>,
    /// What is odd but does no harm.
    pub warnings: Vec<Warning>,
}

/// Reads a file to its end, or to its first mistake. Memory is bounded: a line has a limit, and there are only so many
/// days.
pub fn parse(input: impl Read, limits: &Limits) -> Result<Parsed, Found> {
    let mut lines = Lines::new(input, limits.max_bytes);
    read_all(&mut lines, limits.today).map_err(|mistake| Found { line: lines.number(), mistake })
}

fn read_all(lines: &mut Lines<impl Read>, today: Day) -> Result<Parsed, Mistake> {
    let header = Header::read(lines.next()?.ok_or(Mistake::Empty)?.text)?;
    let mut rows = Rows::new(&header, today);
    while let Some(line) = lines.next()? {
        rows.read(&line)?;
    }
    rows.finish()
}
