//! What can be wrong with a file.

use std::fmt;
use std::io;

use convex_core::{Day, NotADay};

/// A mistake, and the line that has it.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {mistake}")]
pub struct Found {
    /// Counted from 1.
    pub line: u64,
    /// What is wrong there.
    #[source]
    pub mistake: Mistake,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Mistake {
    /// It holds nothing.
    #[error("the file is empty")]
    Empty,
    /// It ends after its header.
    #[error("no row follows the header")]
    NoRows,
    /// Its header names no date.
    #[error("the header has no column \"date\"")]
    NoDateColumn,
    /// Its header names no value.
    #[error("the header has no column \"close\" (or \"value\")")]
    NoValueColumn,
    /// Two columns have one name.
    #[error("the header has two columns \"{0}\"")]
    ColumnTwice(&'static str),
    /// Its columns stand apart by something other than commas.
    #[error("this file uses {0}; use commas")]
    Separator(&'static str),
    /// A row has more or fewer columns than the header.
    #[error("the header has {expected} columns, this line {found}")]
    Columns {
        /// Columns of the row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// A cell that must have a value has none.
    #[error("column \"{0}\" is blank")]
    Blank(&'static str),
    /// Not a date, or none that Convex accepts.
    #[error(transparent)]
    Date(#[from] NotADay),
    /// A date stands twice.
    #[error("{0} stands twice")]
    DateTwice(Day),
    /// A date is earlier than that of the row before.
    #[error("{day} comes after {before}: sort the rows by date, oldest first")]
    DateOrder {
        /// The date.
        day: Day,
        /// The date of the row before.
        before: Day,
    },
    /// A date lies in the future.
    #[error("{day} is in the future, today is {today}")]
    DateInFuture {
        /// The date.
        day: Day,
        /// The last day that may have a value.
        today: Day,
    },
    /// Not a number.
    #[error("\"{text}\" in column \"{column}\" is not a number")]
    NotANumber {
        /// The column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// Infinite, or explicitly not a number.
    #[error("\"{text}\" in column \"{column}\" is not finite")]
    NotFinite {
        /// The column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// A number beyond what can be represented.
    #[error("\"{text}\" in column \"{column}\" is too large a number")]
    TooLarge {
        /// The column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// A quoted cell does not end on its line, or goes on after the closing mark.
    #[error("a quotation mark is not closed")]
    Quotation,
    /// Not UTF-8.
    #[error("the text is not UTF-8: save the file as UTF-8")]
    NotUtf8,
    /// A line beyond the limit.
    #[error("the line is longer than {0} bytes")]
    LongLine(usize),
    /// A file beyond the limit.
    #[error("the file is larger than the {0} bytes allowed")]
    LargeFile(u64),
    /// Reading failed.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
}

/// What is odd about a file but does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Rows whose open, high or low is no number, or whose high and low do not enclose open and close.
    Range {
        /// How many.
        rows: usize,
        /// The first of them.
        first_line: u64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Range { rows, first_line } = self;
        let rows_have = if *rows == 1 { "row has" } else { "rows have" };
        write!(
            f,
            "{rows} {rows_have} an open, high or low that does not fit, first in line {first_line}; the close is kept"
        )
    }
}
