//! Least squares on several regressors by normal equations of deviations from means.

use crate::sample::Deviations;
use crate::sum::dot;

/// Of the square of a regressor, the share off the regressors before it below which it adds nothing.
const COLLINEAR: f64 = 1e-13;

/// A symmetric matrix of inner products as L L'.
///
/// A regressor that the ones before it explain is passed over: its row is empty and its coefficient zero, which leaves
/// fitted values as they are.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Of the matrix with the lower triangle `rows` (row i holds columns 0 to i).
    pub(crate) fn of(mut rows: Vec<Vec<f64>>) -> Self {
        for i in 0..rows.len() {
            let (done, rest) = rows.split_at_mut(i);
            let row = &mut rest[0];
            let square = row[i];
            for (j, above) in done.iter().enumerate() {
                let rest = row[j] - dot(&row[..j], &above[..j]);
                row[j] = if above[j] > 0.0 { rest / above[j] } else { 0.0 };
            }
            let left = square - dot(&row[..i], &row[..i]);
            row[i] = if left > COLLINEAR * square { left.sqrt() } else { 0.0 };
        }
        Self { rows }
    }

    /// Whether every regressor adds something to the ones before it.
    pub(crate) fn is_full(&self) -> bool {
        self.rows.iter().enumerate().all(|(i, row)| row[i] > 0.0)
    }

    /// z in L z = `right`: what each regressor explains beyond the ones before it, as a signed root of a sum of squares.
    pub(crate) fn explained(&self, right: &[f64]) -> Vec<f64> {
        let mut z: Vec<f64> = Vec::with_capacity(right.len());
        for (i, row) in self.rows.iter().enumerate() {
            let rest = right[i] - dot(&row[..i], &z);
            z.push(if row[i] > 0.0 { rest / row[i] } else { 0.0 });
        }
        z
    }

    /// b in L L' b = `right`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut b = self.explained(right);
        for i in (0..b.len()).rev() {
            let row = &self.rows[i];
            b[i] = if row[i] > 0.0 { b[i] / row[i] } else { 0.0 };
            for j in 0..i {
                b[j] -= row[j] * b[i];
            }
        }
        b
    }
}

/// Inner products of each pair of columns, as a lower triangle.
pub(crate) fn inner_products<C: AsRef<[f64]>>(columns: &[C]) -> Vec<Vec<f64>> {
    let row = |i: usize| columns[..=i].iter().map(|other| dot(columns[i].as_ref(), other.as_ref())).collect();
    (0..columns.len()).map(row).collect()
}

/// A least-squares fit with a constant.
#[derive(Clone, Debug)]
pub(crate) struct Fit {
    /// Coefficients of the regressors, in their order.
    pub(crate) coefficients: Vec<f64>,
    /// What is left of each value.
    pub(crate) residuals: Vec<f64>,
}

/// Least squares of `y` on a constant and the regressors, all given as deviations from their means.
///
/// One step of refinement on the residuals gives back the digits that normal equations lose.
pub(crate) fn fit(y: &[f64], regressors: &[Deviations]) -> Fit {
    let columns: Vec<&[f64]> = regressors.iter().map(|regressor| regressor.values.as_slice()).collect();
    let cholesky = Cholesky::of(inner_products(&columns));
    let mut coefficients = vec![0.0; columns.len()];
    let mut residuals = y.to_vec();
    for _ in 0..2 {
        let right: Vec<f64> = columns.iter().map(|column| dot(column, &residuals)).collect();
        for (at, step) in cholesky.solve(&right).into_iter().enumerate() {
            coefficients[at] += step;
            for (left, value) in residuals.iter_mut().zip(columns[at]) {
                *left -= step * value;
            }
        }
    }
    Fit { coefficients, residuals }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviations(modulus: u32) -> Deviations {
        let values: Vec<f64> = (0..200_u32).map(|t| f64::from(t * t % modulus)).collect();
        Deviations::of(&values).unwrap()
    }

    #[test]
    fn finds_the_coefficients_it_was_made_of() {
        let regressors = [deviations(23), deviations(31), deviations(41)];
        let y: Vec<f64> = (0..200).map(|t| 2.0 * regressors[0].values[t] - 0.5 * regressors[2].values[t]).collect();
        let found = fit(&y, &regressors);
        for (coefficient, expected) in found.coefficients.iter().zip([2.0, 0.0, -0.5]) {
            assert!((coefficient - expected).abs() < 1e-13);
        }
        assert!(found.residuals.iter().all(|left| left.abs() < 1e-12));
    }

    #[test]
    fn a_regressor_told_twice_counts_once() {
        let (one, other) = (deviations(23), deviations(31));
        let y: Vec<f64> = one.values.iter().zip(&deviations(17).values).map(|(x, e)| 3.0 * x + e).collect();
        let once = fit(&y, &[one.clone(), other.clone()]);
        let twice = fit(&y, &[one.clone(), one.clone(), other]);
        assert_eq!(twice.coefficients[1], 0.0);
        assert!(once.residuals.iter().zip(&twice.residuals).all(|(a, b)| (a - b).abs() < 1e-12));
        assert!(!Cholesky::of(inner_products(&[&one.values, &one.values])).is_full());
    }

    #[test]
    fn squares_explained_add_up() {
        let columns = [deviations(23), deviations(31)];
        let y = deviations(41);
        let cholesky = Cholesky::of(inner_products(&columns.each_ref().map(|column| &column.values)));
        let right = columns.each_ref().map(|column| dot(&column.values, &y.values));
        let explained: f64 = cholesky.explained(&right).iter().map(|z| z * z).sum();
        let left = fit(&y.values, &columns).residuals;
        assert!((explained + dot(&left, &left) - y.square).abs() < 1e-9 * y.square);
    }
}
