//! The quantile of Student's t that 95 % intervals use.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::interval::NORMAL_975;

/// 0.975 quantile of Student's t with `nu` degrees of freedom, without unit; falls to 1.96 as `nu` grows.
///
/// ```
/// assert!((convex_stats::long_run::student_975(16) - 2.119_905_299_221_255).abs() < 1e-12);
/// ```
pub fn student_975(nu: usize) -> f64 {
    StudentsT::new(0.0, 1.0, nu as f64).map_or(NORMAL_975, |student| student.inverse_cdf(0.975))
}
