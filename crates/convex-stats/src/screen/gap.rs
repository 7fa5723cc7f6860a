//! How far the difference of two columns is from its last year.

use super::common::Common;
use super::product::{Matrix, products};
use super::{Column, sums::CLEAR};
use crate::divergence::WINDOW;

/// The last difference of two columns' levels, less the mean of the last 252 on common rows, by their standard deviation:
/// the z of [`crate::divergence::trailing_z`] for the last place. None with fewer rows, or where they do not vary.
///
/// A row on which either level is not a number is passed over.
///
/// ```
/// use convex_stats::screen::{Column, gap_z};
///
/// let a = Column::new(300, (0..300).map(|row| (row, row as f64)));
/// let b = Column::new(300, (0..300).map(|row| (row, 0.0)));
/// assert!((gap_z(&a, &b).unwrap() - 125.5 / (252.0 * 253.0 / 12.0_f64).sqrt()).abs() < 1e-12);
/// ```
pub fn gap_z(a: &Column, b: &Column) -> Option<f64> {
    let mut gaps = [0.0; WINDOW];
    let mut have = 0;
    for row in Common::of(a.rows(), b.rows()).backwards() {
        let gap = a.level(row) - b.level(row);
        if gap.is_finite() {
            gaps[have] = gap;
            have += 1;
            if have == WINDOW {
                return z_of(&gaps);
            }
        }
    }
    None
}

/// z of the first of the gaps, which is the last in time.
fn z_of(gaps: &[f64; WINDOW]) -> Option<f64> {
    let n = WINDOW as f64;
    // Measured from the last one, so that a level far from zero costs no digits.
    let last = gaps[0];
    let mean = crate::sum::sum_from(last, gaps) / n;
    let around = gaps.map(|gap| gap - last - mean);
    let z = -mean / (crate::sum::dot(&around, &around) / (n - 1.0)).sqrt();
    z.is_finite().then_some(z)
}

/// Levels of several columns over the last 252 rows all of them have, each less its mean.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    around: Matrix,
    squares: Vec<f64>,
}

impl Levels {
    /// None with fewer rows.
    pub(super) fn of(columns: &[&Column], rows: &[usize]) -> Option<Self> {
        let rows = &rows[rows.len().checked_sub(WINDOW)?..];
        let mut around = Matrix::zeros(WINDOW, columns.len());
        for (at, column) in columns.iter().enumerate() {
            let into = around.column_mut(at);
            for (row, into) in rows.iter().zip(&mut *into) {
                *into = column.level(*row);
            }
            let mean = crate::sample::mean(into);
            for level in &mut *into {
                *level -= mean;
            }
        }
        let squares = (0..columns.len()).map(|at| crate::sum::dot(around.column(at), around.column(at))).collect();
        Some(Self { around, squares })
    }

    /// z of the last gap of every pair of columns, those of `self` first; not a number where digits were lost.
    pub(super) fn gaps(&self, other: &Self) -> impl Fn(usize, usize) -> f64 {
        let sums = products(&self.around, &other.around, &[WINDOW]);
        let n = WINDOW as f64;
        move |i, j| {
            let (aa, bb) = (self.squares[i], other.squares[j]);
            let square = aa + bb - 2.0 * sums[0][(i, j)];
            let last = self.around.column(i)[WINDOW - 1] - other.around.column(j)[WINDOW - 1];
            if square > CLEAR * (aa + bb) { last / (square / (n - 1.0)).sqrt() } else { f64::NAN }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::trailing_z;
    use crate::test_series::noise;

    #[test]
    fn is_the_trailing_z_of_the_last_place() {
        let (a, b) = (noise(600, 1), noise(600, 2));
        let gaps: Vec<f64> = (0..600).filter(|row| row % 3 > 0).map(|row| a[row] - b[row]).collect();
        let has_a = Column::new(600, (0..600).filter(|row| row % 3 > 0).map(|row| (row, a[row])));
        let has_b = Column::new(600, (0..600).map(|row| (row, b[row])));
        let expected = *trailing_z(&gaps).unwrap().last().unwrap();
        assert!((gap_z(&has_a, &has_b).unwrap() - expected).abs() < 1e-12);
        let short = Column::new(600, (0..251).map(|row| (row, b[row])));
        assert_eq!(gap_z(&has_b, &short), None);
        assert_eq!(gap_z(&has_b, &has_b), None);
    }
}
