//! The two distributions behind the benchmarks: normal, and Student's t with whole degrees of freedom.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, PI};

use statrs::function::erf::erfc;
use statrs::function::gamma::ln_gamma;

/// Newton steps after which a quantile is as good as it gets.
const STEPS: usize = 60;

/// A symmetric distribution about zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    /// Standard normal.
    Normal,
    /// Student's t with so many degrees of freedom.
    Student(u32),
}

impl Margin {
    /// Chance of at most `x`.
    pub(super) fn below(self, x: f64) -> f64 {
        match self {
            Self::Normal => erfc(-x * FRAC_1_SQRT_2) / 2.0,
            Self::Student(df) => f64::midpoint(1.0, within(x, df)),
        }
    }

    /// Where the chance of at most x is `p`, strictly between 0 and 1.
    pub(super) fn quantile(self, p: f64) -> f64 {
        let scale = self.density_scale();
        if p > 0.5 { -self.quantile_below(1.0 - p, 0.0, scale) } else { self.quantile_below(p, 0.0, scale) }
    }

    /// Quantiles of the shares k / (2 n) at the places k, 1 to 2 n - 1, where `used` holds; zero elsewhere.
    pub(super) fn of_half_ranks(self, used: &[bool]) -> Vec<f64> {
        let n = used.len() / 2;
        let mut quantiles = vec![0.0; used.len()];
        let (mut x, mut share, scale) = (0.0, 0.5, self.density_scale());
        for k in (1..n).rev().filter(|k| used[*k] || used[2 * n - k]) {
            // The second-order step from the last quantile falls short of the next, so Newton's method finishes from above.
            let (p, slope) = (k as f64 / (2 * n) as f64, 1.0 / (scale * self.kernel(x)));
            let step = (p - share) * slope;
            x = self.quantile_below(p, x + step * (1.0 - step * self.log_kernel_slope(x) / 2.0), scale);
            share = p;
            quantiles[k] = x;
            quantiles[2 * n - k] = -x;
        }
        quantiles
    }

    /// Newton's method from `start`, at or above the quantile and at most 0: the distribution is convex there, so the steps
    /// fall to the quantile from one side.
    fn quantile_below(self, p: f64, start: f64, scale: f64) -> f64 {
        let mut x = start;
        for _ in 0..STEPS {
            let step = (self.below(x) - p) / (scale * self.kernel(x));
            x -= step;
            // Each step squares the error that is left.
            if step.abs() <= 1e-8 * (1.0 + x.abs()) {
                break;
            }
        }
        x
    }

    /// The density without its constant.
    fn kernel(self, x: f64) -> f64 {
        match self {
            Self::Normal => (-x * x / 2.0).exp(),
            Self::Student(df) => {
                let square = f64::from(df) / (f64::from(df) + x * x);
                (0..df.div_ceil(2)).fold(1.0, |power, _| power * square) * if df % 2 == 0 { square.sqrt() } else { 1.0 }
            }
        }
    }

    /// Slope of the logarithm of the density.
    fn log_kernel_slope(self, x: f64) -> f64 {
        match self {
            Self::Normal => -x,
            Self::Student(df) => -f64::from(df + 1) * x / (f64::from(df) + x * x),
        }
    }

    fn density_scale(self) -> f64 {
        match self {
            Self::Normal => (2.0 * PI).sqrt().recip(),
            Self::Student(df) => {
                let df = f64::from(df);
                (ln_gamma(f64::midpoint(df, 1.0)) - ln_gamma(df / 2.0)).exp() / (df * PI).sqrt()
            }
        }
    }

    /// Distribution, given one of two jointly distributed variables, of the other in its conditional scale.
    pub(super) fn conditional(self) -> Self {
        match self {
            Self::Normal => Self::Normal,
            Self::Student(df) => Self::Student(df + 1),
        }
    }

    /// That scale, where the given variable is `y` and the correlation `r`.
    pub(super) fn conditional_scale(self, y: f64, r: f64) -> f64 {
        let open = 1.0 - r * r;
        match self {
            Self::Normal => open.sqrt(),
            Self::Student(df) => (open * (f64::from(df) + y * y) / f64::from(df + 1)).sqrt(),
        }
    }
}

/// Chance of |t| at most `x`, with the sign of `x` (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
fn within(x: f64, df: u32) -> f64 {
    let square = f64::from(df) / (f64::from(df) + x * x);
    let sine = x / (f64::from(df) + x * x).sqrt();
    let odd = df % 2 == 1;
    let (mut term, mut sum) = (if odd { square.sqrt() } else { 1.0 }, 0.0);
    for k in (if odd { 3..df + 1 } else { 2..df + 1 }).step_by(2) {
        sum += term;
        term *= square * f64::from(k - 1) / f64::from(k);
    }
    if odd {
        // The sum ends with the power df - 2; with one degree of freedom it is empty.
        FRAC_2_PI * ((x / f64::from(df).sqrt()).atan() + sine * sum)
    } else {
        sine * sum
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    use super::*;

    #[test]
    fn equal_the_distributions_of_statrs() {
        for df in [1, 2, 3, 4, 5, 8, 13, 30, 31] {
            let student = StudentsT::new(0.0, 1.0, f64::from(df)).unwrap();
            for x in [-30.0, -3.3, -1.0, -0.2, 0.0, 0.7, 2.5] {
                let found = Margin::Student(df).below(x);
                assert!((found - student.cdf(x)).abs() < 1e-12, "{df} {x}: {found}");
            }
        }
        let normal = Normal::new(0.0, 1.0).unwrap();
        assert!((Margin::Normal.below(-1.3) - normal.cdf(-1.3)).abs() < 1e-12);
    }

    #[test]
    fn quantiles_invert() {
        for margin in [Margin::Normal, Margin::Student(2), Margin::Student(3), Margin::Student(30)] {
            for p in [1e-5, 0.05, 0.3, 0.5, 0.95, 0.999] {
                assert!((margin.below(margin.quantile(p)) - p).abs() < 1e-12 * p.max(0.01));
            }
            let odd: Vec<bool> = (0..1_000).map(|k| k % 2 == 1).collect();
            for used in [vec![true; 1_000], odd] {
                let ranks = margin.of_half_ranks(&used);
                assert_eq!(ranks[500], 0.0);
                for k in [1, 37, 499, 501, 999] {
                    assert!((ranks[k] - margin.quantile(k as f64 / 1_000.0)).abs() < 1e-12 * (1.0 + ranks[k].abs()));
                }
            }
        }
    }
}
