//! Each level on the one before it.

use crate::Undefined;
use crate::describe::quantile_in_place;
use crate::sample::Deviations;
use crate::sum::dot;

/// Of a sum of squares, the share below which only rounding is left.
const EXACT: f64 = 1e-20;

/// The regression, with what the samples of the grid bootstrap are made from.
pub(crate) struct Regression {
    pub(crate) n: usize,
    pub(crate) phi: f64,
    error: f64,
    /// Levels from the second on, less their mean.
    pub(crate) after: Vec<f64>,
    /// Levels up to the last but one, less their mean.
    pub(crate) before: Vec<f64>,
    first: f64,
    means: [f64; 2],
    products: [f64; 3],
}

impl Regression {
    pub(crate) fn of(series: &[f64]) -> Result<Self, Undefined> {
        let n = series.len() - 1;
        let (after, before) = (Deviations::of(&series[1..])?, Deviations::of_varying(&series[..n])?);
        let across = dot(&after.values, &before.values);
        let phi = across / before.square;
        let left: Vec<f64> = after.values.iter().zip(&before.values).map(|(z, x)| z - phi * x).collect();
        let square = dot(&left, &left);
        if square <= EXACT * after.square {
            return Err(Undefined::NotMeaningful("each value is an exact function of the one before"));
        }
        Ok(Self {
            n,
            phi,
            error: (square / (n - 2) as f64 / before.square).sqrt(),
            first: series[0],
            means: [after.mean, before.mean],
            products: [after.square, across, before.square],
            after: after.values,
            before: before.values,
        })
    }

    /// t statistic of the slope against `phi`.
    pub(crate) fn t(&self, phi: f64) -> f64 {
        (self.phi - phi) / self.error
    }

    /// Sum of the squares of the centred residuals at `phi`.
    pub(crate) fn square(&self, phi: f64) -> f64 {
        let [after, across, before] = self.products;
        after - 2.0 * phi * across + phi * phi * before
    }

    /// First level less the one that residuals at `phi` (below 1) return to.
    pub(crate) fn start(&self, phi: f64) -> f64 {
        self.first - (self.means[0] - phi * self.means[1]) / (1.0 - phi)
    }
}

/// Sums of one drawn path x\[0\] .. x\[n\] with shocks e, from which its own regression follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    /// Sum of x\[t\], t below n.
    pub(crate) levels: f64,
    /// Sum of their squares.
    pub(crate) squares: f64,
    /// Sum of x\[t\] e\[t\].
    pub(crate) products: f64,
    /// Sum of e\[t\].
    pub(crate) shocks: f64,
    /// Sum of e\[t\]^2.
    pub(crate) shock_squares: f64,
}

impl Path {
    /// t statistic of the slope against the phi that the path was made with.
    pub(crate) fn t(&self, n: usize) -> f64 {
        let count = n as f64;
        let spread = self.squares - self.levels * self.levels / count;
        let across = self.products - self.levels * self.shocks / count;
        let noise = self.shock_squares - self.shocks * self.shocks / count;
        let left = noise - across * across / spread;
        across / (spread * left / (count - 2.0)).sqrt()
    }
}

/// Whether `seen` lies between the 2.5 % and 97.5 % quantiles of the draws, bounds included.
pub(crate) fn accepts(mut draws: Vec<f64>, seen: f64) -> bool {
    let low = quantile_in_place(&mut draws, 0.025);
    low <= seen && seen <= quantile_in_place(&mut draws, 0.975)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_the_t_of_its_regression() {
        let phi = 0.9;
        let shocks: Vec<f64> = (0..400_u32).map(|t| f64::from(t * t % 101) - 50.0).collect();
        let mut x = vec![30.0];
        x.extend(shocks.iter().scan(30.0, |at, shock| {
            *at = phi * *at + shock;
            Some(*at)
        }));
        let sum = |value: &dyn Fn(usize) -> f64| (0..400).map(value).sum::<f64>();
        let path = Path {
            levels: sum(&|t| x[t]),
            squares: sum(&|t| x[t] * x[t]),
            products: sum(&|t| x[t] * shocks[t]),
            shocks: sum(&|t| shocks[t]),
            shock_squares: sum(&|t| shocks[t] * shocks[t]),
        };
        let expected = Regression::of(&x).unwrap().t(phi);
        assert!((path.t(400) / expected - 1.0).abs() < 1e-10);
    }

    #[test]
    fn acceptance_includes_the_quantiles() {
        let draws: Vec<f64> = (0..=40).map(f64::from).collect();
        assert!(accepts(draws.clone(), 1.0) && accepts(draws.clone(), 39.0));
        assert!(!accepts(draws.clone(), 0.999) && !accepts(draws, 39.001));
    }

    #[test]
    fn residuals_and_start_follow_from_sums() {
        let series: Vec<f64> = (0..300_u32).map(|t| f64::from(t * t % 101) + 7.0).collect();
        let regression = Regression::of(&series).unwrap();
        let own: Vec<f64> = series.windows(2).map(|pair| pair[1] - 0.8 * pair[0]).collect();
        let away = Deviations::of(&own).unwrap();
        assert!((regression.square(0.8) / away.square - 1.0).abs() < 1e-12);
        assert!((regression.start(0.8) - (7.0 - away.mean / 0.2)).abs() < 1e-9);
    }
}
