//! The Dickey-Fuller regression with lagged changes, shared by the tests of one series and of residuals.

use crate::Undefined;
use crate::factor::{Factor, Gram};
use crate::lagged::{LaggedProducts, lagged_sums};
use crate::sample::mean;
use crate::sum::dot;

/// What the regression holds beside the level and the lagged changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deterministic {
    /// Nothing.
    Nothing,
    /// A constant.
    Constant,
}

/// t statistic of the level, with what it was computed from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DickeyFuller {
    pub(crate) statistic: f64,
    pub(crate) lag: usize,
    pub(crate) n: usize,
}

/// Regression of the change on the level before it and on lagged changes, their number by Akaike's criterion.
///
/// All numbers of lags up to Schwert's compete on the sample that the largest leaves; the chosen one is estimated again on
/// its own longest sample.
pub(crate) fn dickey_fuller(series: &[f64], deterministic: Deterministic) -> Result<DickeyFuller, Undefined> {
    let most = schwert_lag(series.len(), deterministic);
    let lag = best_lag(&Design::of(series, deterministic, most, most)?, most)?;
    let design = Design::of(series, deterministic, lag, lag)?;
    let statistic = design.factor.first_t(lag + 1, lag + 1, design.degrees(lag));
    if !statistic.is_finite() {
        return Err(Undefined::NotMeaningful("lagged changes explain the series exactly"));
    }
    Ok(DickeyFuller { statistic, lag, n: design.n })
}

/// ceil(12 (n / 100)^(1/4)) lags (Schwert 1989), fewer where the sample would not carry them.
fn schwert_lag(n: usize, deterministic: Deterministic) -> usize {
    let rule = (12.0 * (n as f64 / 100.0).powf(0.25)).ceil() as usize;
    rule.min((n / 2).saturating_sub(deterministic.count() + 1))
}

/// The number of lags with the least criterion; the smaller of equals.
fn best_lag(design: &Design, most: usize) -> Result<usize, Undefined> {
    let mut best = (f64::INFINITY, 0);
    for lag in 0..=most {
        let square = design.factor.residual(most + 1, most + 1, lag + 1);
        let criterion = design.n as f64 * square.ln() + 2.0 * lag as f64;
        if criterion < best.0 {
            best = (criterion, lag);
        }
    }
    if best.0.is_finite() {
        Ok(best.1)
    } else {
        Err(Undefined::NotMeaningful("lagged changes explain the series exactly"))
    }
}

/// Columns: the level, the changes at lags 1 to `lags`, and as response the change itself.
struct Design {
    factor: Factor,
    n: usize,
    deterministic: Deterministic,
}

impl Design {
    /// Rows begin with the change at position `first`, which has `lags` changes before it.
    fn of(series: &[f64], deterministic: Deterministic, lags: usize, first: usize) -> Result<Self, Undefined> {
        let mut level = series.to_vec();
        let mut change: Vec<f64> = series.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if deterministic == Deterministic::Constant {
            // The constant takes care of any mean; without it first, fewer digits are lost.
            shift(&mut level);
            shift(&mut change);
        }
        let (end, response) = (change.len(), lags + 1);
        let level = &level[first..end];
        let products = LaggedProducts::of_one(&change, lags, first);
        // Lag 0 is the response, and so comes last.
        let column = |lag: usize| if lag == 0 { response } else { lag };
        let mut gram = Gram::zero(lags + 2);
        gram.set(0, 0, dot(level, level));
        for i in 0..=lags {
            gram.set(0, column(i), dot(level, &change[first - i..end - i]));
            for j in i..=lags {
                gram.set(column(i), column(j), products.get(i, j));
            }
        }
        if deterministic == Deterministic::Constant {
            let mut sums = lagged_sums(&change, lags, first);
            sums.push(sums[0]);
            sums[0] = crate::sum::sum(level);
            gram.centre(&sums, level.len() as f64);
        }
        Ok(Self { factor: Factor::of(gram, lags + 1)?, n: level.len(), deterministic })
    }

    /// Degrees of freedom left with `lag` lags.
    fn degrees(&self, lag: usize) -> usize {
        self.n - lag - 1 - self.deterministic.count()
    }
}

impl Deterministic {
    fn count(self) -> usize {
        usize::from(self == Self::Constant)
    }
}

fn shift(values: &mut [f64]) {
    let centre = mean(values);
    for value in values {
        *value -= centre;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lags_follow_schwert_where_the_sample_carries_them() {
        assert_eq!(schwert_lag(6_438, Deterministic::Constant), 34);
        assert_eq!(schwert_lag(250, Deterministic::Nothing), 16);
        assert_eq!(schwert_lag(20, Deterministic::Constant), 8);
        assert_eq!(schwert_lag(20, Deterministic::Nothing), 9);
    }

    #[test]
    fn an_exact_fit_is_refused() {
        let line: Vec<f64> = (0..300).map(f64::from).collect();
        assert!(dickey_fuller(&line, Deterministic::Constant).is_err());
        let wave: Vec<f64> = (0..300).map(|t| f64::from(t % 2)).collect();
        assert!(dickey_fuller(&wave, Deterministic::Nothing).is_err());
    }
}
