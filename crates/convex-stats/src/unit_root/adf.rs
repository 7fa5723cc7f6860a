//! The augmented Dickey-Fuller test.

#![expect(clippy::doc_markdown, reason = "a surname has a capital inside")]

use super::{Deterministic, LEAST, dickey_fuller, mackinnon_p};
use crate::Undefined;
use crate::sample::Deviations;

/// Result of the augmented Dickey-Fuller test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adf {
    /// t statistic of the level: the further below zero, the less the series looks like a random walk.
    pub statistic: f64,
    /// Approximate p-value (MacKinnon 1994).
    pub p: f64,
    /// Lagged changes in the regression.
    pub lag: usize,
    /// Observations in the regression.
    pub n: usize,
}

impl Adf {
    /// What a small p-value speaks against.
    pub const NULL: &'static str = "the series has a unit root: it wanders without a level of its own";
    /// What a small p-value speaks for.
    pub const ALTERNATIVE: &'static str = "the series returns to a constant level";
}

/// Augmented Dickey-Fuller test with a constant: t statistic of g in
/// x\[t\] - x\[t-1\] = c + g x\[t-1\] + sum over i = 1 .. lag of d\[i\] (x\[t-i\] - x\[t-i-1\]) + e\[t\].
///
/// `lag` has the least Akaike criterion among 0 .. ceil(12 (n / 100)^(1/4)) (Schwert 1989), compared on one sample; the
/// chosen regression is estimated on the longest sample it allows. The statistic has no unit; it does not change when the
/// series is multiplied or shifted.
///
/// Needs 250 finite values without gaps. Errors: [`Undefined::TooFew`]; [`Undefined::Constant`];
/// [`Undefined::NotMeaningful`] if the series is an exact function of its past. Sources: Said and Dickey (1984), MacKinnon
/// (1994) for p.
///
/// ```
/// use convex_stats::unit_root::{Adf, adf};
///
/// // Nearly independent values have a level to return to, their running sums do not.
/// let noise: Vec<f64> = (0..400_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0).collect();
/// let walk: Vec<f64> = noise.iter().scan(0.0, |at, step| { *at += step; Some(*at) }).collect();
/// assert!(adf(&noise).unwrap().p < 0.01);
/// let found = adf(&walk).unwrap();
/// assert!(found.p > 0.05, "not against: {}", Adf::NULL);
/// ```
pub fn adf(series: &[f64]) -> Result<Adf, Undefined> {
    Undefined::unless_enough(series.len(), LEAST)?;
    Deviations::of_varying(series)?;
    let found = dickey_fuller(series, Deterministic::Constant)?;
    Ok(Adf { statistic: found.statistic, p: mackinnon_p(found.statistic, 1), lag: found.lag, n: found.n })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_too_few_constant_and_exact_series() {
        assert_eq!(adf(&[1.0; 249]), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert_eq!(adf(&[0.1; 250]), Err(Undefined::Constant));
        let line: Vec<f64> = (0..250).map(f64::from).collect();
        assert!(matches!(adf(&line), Err(Undefined::NotMeaningful(_))));
        let mut broken = line;
        broken[7] = f64::NAN;
        assert!(adf(&broken).is_err());
    }
}
