//! Columns taken through the product together.

use std::ops::Range;
use std::sync::OnceLock;

use super::product::Matrix;
use super::strip::Strip;
use super::{Column, NOW, Rows};
use crate::screen::{BEFORE, YEAR};

/// Columns in a block. Of 128, 256 and 512 the middle one was fastest on two cores, and a tile stays in the cache.
pub(super) const WIDTH: usize = 256;

/// Columns whose rows are alike form blocks of their own from this number on.
const OF_ONE_KIND: usize = 24;

/// Neighbours in the order of a panel.
#[derive(Debug)]
pub(super) struct Block {
    /// Places in the panel's order.
    pub(super) places: Range<usize>,
    /// Whether pairs within a slower calendar's own series are wanted of it.
    pub(super) is_primary: bool,
    /// The rows of every column, if all have the same.
    pub(super) rows: Option<Rows>,
    strip: OnceLock<Strip>,
    ragged: OnceLock<Ragged>,
}

/// Columns on all rows of the panel, zero where they have none.
#[derive(Debug)]
pub(super) struct Ragged {
    /// Changes of each column at the rows where they end.
    pub(super) changes: Matrix,
    /// Sums of their squares from each row to the end.
    pub(super) squares: Matrix,
    /// The changes once more, those of one row side by side.
    pub(super) by_row: Vec<f64>,
    /// Rows that any of the columns has.
    pub(super) rows: Rows,
    /// Rows of each column that stand beside its gaps; none if it has no gap.
    pub(super) beside_gaps: Vec<Option<Rows>>,
    /// The usual row at which the windows of the present, a year and both together begin.
    pub(super) begins: [usize; 3],
}

/// Cuts columns in order into blocks: those whose rows are alike together, the others as they come.
pub(super) fn blocks(columns: &[&Column], offset: usize, is_primary: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut mixed = 0..0;
    let mut at = 0;
    let mut push = |places: Range<usize>, rows: Option<Rows>| {
        for start in places.clone().step_by(WIDTH) {
            let places = offset + start..offset + places.end.min(start + WIDTH);
            blocks.push(Block {
                places,
                is_primary,
                rows: rows.clone(),
                strip: OnceLock::new(),
                ragged: OnceLock::new(),
            });
        }
    };
    while at < columns.len() {
        let alike = columns[at..].iter().take_while(|column| column.rows() == columns[at].rows()).count();
        if alike >= OF_ONE_KIND || alike == columns.len() {
            push(mixed.clone(), None);
            push(at..at + alike, Some(columns[at].rows().clone()));
            mixed = at + alike..at + alike;
        } else {
            mixed.end = at + alike;
        }
        at += alike;
    }
    push(mixed, None);
    blocks
}

impl Block {
    /// Changes between the block's own rows, which all columns share.
    pub(super) fn strip(&self, columns: &[&Column], rows: &[usize], quarters: &[Option<u32>]) -> &Strip {
        self.strip.get_or_init(|| Strip::of(columns, rows, quarters))
    }

    /// Changes on all rows of the panel.
    pub(super) fn ragged(&self, columns: &[&Column], rows: usize) -> &Ragged {
        self.ragged.get_or_init(|| Ragged::of(columns, rows))
    }
}

impl Ragged {
    fn of(columns: &[&Column], rows: usize) -> Self {
        let mut changes = Matrix::zeros(rows, columns.len());
        let mut squares = Matrix::zeros(rows + 1, columns.len());
        let mut by_row = vec![0.0; rows * columns.len()];
        let mut any = Rows::none(rows);
        for (at, column) in columns.iter().enumerate() {
            any.join(column.rows());
            column.put_changes(changes.column_mut(at));
            let (from, into) = (changes.column(at), squares.column_mut(at));
            // From the end back, so that later sums keep their digits whatever went before.
            for row in (0..rows).rev() {
                into[row] = into[row + 1] + from[row] * from[row];
                by_row[row * columns.len() + at] = from[row];
            }
        }
        let usual = |back: usize| {
            let mut begins: Vec<usize> = columns.iter().map(|column| row_before_last(column.rows(), back)).collect();
            let middle = begins.len() / 2;
            *begins.select_nth_unstable(middle).1
        };
        let beside = |column: &&Column| Some(column.rows().beside_gaps()).filter(|rows| rows.count() > 0);
        let beside_gaps = columns.iter().map(beside).collect();
        let begins = [usual(NOW), usual(YEAR), usual(NOW + BEFORE)];
        Self { changes, squares, by_row, rows: any, beside_gaps, begins }
    }

    /// Changes of all columns that end at a row.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        let width = self.beside_gaps.len();
        &self.by_row[row * width..(row + 1) * width]
    }
}

/// The row so many of a column's own rows before its last; the first row if there are not so many.
fn row_before_last(rows: &Rows, back: usize) -> usize {
    let mut seen = 0;
    for (at, word) in rows.words().iter().enumerate().rev() {
        seen += word.count_ones() as usize;
        if seen > back {
            return (at * 64..at * 64 + 64).filter(|row| rows.has(*row)).nth(seen - back - 1).unwrap_or(0);
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_columns_stand_in_blocks_of_their_own() {
        let column = |start: usize| Column::new(400, (start..400).map(|row| (row, row as f64)));
        let columns: Vec<Column> = [1, 2, 3].into_iter().map(column).chain((0..300).map(|_| column(9))).collect();
        let refs: Vec<&Column> = columns.iter().collect();
        let found = blocks(&refs, 10, true);
        let seen: Vec<_> = found.iter().map(|block| (block.places.clone(), block.rows.is_some())).collect();
        assert_eq!(seen, [(10..13, false), (13..269, true), (269..313, true)]);
        assert_eq!(row_before_last(columns[0].rows(), 63), 336);
        assert_eq!(row_before_last(columns[0].rows(), 398), 1);
        assert_eq!(row_before_last(columns[0].rows(), 399), 0);
    }
}
