//! Columns that share all their rows in a tile: one window for every pair, so the product is the answer.

use super::product::Matrix;
use super::sums::{AT_ALL, AT_NOW, AT_QUARTER, AT_SPAN, AT_YEAR, NEEDS, WINDOWS, is_clear};
use super::{BEFORE, Column, NOW, YEAR};

/// Place of the window before the present one, which follows from two others.
pub(super) const AT_BEFORE: usize = WINDOWS;

/// Changes of several columns between rows all of them have.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    pub(super) changes: Matrix,
    /// Changes in each window, from the end.
    pub(super) lens: [usize; WINDOWS],
    /// For each window, then the one before the present, what each column contributes.
    pub(super) scales: [Vec<Scale>; WINDOWS + 1],
}

/// A column in a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Sum of the changes.
    pub(super) sum: f64,
    /// Their mean.
    pub(super) mean: f64,
    /// One over the root of the sum of squares about the mean; not a number if too little is left of it.
    pub(super) inverse: f64,
}

impl Strip {
    /// Changes of columns between consecutive `rows`, which all of them have.
    pub(super) fn of(columns: &[&Column], rows: &[usize], quarters: &[Option<u32>]) -> Self {
        let steps = rows.len().saturating_sub(1);
        let mut changes = Matrix::zeros(steps, columns.len());
        let lens = lens(rows, quarters);
        let mut scales: [Vec<Scale>; WINDOWS + 1] = std::array::from_fn(|_| Vec::with_capacity(columns.len()));
        for (at, column) in columns.iter().enumerate() {
            let into = changes.column_mut(at);
            let span =
                rows.first().zip(rows.last()).map_or(0.0, |(first, last)| column.level(*last) - column.level(*first));
            let mean = span / steps.max(1) as f64;
            for (place, pair) in rows.windows(2).enumerate() {
                into[place] = column.level(pair[1]) - column.level(pair[0]) - mean;
            }
            let sums = lens.map(|len| sums(&into[steps - len..]));
            let before = (sums[AT_SPAN].0 - sums[AT_NOW].0, sums[AT_SPAN].1 - sums[AT_NOW].1);
            let needed = NEEDS.into_iter().chain([BEFORE]);
            let counts = lens.into_iter().chain([lens[AT_SPAN] - lens[AT_NOW]]);
            // The window before is what is left of a larger one, which must not have swallowed its digits.
            let wholes = sums.map(|(_, square)| square).into_iter().chain([sums[AT_SPAN].1]);
            let all = sums.into_iter().chain([before]).zip(wholes).zip(counts.zip(needed)).enumerate();
            for (window, (((sum, square), whole), (n, needed))) in all {
                scales[window].push(Scale::of(sum, square, whole, n, needed));
            }
        }
        Self { changes, lens, scales }
    }
}

impl Scale {
    fn of(sum: f64, square: f64, whole: f64, n: usize, needed: usize) -> Self {
        let count = n as f64;
        let around = square - sum * sum / count;
        let clear = n >= needed && is_clear(around, whole, count);
        Self { sum, mean: sum / count, inverse: if clear { around.sqrt().recip() } else { f64::NAN } }
    }
}

/// Changes in each window that ends at the last row.
fn lens(rows: &[usize], quarters: &[Option<u32>]) -> [usize; WINDOWS] {
    let steps = rows.len().saturating_sub(1);
    let opens = rows.last().and_then(|last| quarters[*last]);
    let quarter = rows.iter().skip(1).rev().take_while(|row| opens.is_none_or(|opens| **row > opens as usize)).count();
    let mut lens = [steps; WINDOWS];
    lens[AT_NOW] = steps.min(NOW);
    lens[AT_QUARTER] = quarter;
    lens[AT_YEAR] = steps.min(YEAR);
    lens[AT_SPAN] = steps.min(NOW + BEFORE);
    lens[AT_ALL] = steps;
    lens
}

fn sums(changes: &[f64]) -> (f64, f64) {
    (crate::sum::sum(changes), crate::sum::dot(changes, changes))
}
