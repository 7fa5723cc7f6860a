//! How far two series of changes stray from each other.

use crate::Undefined;
use crate::describe::stdev;
use crate::sample::assert_paired;

/// Tracking error a year: stdev(a - b) sqrt(periods a year), in the unit of the changes.
///
/// `periods_a_year` is 252 for sessions, 365 for every day, 52 for weeks, 12 for months. Needs two aligned finite pairs.
/// Errors: [`Undefined::TooFew`], [`Undefined::NotMeaningful`] if a square overflows.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let error = convex_stats::tracking_error::tracking_error(&[0.01, 0.02, 0.03], &[0.0, 0.0, 0.0], 100.0).unwrap();
/// assert!((error - 0.1).abs() < 1e-15);
/// ```
pub fn tracking_error(a: &[f64], b: &[f64], periods_a_year: f64) -> Result<f64, Undefined> {
    assert_paired(a, b);
    let apart: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    Ok(stdev(&apart)? * periods_a_year.sqrt())
}
