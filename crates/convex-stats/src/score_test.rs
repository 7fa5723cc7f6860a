//! An estimate, its interval and its test from what each observation adds to it.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::Undefined;
use crate::interval::Interval;
use crate::long_run::{Cosines, student_975};

/// An estimate with the interval and the test that its influence function gives.
///
/// The long-run variance of the influence by equal-weighted cosines ([`Cosines`]) is the squared standard error times n;
/// the estimate less the truth, over its standard error, is Student t with one degree of freedom a cosine (Lazarus, Lewis,
/// Stock and Watson 2018). What is tested is that the truth is zero, to both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreTest {
    /// The estimate.
    pub estimate: f64,
    /// Its interval.
    pub ewc_95: Interval,
    /// Estimate over its standard error.
    pub t: f64,
    /// Degrees of freedom of t.
    pub df: usize,
    /// Two-sided p-value.
    pub p: f64,
}

impl ScoreTest {
    /// From the influence of each observation on the estimate, in the order of time.
    ///
    /// Errors: not meaningful without sampling error.
    pub(crate) fn of(estimate: f64, influence: &[f64], cosines: &Cosines) -> Result<Self, Undefined> {
        let half = Undefined::unless_finite(cosines.half_width(influence))?;
        let df = cosines.degrees_of_freedom();
        let t = estimate / (half / student_975(df));
        if !t.is_finite() {
            return Err(Undefined::NotMeaningful("no observation differs from another"));
        }
        Ok(Self { estimate, ewc_95: Interval::around(estimate, half), t, df, p: two_sided(t, df) })
    }

    /// Whether the interval leaves out zero.
    ///
    /// ```
    /// use convex_stats::{Interval, score_test::ScoreTest};
    ///
    /// let found = ScoreTest { estimate: 2.0, ewc_95: Interval { low: 1.0, high: 3.0 }, t: 4.2, df: 20, p: 0.0004 };
    /// assert!(found.excludes_zero());
    /// ```
    pub fn excludes_zero(&self) -> bool {
        !self.ewc_95.contains(0.0)
    }
}

/// Chance that Student's t with `df` degrees of freedom is at least as far from zero.
pub(crate) fn two_sided(t: f64, df: usize) -> f64 {
    StudentsT::new(0.0, 1.0, df as f64).map_or(1.0, |student| 2.0 * student.sf(t.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn a_mean_is_tested_with_its_interval() {
        let values = noise(400, 3);
        let cosines = Cosines::new(400).unwrap();
        for shift in [-0.2, 0.0, 0.04, 0.3] {
            let moved: Vec<f64> = values.iter().map(|value| value + shift).collect();
            let mean = moved.iter().sum::<f64>() / 400.0;
            let found = ScoreTest::of(mean, &moved, &cosines).unwrap();
            assert_eq!(found.excludes_zero(), found.p < 0.05);
            assert_eq!(found.df, 22);
        }
    }

    #[test]
    fn tails_of_student_are_exact() {
        assert!((two_sided(2.085_963_447_265_864, 20) - 0.05).abs() < 1e-12);
        assert_eq!(two_sided(0.0, 7), 1.0);
        assert!((two_sided(-30.0, 141) / 4.439_776_234_465_595e-63 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_constant_score_tests_nothing() {
        let cosines = Cosines::new(50).unwrap();
        assert!(matches!(ScoreTest::of(1.0, &[0.0; 50], &cosines), Err(Undefined::NotMeaningful(_))));
    }
}
