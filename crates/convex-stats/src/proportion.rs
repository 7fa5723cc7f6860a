//! A share of counted cases, with the interval that so few cases allow.

use statrs::distribution::{Beta, ContinuousCDF};

use crate::interval::{Interval, NORMAL_975};

/// Wilson's (1927) interval of a share at 95 %.
///
/// # Panics
/// If there is no case, or more than there are.
///
/// ```
/// let interval = convex_stats::proportion::wilson(0, 20);
/// assert!(interval.low == 0.0 && (interval.high - 0.1611).abs() < 5e-5);
/// ```
pub fn wilson(cases: usize, of: usize) -> Interval {
    assert!(of > 0 && cases <= of, "a share is of something");
    let (n, share, square) = (of as f64, cases as f64 / of as f64, NORMAL_975 * NORMAL_975);
    let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half = NORMAL_975 / (1.0 + square / n) * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let low = if cases == 0 { 0.0 } else { middle - half };
    Interval { low, high: if cases == of { 1.0 } else { middle + half } }
}

/// Jeffreys' interval of a share at 95 %: quantiles of Beta(cases + 1/2, others + 1/2), the end itself where no or every
/// case counts (Brown and others 2001).
///
/// # Panics
/// If there is no case, or more than there are.
///
/// ```
/// let interval = convex_stats::proportion::jeffreys(3, 40);
/// assert!(interval.low > 0.01 && interval.high < 0.2);
/// ```
pub fn jeffreys(cases: usize, of: usize) -> Interval {
    assert!(of > 0 && cases <= of, "a share is of something");
    let Ok(beta) = Beta::new(cases as f64 + 0.5, (of - cases) as f64 + 0.5) else { return wilson(cases, of) };
    Interval {
        low: if cases == 0 { 0.0 } else { beta.inverse_cdf(0.025) },
        high: if cases == of { 1.0 } else { beta.inverse_cdf(0.975) },
    }
}
