//! The numbers of a chart as a table, for those who read rather than look.

use convex_core::Day;

/// The most rows a page prints in full.
pub const MOST_ROWS: usize = 260;

/// Rows of a longer range, sampled evenly, its first and last day kept.
const SAMPLED_ROWS: usize = 100;

/// Numbers at days, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Heads of the columns after the day.
    pub heads: Vec<String>,
    /// Day and cells.
    pub rows: Vec<(String, Vec<String>)>,
    /// Days in the range, printed or not.
    pub of: usize,
}

/// A column: its head, its values, and how they are read.
pub(super) struct Column<'a> {
    pub(super) head: String,
    pub(super) days: &'a [Day],
    pub(super) values: &'a [f64],
    pub(super) text: Box<dyn Fn(f64) -> String + 'a>,
}

impl Table {
    /// Whether days were left out.
    pub fn is_sampled(&self) -> bool {
        self.rows.len() < self.of
    }

    /// One row for each day that any column has, thinned to [`MOST_ROWS`].
    pub(super) fn of_columns(columns: &[Column<'_>]) -> Self {
        let mut days: Vec<Day> = columns.iter().flat_map(|column| column.days.iter().copied()).collect();
        days.sort_unstable();
        days.dedup();
        let rows = thinned(days.len())
            .map(|at| {
                let cell = |column: &Column<'_>| match column.days.binary_search(&days[at]) {
                    Ok(place) => (column.text)(column.values[place]),
                    Err(_) => String::new(),
                };
                (days[at].to_string(), columns.iter().map(cell).collect())
            })
            .collect();
        Self { heads: columns.iter().map(|column| column.head.clone()).collect(), rows, of: days.len() }
    }
}

/// All positions up to [`MOST_ROWS`]; of more, evenly spaced ones, the first and the last among them.
fn thinned(of: usize) -> impl Iterator<Item = usize> {
    let rows = if of > MOST_ROWS { SAMPLED_ROWS } else { of };
    (0..rows).map(move |row| if rows < 2 { 0 } else { row * (of - 1) / (rows - 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ranges_are_whole_and_long_ones_sampled() {
        assert_eq!(thinned(0).count(), 0);
        assert_eq!(thinned(1).collect::<Vec<_>>(), [0]);
        assert_eq!(thinned(260).collect::<Vec<_>>(), (0..260).collect::<Vec<_>>());
        let long: Vec<usize> = thinned(6_438).collect();
        assert_eq!((long.len(), long[0], long[99]), (100, 0, 6_437));
        assert!(long.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_day_without_a_value_has_an_empty_cell() {
        let days: Vec<Day> = ["2025-12-30", "2025-12-31"].map(|text| text.parse().unwrap()).to_vec();
        let columns = [
            Column { head: "A".to_owned(), days: &days, values: &[0.0, 1.0], text: Box::new(|at| at.to_string()) },
            Column { head: "B".to_owned(), days: &days[1..], values: &[0.0], text: Box::new(|at| at.to_string()) },
        ];
        let table = Table::of_columns(&columns);
        assert_eq!(table.rows[0], ("2025-12-30".to_owned(), vec!["0".to_owned(), String::new()]));
        assert_eq!(table.rows[1], ("2025-12-31".to_owned(), vec!["1".to_owned(), "0".to_owned()]));
        assert!(!table.is_sampled());
    }
}
