//! Sums over all stretches of a series: their squares weigh autocovariances by a triangle.

/// Running sums, from 0 before the first value to the total.
pub(crate) fn running_sums(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut total = 0.0;
    sums.push(total);
    for value in values {
        total += value;
        sums.push(total);
    }
    sums
}

/// Sum of the squares of the sums over all stretches of `width` values, those that reach beyond either end included:
/// width g(0) + 2 sum over l = 1 .. width - 1 of (width - l) g(l), where g(l) = sum over t > l of x\[t\] x\[t - l\].
///
/// One pass over the [`running_sums`] whatever the width, which is at most the number of values.
pub(crate) fn square_of_stretches(sums: &[f64], width: usize) -> f64 {
    let n = sums.len() - 1;
    let last = sums[n];
    let opening: f64 = sums[1..width].iter().map(|sum| sum * sum).sum();
    let closing: f64 = sums[n + 1 - width..n].iter().map(|sum| (last - sum) * (last - sum)).sum();
    let mut lanes = [0.0; 8];
    let (ends, starts) = (sums[width..].chunks_exact(8), sums[..=n - width].chunks_exact(8));
    let rest: f64 =
        ends.remainder().iter().zip(starts.remainder()).map(|(end, start)| (end - start) * (end - start)).sum();
    for (ends, starts) in ends.zip(starts) {
        for lane in 0..8 {
            let stretch = ends[lane] - starts[lane];
            lanes[lane] += stretch * stretch;
        }
    }
    lanes.iter().fold(opening + closing + rest, |total, lane| total + lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sum::dot;

    #[test]
    fn squares_weigh_autocovariances() {
        let values: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101) - 50.0).collect();
        let sums = running_sums(&values);
        for width in [1, 2, 7, 40, 252, 300] {
            let covariance = |lag: usize| (width - lag) as f64 * dot(&values[lag..], &values[..300 - lag]);
            let direct = covariance(0) + 2.0 * (1..width).map(covariance).sum::<f64>();
            assert!((square_of_stretches(&sums, width) / direct - 1.0).abs() < 1e-12, "{width}");
        }
    }
}
