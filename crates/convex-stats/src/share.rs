//! A share of cases, with its interval.

use statrs::distribution::{Beta, ContinuousCDF};

use crate::Interval;

/// Interval of 95 % for the share of which `hits` of `cases` are a sample: quantiles of Beta(hits + 1/2, cases - hits + 1/2),
/// with the bound 0 where there is no hit and 1 where there is no miss (Jeffreys; Brown and others 2001).
///
/// Cases are taken as independent. `None` without a case, or with more hits than cases.
///
/// ```
/// let interval = convex_stats::share::share_interval(7, 20).unwrap();
/// assert!((interval.low - 0.172_276).abs() < 1e-6 && (interval.high - 0.567_766).abs() < 1e-6);
/// assert_eq!(convex_stats::share::share_interval(0, 5).unwrap().low, 0.0);
/// ```
pub fn share_interval(hits: usize, cases: usize) -> Option<Interval> {
    if cases == 0 || hits > cases {
        return None;
    }
    let beta = Beta::new(hits as f64 + 0.5, (cases - hits) as f64 + 0.5).ok()?;
    let low = if hits == 0 { 0.0 } else { beta.inverse_cdf(0.025) };
    let high = if hits == cases { 1.0 } else { beta.inverse_cdf(0.975) };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_share_and_narrows() {
        for (hits, cases) in [(0, 1), (1, 1), (3, 10), (30, 100), (300, 1_000)] {
            let found = share_interval(hits, cases).unwrap();
            assert!(found.contains(hits as f64 / cases as f64) && found.low >= 0.0 && found.high <= 1.0);
        }
        assert!(share_interval(300, 1_000).unwrap().width() < share_interval(3, 10).unwrap().width() / 5.0);
        assert_eq!((share_interval(0, 0), share_interval(2, 1)), (None, None));
    }
}
