//! Two variables linked as normal or Student's t variables of one correlation are, whatever their own distributions.

use std::f64::consts::{FRAC_PI_2, PI};

use statrs::function::gamma::ln_gamma;

use super::margin::Margin;

/// Intervals of the integral over the correlation.
const INTERVALS: usize = 1_024;

/// A normal or t copula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Copula {
    pub(super) margin: Margin,
    pub(super) correlation: f64,
}

impl Copula {
    /// Chance that both are in their lower tails of the shares `p` and `q`, together below 1: by Plackett's (1954) identity the integral of
    /// the joint density at the two quantiles over the correlation, from -1 where it is zero (Simpson's rule over the
    /// angle whose sine is the correlation).
    pub(super) fn corner(&self, p: f64, q: f64) -> f64 {
        let (x, y) = (self.margin.quantile(p), self.margin.quantile(q));
        let step = (self.correlation.asin() + FRAC_PI_2) / INTERVALS as f64;
        let value = |k: usize| kernel(self.margin, x, y, (step * k as f64 - FRAC_PI_2).sin());
        let inner = (1..INTERVALS).map(|k| if k % 2 == 1 { 4.0 * value(k) } else { 2.0 * value(k) }).sum::<f64>();
        // At a correlation of -1 two values in lower tails cannot meet.
        (inner + value(INTERVALS)) * step / 3.0 / (2.0 * PI)
    }

    /// Change of [`Self::corner`] with the correlation.
    pub(super) fn corner_by_correlation(&self, p: f64, q: f64) -> f64 {
        let (x, y, r) = (self.margin.quantile(p), self.margin.quantile(q), self.correlation);
        kernel(self.margin, x, y, r) / (2.0 * PI * (1.0 - r * r).sqrt())
    }

    /// Change of [`Self::corner`] with `p`: the chance of the second in its tail where the first is at the edge of its own.
    pub(super) fn corner_by_first(&self, p: f64, q: f64) -> f64 {
        let (x, y) = (self.margin.quantile(p), self.margin.quantile(q));
        let scale = self.margin.conditional_scale(x, self.correlation);
        self.margin.conditional().below((y - self.correlation * x) / scale)
    }

    /// The same link the other way.
    pub(super) fn opposite(&self) -> Self {
        Self { correlation: -self.correlation, ..*self }
    }

    /// Sum of the log densities of the copula at pairs of quantiles of its margin.
    pub(super) fn log_likelihood(&self, quantiles: &[f64], pairs: impl Iterator<Item = (usize, usize)>) -> f64 {
        let (r, open) = (self.correlation, 1.0 - self.correlation * self.correlation);
        let distance = |x: f64, y: f64| (x * x + y * y - 2.0 * r * x * y) / open;
        let pairs = pairs.map(|(i, j)| (quantiles[i], quantiles[j]));
        match self.margin {
            Margin::Normal => pairs.map(|(x, y)| (x * x + y * y - distance(x, y) - open.ln()) / 2.0).sum(),
            Margin::Student(df) => {
                let df = f64::from(df);
                let constant = ln_gamma(df / 2.0 + 1.0) + ln_gamma(df / 2.0)
                    - 2.0 * ln_gamma(f64::midpoint(df, 1.0))
                    - open.ln() / 2.0;
                let density = |(x, y): (f64, f64)| {
                    let margins = (1.0 + x * x / df) * (1.0 + y * y / df);
                    (f64::midpoint(df, 1.0)) * margins.ln() - (df / 2.0 + 1.0) * (1.0 + distance(x, y) / df).ln()
                };
                pairs.map(|pair| constant + density(pair)).sum()
            }
        }
    }
}

/// 2 pi sqrt(1 - r^2) times the joint density at (x, y), or what Plackett's identity has in its place for Student's t.
fn kernel(margin: Margin, x: f64, y: f64, r: f64) -> f64 {
    let distance = (x * x + y * y - 2.0 * r * x * y) / (1.0 - r * r);
    match margin {
        Margin::Normal => (-distance / 2.0).exp(),
        Margin::Student(df) => (1.0 + distance / f64::from(df)).powf(-f64::from(df) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copulas() -> impl Iterator<Item = Copula> {
        let margins = [Margin::Normal, Margin::Student(2), Margin::Student(4), Margin::Student(11)];
        let correlations = [-0.9, -0.3, 0.0, 0.4, 0.85, 0.999];
        margins.into_iter().flat_map(move |margin| correlations.map(|correlation| Copula { margin, correlation }))
    }

    #[test]
    fn corners_have_their_limits() {
        let independent = Copula { margin: Margin::Normal, correlation: 0.0 };
        assert!((independent.corner(0.05, 0.1) - 0.005).abs() < 1e-10);
        for margin in [Margin::Normal, Margin::Student(3)] {
            let copula = Copula { margin, correlation: 1.0 - 1e-12 };
            assert!((copula.corner(0.05, 0.1) - 0.05).abs() < 1e-6, "{margin:?}");
            assert!(copula.opposite().corner(0.05, 0.1) < 1e-6, "{margin:?}");
        }
    }

    #[test]
    fn the_corners_of_a_strip_sum_to_its_share() {
        for copula in copulas() {
            let (p, q) = (0.04, 0.06);
            let rest = copula.opposite().corner(p, 1.0 - q);
            assert!((copula.corner(p, q) + rest - p).abs() < 1e-8, "{copula:?} {rest}");
        }
    }

    #[test]
    fn derivatives_equal_differences() {
        for copula in copulas().filter(|copula| copula.correlation.abs() < 0.95) {
            let (p, q, step) = (0.06, 0.04, 1e-5);
            let moved = |by: f64| Copula { correlation: copula.correlation + by, ..copula }.corner(p, q);
            let found = copula.corner_by_correlation(p, q);
            assert!(((moved(step) - moved(-step)) / (2.0 * step) - found).abs() < 1e-6, "{copula:?}");
            let difference = (copula.corner(p + step, q) - copula.corner(p - step, q)) / (2.0 * step);
            assert!((difference - copula.corner_by_first(p, q)).abs() < 1e-6, "{copula:?}");
        }
    }
}
