//! Weighted sums over the neighbours of each observation.

/// Observations after which the moving sums are taken afresh, so that rounding does not pile up.
const STRETCH: usize = 128;

/// For each t the sum over k = 1 .. horizon - 1 of 4 (1 - k / horizon)^2 (x\[t - k\] + x\[t + k\]), zeros beyond both ends.
pub(crate) fn weighted_neighbours(values: &[f64], horizon: usize) -> Vec<f64> {
    let mut found = before(values, horizon);
    let reversed: Vec<f64> = values.iter().rev().copied().collect();
    for (sum, after) in found.iter_mut().zip(before(&reversed, horizon).iter().rev()) {
        *sum += after;
    }
    found
}

/// The part of x\[t - k\]: a square in k, and so three moving sums.
fn before(values: &[f64], horizon: usize) -> Vec<f64> {
    let q = horizon as f64;
    let mut found = Vec::with_capacity(values.len());
    for start in (0..values.len()).step_by(STRETCH) {
        // Sums of x[t - k] times 1, k and k^2.
        let (mut ones, mut lags, mut squares) = (0.0, 0.0, 0.0);
        for k in 1..horizon.min(start + 1) {
            let value = values[start - k];
            let k = k as f64;
            ones += value;
            lags += k * value;
            squares += k * k * value;
        }
        for t in start..values.len().min(start + STRETCH) {
            found.push(4.0 * (ones - 2.0 / q * lags + squares / (q * q)));
            let gone = if t + 1 >= horizon { values[t + 1 - horizon] } else { 0.0 };
            squares += 2.0 * lags + ones + values[t] - q * q * gone;
            lags += ones + values[t] - q * gone;
            ones += values[t] - gone;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_the_sums_term_by_term() {
        let values: Vec<f64> = (0..400_u32).map(|t| f64::from(t * t % 101).powi(2)).collect();
        for horizon in [2, 5, 63, 252] {
            let found = weighted_neighbours(&values, horizon);
            for t in [0_usize, 1, 127, 128, 129, 200, 398, 399] {
                let at = |place: Option<usize>| place.and_then(|place| values.get(place)).copied().unwrap_or(0.0);
                let term = |k: usize| {
                    4.0 * (1.0 - k as f64 / horizon as f64).powi(2) * (at(t.checked_sub(k)) + at(t.checked_add(k)))
                };
                let direct: f64 = (1..horizon).map(term).sum();
                assert!((found[t] - direct).abs() < 1e-10 * direct.max(1.0), "{horizon} {t}");
            }
        }
    }
}
