//! The matrix product: sums of products of all columns of one block with all of another.

use nalgebra::{DMatrix, DMatrixView, Dyn};

use crate::sum::dot;

/// Up to this size nalgebra leaves its fast kernel, and its other way does not serve matrices with exchanged strides.
const SMALL: usize = 8;

/// Columns of changes side by side, each `rows` long.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub(super) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    pub(super) fn column(&self, at: usize) -> &[f64] {
        &self.values[at * self.rows..(at + 1) * self.rows]
    }

    pub(super) fn column_mut(&mut self, at: usize) -> &mut [f64] {
        &mut self.values[at * self.rows..(at + 1) * self.rows]
    }

    fn part(&self, from: usize, len: usize) -> &[f64] {
        &self.values[from..from + (self.columns - 1) * self.rows + len]
    }
}

/// Sums of products over the last rows of both matrices, for each of `lasts` (rising): entry (i, j) belongs to column i of
/// `a` and column j of `b`. A window holds the one before, so each row is multiplied once.
pub(super) fn products(a: &Matrix, b: &Matrix, lasts: &[usize]) -> Vec<DMatrix<f64>> {
    let mut found: Vec<DMatrix<f64>> = Vec::with_capacity(lasts.len());
    let mut done = 0;
    for last in lasts {
        let mut sum = found.last().cloned().unwrap_or_else(|| DMatrix::zeros(a.columns, b.columns));
        let len = last - done;
        let (from_a, from_b) = (a.rows - last, b.rows - last);
        if len.min(a.columns).min(b.columns) <= SMALL {
            for (j, i) in (0..b.columns).flat_map(|j| (0..a.columns).map(move |i| (j, i))) {
                sum[(i, j)] += dot(&a.column(i)[from_a..from_a + len], &b.column(j)[from_b..from_b + len]);
            }
        } else {
            // Read with exchanged strides, the first matrix is its own transpose: nothing is copied.
            let left: DMatrixView<'_, f64, Dyn, Dyn> =
                DMatrixView::from_slice_with_strides(a.part(from_a, len), a.columns, len, a.rows, 1);
            let right: DMatrixView<'_, f64, Dyn, Dyn> =
                DMatrixView::from_slice_with_strides(b.part(from_b, len), len, b.columns, 1, b.rows);
            sum.gemm(1.0, &left, &right, 1.0);
        }
        done = *last;
        found.push(sum);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    fn matrix(rows: usize, columns: usize, seed: u64) -> Matrix {
        let mut matrix = Matrix::zeros(rows, columns);
        for at in 0..columns {
            matrix.column_mut(at).copy_from_slice(&noise(rows, seed + at as u64));
        }
        matrix
    }

    #[test]
    fn equal_sums_of_products_of_the_last_rows() {
        let (a, b) = (matrix(120, 17, 1), matrix(100, 9, 50));
        for (last, found) in [0, 7, 63, 100].into_iter().zip(products(&a, &b, &[0, 7, 63, 100])) {
            for i in 0..17 {
                for j in 0..9 {
                    let direct = dot(&a.column(i)[120 - last..], &b.column(j)[100 - last..]);
                    assert!((found[(i, j)] - direct).abs() < 1e-12);
                }
            }
        }
    }
}
