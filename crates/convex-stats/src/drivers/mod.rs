//! What moves with a series: its changes on those of several drivers.

use crate::Undefined;
use crate::least_squares::{Cholesky, Fit, fit, inner_products};
use crate::long_run::Cosines;
use crate::sample::{Deviations, assert_paired};
use crate::score_test::ScoreTest;
use crate::sum::dot;

mod shapley;

use shapley::shapley_shares;

/// Observations the regression needs.
const LEAST: usize = 150;
/// Drivers beyond which the shares, one regression for every subset, take too long.
const MOST: usize = 12;

/// A regression on several drivers.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// Observations.
    pub n: usize,
    /// Share of the variance that the drivers explain together.
    pub r2: f64,
    /// One for each driver, in the order given.
    pub drivers: Vec<Driver>,
}

/// One driver of a regression on several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driver {
    /// Change of y that goes with one standard deviation of the driver, the others unchanged; with interval and test.
    pub slope: ScoreTest,
    /// What the driver adds to R^2 on average over all orders of adding drivers; the shares sum to R^2.
    pub shapley_share: f64,
}

impl Driver {
    /// What the test supposes.
    pub const NULL: &str = "y does not move with the driver once the others are held";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "y moves with the driver, in either direction";
}

/// Least squares of `y` on a constant and the `drivers`, each in sample standard deviations (divisor n - 1).
///
/// The influence of an observation on a slope is w e / mean w^2, with w the driver less its projection on the others and e
/// the residual; interval and test by [`ScoreTest`]. Shapley share of a driver: the mean over all orders of the rise of
/// R^2 when it is added (Shapley 1953; Lindeman, Merenda and Gold 1980). Shares describe; a slope may be tested. Use it on
/// a stretch of the data for an era.
///
/// Needs 150 aligned finite observations and one to twelve drivers; a caller drops an observation where any is missing.
/// Errors: [`Undefined::TooFew`]; [`Undefined::Constant`]; [`Undefined::NotMeaningful`] without drivers, with more than
/// twelve, or where one is a combination of the others.
///
/// # Panics
/// If a driver differs from y in length.
///
/// ```
/// let wave = |m: u64| (0..300_u64).map(|t| (t * t * t % m) as f64).collect::<Vec<f64>>();
/// let (rates, oil) = (wave(1009), wave(997));
/// let y: Vec<f64> = rates.iter().zip(wave(211)).map(|(rates, own)| own - rates).collect();
/// let found = convex_stats::drivers::drivers(&y, &[&rates, &oil]).unwrap();
/// assert!(found.drivers[0].slope.t < -10.0 && found.drivers[1].slope.p > 0.05);
/// let shares: f64 = found.drivers.iter().map(|driver| driver.shapley_share).sum();
/// assert!((shares - found.r2).abs() < 1e-12);
/// ```
pub fn drivers(y: &[f64], drivers: &[&[f64]]) -> Result<Drivers, Undefined> {
    for driver in drivers {
        assert_paired(y, driver);
    }
    let n = y.len();
    Undefined::unless_enough(n, LEAST)?;
    if drivers.is_empty() || drivers.len() > MOST {
        return Err(Undefined::NotMeaningful("one to twelve drivers can be told apart"));
    }
    let y = Deviations::of_varying(y)?;
    let columns = drivers.iter().map(|driver| in_deviations(driver)).collect::<Result<Vec<_>, _>>()?;
    let values: Vec<&[f64]> = columns.iter().map(|column| column.values.as_slice()).collect();
    let products = inner_products(&values);
    if !Cholesky::of(products.clone()).is_full() {
        return Err(Undefined::NotMeaningful("a driver is a combination of the others"));
    }
    let with_y: Vec<f64> = values.iter().map(|column| dot(column, &y.values)).collect();
    let shares = shapley_shares(&products, &with_y, y.square);
    let Fit { coefficients, residuals } = fit(&y.values, &columns);
    let r2 = (1.0 - dot(&residuals, &residuals) / y.square).clamp(0.0, 1.0);
    let cosines = Cosines::new(n)?;
    let driver = |place: usize| {
        let others: Vec<Deviations> = [&columns[..place], &columns[place + 1..]].concat();
        let own = fit(&columns[place].values, &others).residuals;
        let square = dot(&own, &own) / n as f64;
        let influence: Vec<f64> = own.iter().zip(&residuals).map(|(own, e)| own * e / square).collect();
        let slope = ScoreTest::of(coefficients[place], &influence, &cosines)?;
        Ok(Driver { slope, shapley_share: shares[place] })
    };
    Ok(Drivers { n, r2, drivers: (0..columns.len()).map(driver).collect::<Result<_, _>>()? })
}

/// A driver in sample standard deviations from its mean.
fn in_deviations(driver: &[f64]) -> Result<Deviations, Undefined> {
    let driver = Deviations::of_varying(driver)?;
    let scale = (driver.square / (driver.count() - 1.0)).sqrt();
    Deviations::of(&driver.values.iter().map(|value| value / scale).collect::<Vec<f64>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regression::slope;
    use crate::test_series::noise;

    #[test]
    fn one_driver_is_a_line() {
        let (x, own) = (noise(200, 1), noise(200, 2));
        let y: Vec<f64> = x.iter().zip(&own).map(|(x, own)| x + own).collect();
        let (line, found) = (slope(&y, &x, 20).unwrap(), drivers(&y, &[&x]).unwrap());
        let stdev = crate::describe::stdev(&x).unwrap();
        assert!((found.drivers[0].slope.estimate - line.beta * stdev).abs() < 1e-12);
        assert!((found.drivers[0].slope.ewc_95.low - line.ewc_95.low * stdev).abs() < 1e-12);
        assert!((found.r2 - line.r2).abs() < 1e-12 && (found.drivers[0].shapley_share - line.r2).abs() < 1e-12);
    }

    #[test]
    fn an_era_is_a_stretch() {
        let (x, own) = (noise(400, 1), noise(400, 2));
        let y: Vec<f64> = (0..400).map(|t| if t < 200 { x[t] + own[t] } else { own[t] - x[t] }).collect();
        let early = drivers(&y[..200], &[&x[..200]]).unwrap().drivers[0].slope;
        let late = drivers(&y[200..], &[&x[200..]]).unwrap().drivers[0].slope;
        assert!(early.t > 5.0 && late.t < -5.0 && drivers(&y, &[&x]).unwrap().r2 < 0.05);
    }

    #[test]
    fn refuses_what_cannot_be_told_apart() {
        let (x, y) = (noise(200, 1), noise(200, 2));
        let again: Vec<f64> = x.iter().map(|x| 3.0 - 2.0 * x).collect();
        assert!(matches!(drivers(&y, &[&x, &again]), Err(Undefined::NotMeaningful(_))));
        assert!(matches!(drivers(&y, &[]), Err(Undefined::NotMeaningful(_))));
        assert!(matches!(drivers(&y, &[x.as_slice(); 13]), Err(Undefined::NotMeaningful(_))));
        assert_eq!(drivers(&y, &[&x, &[1.0; 200]]), Err(Undefined::Constant));
        assert_eq!(drivers(&y[..149], &[&x[..149]]), Err(Undefined::TooFew { have: 149, need: 150 }));
    }
}
