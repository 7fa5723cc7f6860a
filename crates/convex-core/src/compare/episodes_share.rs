//! A share of few cases, with the interval that few cases allow.

use convex_stats::Interval;

/// Cases below which a share says nothing.
pub(super) const LEAST: usize = 8;

/// 0.975 quantile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Wilson's (1927) interval of a share at 95 %; `of` is at least one.
pub(super) fn wilson(cases: usize, of: usize) -> Interval {
    let (n, share, square) = (of as f64, cases as f64 / of as f64, NORMAL_975 * NORMAL_975);
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half = NORMAL_975 / (1.0 + square / n) * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_as_published() {
        // Newcombe (1998), table I, method 3: 81 of 263, 15 of 148 and 0 of 20.
        for (cases, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)] {
            let found = wilson(cases, of);
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{found:?}");
        }
    }
}
