//! One series of a panel.

use super::Rows;

/// A series on the rows of a panel: logarithms of levels measured in log changes, levels of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Row of the first of `levels`.
    first: usize,
    /// A level for each row from the first to the last it has; a row it lacks repeats the one before.
    levels: Vec<f64>,
    rows: Rows,
    /// Whether every level is a number.
    regular: bool,
}

impl Column {
    /// A series over a panel of `rows` rows, from the rows it has, in rising order, and its level on each: not a number
    /// where the level has no logarithm.
    ///
    /// # Panics
    /// If a row is not below `rows`, or the rows do not rise.
    pub fn new(rows: usize, observations: impl IntoIterator<Item = (usize, f64)>) -> Self {
        let mut column = Self { first: 0, levels: Vec::new(), rows: Rows::none(rows), regular: true };
        for (row, level) in observations {
            if column.levels.is_empty() {
                column.first = row;
            }
            let place = row - column.first;
            assert!(place >= column.levels.len(), "the rows of a column rise");
            let before = column.levels.last().copied().unwrap_or(level);
            column.levels.resize(place, before);
            column.levels.push(level);
            column.rows.add(row);
            column.regular &= level.is_finite();
        }
        column
    }

    /// The rows it has.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Level on a row it has.
    pub(super) fn level(&self, row: usize) -> f64 {
        self.levels[row - self.first]
    }

    pub(super) fn first(&self) -> usize {
        self.first
    }

    pub(super) fn is_regular(&self) -> bool {
        self.regular
    }

    /// The last row it has; the first if there is none.
    pub(super) fn last(&self) -> usize {
        self.first + self.levels.len().saturating_sub(1)
    }

    /// Level on a row, or on the last before it that it has.
    pub(super) fn level_by(&self, row: usize) -> f64 {
        self.levels[row.min(self.last()) - self.first]
    }

    /// Writes its changes at the rows where they end, and zero elsewhere; `into` is zero and begins at row 0.
    pub(super) fn put_changes(&self, into: &mut [f64]) {
        for (place, pair) in self.levels.windows(2).enumerate() {
            let row = self.first + place + 1;
            if self.rows.has(row) {
                into[row] = pair[1] - pair[0];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_where_they_end() {
        let column = Column::new(8, [(1, 10.0), (2, 11.0), (5, 14.0), (6, 16.0)]);
        let mut changes = vec![0.0; 8];
        column.put_changes(&mut changes);
        assert_eq!(changes, [0.0, 0.0, 1.0, 0.0, 0.0, 3.0, 2.0, 0.0]);
        assert_eq!((column.last(), column.level_by(4), column.level_by(7)), (6, 11.0, 16.0));
        assert_eq!((column.level(5), column.rows().count(), column.first()), (14.0, 4, 1));
    }

    #[test]
    fn a_level_without_a_logarithm_is_irregular() {
        assert!(!Column::new(3, [(0, 1.0), (1, f64::NAN)]).is_regular());
        assert!(Column::new(3, []).is_empty());
    }
}
