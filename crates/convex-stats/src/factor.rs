//! Least squares on the first k columns of a design, for every k from one factorisation of its products.

use crate::Undefined;

/// Share of a column's square that must be left after the columns before it.
const INDEPENDENT: f64 = 1e-13;

/// Sums of products of the columns of a design, symmetric.
#[derive(Clone, Debug)]
pub(crate) struct Gram {
    size: usize,
    cells: Vec<f64>,
}

impl Gram {
    /// All zero, for `size` columns.
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Sum of products of columns `i` and `j`.
    pub(crate) fn get(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.size + j]
    }

    /// Sets the sum of products of columns `i` and `j`, and so of `j` and `i`.
    pub(crate) fn set(&mut self, i: usize, j: usize, value: f64) {
        self.cells[i * self.size + j] = value;
        self.cells[j * self.size + i] = value;
    }

    /// Products of the columns less their means, from the sums of the columns over `n` rows.
    pub(crate) fn centre(&mut self, sums: &[f64], n: f64) {
        for (row, a) in self.cells.chunks_exact_mut(self.size).zip(sums) {
            for (cell, b) in row.iter_mut().zip(sums) {
                *cell -= a * b / n;
            }
        }
    }
}

/// Cholesky factor of the products of the leading columns, with the rows of the responses that follow them.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    gram: Gram,
    columns: usize,
    lower: Vec<f64>,
}

impl Factor {
    /// Factor of the first `columns` columns of `gram`; the others are responses.
    ///
    /// Refused where a column is a combination of those before it.
    pub(crate) fn of(gram: Gram, columns: usize) -> Result<Self, Undefined> {
        let mut lower = vec![0.0; gram.size * columns];
        for i in 0..gram.size {
            for j in 0..columns.min(i + 1) {
                let (done, current) = lower.split_at(i * columns);
                let row = &current[..j];
                if i == j {
                    let left = gram.get(i, i) - row.iter().map(|cell| cell * cell).sum::<f64>();
                    // Written so that a square that is not a number is refused as well.
                    let independent = left > INDEPENDENT * gram.get(i, i) && left.is_finite();
                    if !independent {
                        return Err(Undefined::NotMeaningful("a regressor is a combination of the others"));
                    }
                    lower[i * columns + j] = left.sqrt();
                } else {
                    let pivot = &done[j * columns..=j * columns + j];
                    let product: f64 = row.iter().zip(pivot).map(|(a, b)| a * b).sum();
                    lower[i * columns + j] = (gram.get(i, j) - product) / pivot[j];
                }
            }
        }
        Ok(Self { gram, columns, lower })
    }

    /// Sum of products of what is left of responses `i` and `j` after the first `count` columns.
    pub(crate) fn residual(&self, i: usize, j: usize, count: usize) -> f64 {
        let products = self.row(i)[..count].iter().zip(&self.row(j)[..count]).map(|(a, b)| a * b);
        self.gram.get(i, j) - products.sum::<f64>()
    }

    /// t statistic of the first column in the regression of `response` on the first `count` columns, with `degrees` of
    /// freedom left; not finite where the fit is exact.
    pub(crate) fn first_t(&self, response: usize, count: usize, degrees: usize) -> f64 {
        // The first column of the inverse factor: its product with the response's row is the coefficient, its own
        // square the coefficient's variance in units of the residual variance.
        let mut inverse = Vec::with_capacity(count);
        for i in 0..count {
            let row = self.row(i);
            let known: f64 = row[..i].iter().zip(&inverse).map(|(a, b)| a * b).sum();
            inverse.push((if i == 0 { 1.0 } else { -known }) / row[i]);
        }
        let coefficient: f64 = inverse.iter().zip(self.row(response)).map(|(a, b)| a * b).sum();
        let spread: f64 = inverse.iter().map(|cell| cell * cell).sum();
        coefficient / (spread * self.residual(response, response, count) / degrees as f64).sqrt()
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.lower[i * self.columns..(i + 1) * self.columns]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns (1, 1, 1, 1) and (0, 1, 2, 3), response (1, 2, 2, 5).
    fn line() -> Gram {
        let columns = [[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 2.0, 3.0], [1.0, 2.0, 2.0, 5.0]];
        let mut gram = Gram::zero(3);
        for i in 0..3 {
            for j in 0..=i {
                gram.set(i, j, columns[i].iter().zip(&columns[j]).map(|(a, b)| a * b).sum());
            }
        }
        gram
    }

    #[test]
    fn nested_fits_come_from_one_factor() {
        let factor = Factor::of(line(), 2).unwrap();
        assert!((factor.residual(2, 2, 0) - 34.0).abs() < 1e-12);
        assert!((factor.residual(2, 2, 1) - 9.0).abs() < 1e-12);
        // By hand: slope 1.2, intercept 0.7, residuals 0.3, 0.1, -1.1, 0.7.
        assert!((factor.residual(2, 2, 2) - 1.8).abs() < 1e-12);
        assert!((factor.first_t(2, 2, 2) - 0.7 / (0.9_f64 * 0.7).sqrt()).abs() < 1e-12);
        assert!((factor.first_t(2, 1, 3) - 2.5 / (3.0_f64 / 4.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_combination_of_columns_is_refused() {
        let mut gram = line();
        for i in 0..3 {
            gram.set(1, i, 2.0 * gram.get(0, i));
        }
        gram.set(1, 1, 4.0 * gram.get(0, 0));
        assert!(matches!(Factor::of(gram, 2), Err(Undefined::NotMeaningful(_))));
    }

    #[test]
    fn centring_equals_a_column_of_ones() {
        let mut centred = Gram::zero(2);
        let whole = line();
        for i in 0..2 {
            for j in 0..2 {
                centred.set(i, j, whole.get(i + 1, j + 1));
            }
        }
        centred.centre(&[6.0, 10.0], 4.0);
        let factor = Factor::of(centred, 1).unwrap();
        assert!((factor.residual(1, 1, 1) - 1.8).abs() < 1e-12);
    }
}
