//! Sums over the changes of a window, and what follows from them.

use super::{LEAST, Link, NOW, YEAR};
use crate::correlation::unless_identical;

/// Windows that end at the last common row, as changes counted back; two depend on the pair.
pub(super) const WINDOWS: usize = 5;
/// Place of each window.
pub(super) const AT_NOW: usize = 0;
pub(super) const AT_QUARTER: usize = 1;
pub(super) const AT_YEAR: usize = 2;
pub(super) const AT_SPAN: usize = 3;
pub(super) const AT_ALL: usize = 4;

/// Changes the window of each place needs before anything is said of it.
pub(super) const NEEDS: [usize; WINDOWS] = [NOW, LEAST, YEAR, super::NOW + super::BEFORE, LEAST];

/// Share of a sum of squares that must be left around the mean, else too few digits are.
pub(super) const CLEAR: f64 = 1e-6;

/// Digits were lost: the pair must be computed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lost;

/// Sums over the changes of two columns, less constants of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) n: usize,
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) aa: f64,
    pub(super) bb: f64,
    pub(super) ab: f64,
}

impl Sums {
    /// Of the changes in this window that are not in a later one inside it.
    pub(super) fn less(self, later: Self) -> Self {
        Self {
            n: self.n - later.n,
            a: self.a - later.a,
            b: self.b - later.b,
            aa: self.aa - later.aa,
            bb: self.bb - later.bb,
            ab: self.ab - later.ab,
        }
    }

    /// Covariance and both squares about the means, each times n.
    fn moments(self) -> Result<(f64, f64, f64), Lost> {
        let n = self.n as f64;
        let (mean_a, mean_b) = (self.a / n, self.b / n);
        let (aa, bb) = (self.aa - self.a * mean_a, self.bb - self.b * mean_b);
        if is_clear(aa, self.aa, n) && is_clear(bb, self.bb, n) {
            Ok((self.ab - mean_a * self.b, aa, bb))
        } else {
            Err(Lost)
        }
    }

    /// Correlation and slope of the first on the second.
    pub(super) fn link(self, least: usize) -> Result<Link, Lost> {
        if self.n < least {
            return Ok(Link::none(self.n as u32));
        }
        let (ab, aa, bb) = self.moments()?;
        let pearson = (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0);
        Ok(Link { n: self.n as u32, pearson: unless_identical(pearson).unwrap_or(f64::NAN), beta: ab / bb })
    }
}

/// Whether enough is left of a sum of squares around the mean; squares of tiny changes have no digits either.
pub(super) fn is_clear(around: f64, whole: f64, n: f64) -> bool {
    around > CLEAR * whole && around > 1e-200 * n && around < 1e200
}

/// Correlation now less that before, on Fisher's z scale; not a number if either is missing.
pub(super) fn change_of(now: f64, before: f64) -> f64 {
    // The difference of two atanh with one logarithm and one division.
    0.5 * ((1.0 + now) * (1.0 - before) / ((1.0 - now) * (1.0 + before))).ln()
}
