//! Sums of products of lagged series: each further pair of lags costs two products instead of a pass over the sample.

use crate::sum::dot;

/// Sum over t = `first` .. end of x\[t - i\] y\[t - j\] for all i and j from 0 to `lags`.
pub(crate) struct LaggedProducts {
    width: usize,
    cells: Vec<f64>,
}

impl LaggedProducts {
    /// Of two series of one length; `first` is at least `lags`.
    pub(crate) fn of(x: &[f64], y: &[f64], lags: usize, first: usize) -> Self {
        let mut products = Self { width: lags + 1, cells: vec![0.0; (lags + 1) * (lags + 1)] };
        products.fill(x, y, first, Self::set);
        products.fill(y, x, first, |products, i, j, value| products.set(j, i, value));
        products
    }

    /// Of a series with itself.
    pub(crate) fn of_one(x: &[f64], lags: usize, first: usize) -> Self {
        let mut products = Self { width: lags + 1, cells: vec![0.0; (lags + 1) * (lags + 1)] };
        products.fill(x, x, first, |products, i, j, value| {
            products.set(i, j, value);
            products.set(j, i, value);
        });
        products
    }

    /// Sums for lag `i` of x and lag `j` of y, i not above j.
    fn fill(&mut self, x: &[f64], y: &[f64], first: usize, keep: impl Fn(&mut Self, usize, usize, f64)) {
        let (end, lags) = (x.len(), self.width - 1);
        for apart in 0..=lags {
            let mut product = dot(&x[first..], &y[first - apart..end - apart]);
            keep(self, 0, apart, product);
            for i in 1..=lags - apart {
                // One lag more on both sides moves the window of rows back by one.
                product += x[first - i] * y[first - i - apart] - x[end - i] * y[end - i - apart];
                keep(self, i, i + apart, product);
            }
        }
    }

    /// Products less the means, from the [`lagged_sums`] of both series over `n` rows.
    pub(crate) fn centre(&mut self, x: &[f64], y: &[f64], n: f64) {
        for (row, x) in self.cells.chunks_exact_mut(self.width).zip(x) {
            for (cell, y) in row.iter_mut().zip(y) {
                *cell -= x * y / n;
            }
        }
    }

    /// The sum for lag `i` of x and lag `j` of y.
    pub(crate) fn get(&self, i: usize, j: usize) -> f64 {
        self.cells[i * self.width + j]
    }

    fn set(&mut self, i: usize, j: usize, value: f64) {
        self.cells[i * self.width + j] = value;
    }
}

/// Sum over t = `first` .. end of x\[t - i\] for i = 0 ..= `lags`.
pub(crate) fn lagged_sums(x: &[f64], lags: usize, first: usize) -> Vec<f64> {
    let mut total = crate::sum::sum(&x[first..]);
    let mut sums = vec![total];
    for i in 1..=lags {
        total += x[first - i] - x[x.len() - i];
        sums.push(total);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_the_sums_term_by_term() {
        let x: Vec<f64> = (0..50_u32).map(|t| f64::from(t * t % 13)).collect();
        let y: Vec<f64> = (0..50_u32).map(|t| f64::from(t * 7 % 11) - 3.0).collect();
        for (lags, first) in [(0, 0), (4, 4), (4, 9)] {
            let found = LaggedProducts::of(&x, &y, lags, first);
            let own = LaggedProducts::of_one(&x, lags, first);
            let sums = lagged_sums(&x, lags, first);
            for i in 0..=lags {
                assert_eq!(sums[i], (first..50).map(|t| x[t - i]).sum::<f64>());
                for j in 0..=lags {
                    assert_eq!(found.get(i, j), (first..50).map(|t| x[t - i] * y[t - j]).sum::<f64>());
                    assert_eq!(own.get(i, j), (first..50).map(|t| x[t - i] * x[t - j]).sum::<f64>());
                }
            }
        }
    }
}
