//! The first line: which column is what.

use super::Mistake;
use super::fields::fields;

/// Columns that mean something. Of the others only the number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Date,
    /// `close`, or `value` where there is no `close`.
    Close,
    AdjClose,
    Open,
    High,
    Low,
    Other,
}

impl Column {
    /// Columns with a meaning, and so with a place in a row.
    pub(super) const MEANT: usize = Self::Other as usize;

    fn named(name: &str) -> Self {
        match name {
            "date" => Self::Date,
            "close" | "value" => Self::Close,
            "adj_close" => Self::AdjClose,
            "open" => Self::Open,
            "high" => Self::High,
            "low" => Self::Low,
            _ => Self::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Close => "close",
            Self::AdjClose => "adj_close",
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Other => "",
        }
    }
}

/// The columns, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub columns: Vec<Column>,
    /// What the column of values is called.
    pub close: &'static str,
}

impl Header {
    pub(super) fn read(line: &str) -> Result<Self, Mistake> {
        if let Some(words) = other_separator(line) {
            return Err(Mistake::Separator(words));
        }
        // `Adj Close` is how some providers spell it.
        let names: Vec<String> = fields(line)
            .map(|name| Ok(name?.to_ascii_lowercase().replace(' ', "_")))
            .collect::<Result<_, Mistake>>()?;
        if !names.iter().any(|name| name == "date") {
            return Err(Mistake::NoDateColumn);
        }
        let close = if names.iter().any(|name| name == "close") { "close" } else { "value" };
        let columns: Vec<Column> = names
            .iter()
            .map(|name| match Column::named(name) {
                Column::Close if name != close => Column::Other,
                column => column,
            })
            .collect();
        let count = |column: Column| columns.iter().filter(|other| **other == column).count();
        if count(Column::Close) == 0 {
            return Err(Mistake::NoValueColumn);
        }
        let twice = columns.iter().find(|column| **column != Column::Other && count(**column) > 1);
        match twice {
            Some(Column::Close) => Err(Mistake::ColumnTwice(close)),
            Some(column) => Err(Mistake::ColumnTwice(column.name())),
            None => Ok(Self { columns, close }),
        }
    }
}

/// What stands between the columns, where it is not commas and a date is among them.
fn other_separator(line: &str) -> Option<&'static str> {
    let has_date = |separator: char| {
        line.split(separator)
            .any(|name| name.trim_matches(|c: char| c == '"' || c.is_whitespace()).eq_ignore_ascii_case("date"))
    };
    [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")]
        .into_iter()
        .find_map(|(separator, words)| (line.contains(separator) && has_date(separator)).then_some(words))
}
