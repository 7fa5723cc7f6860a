//! Whether one series follows the other's falls as it follows its rises.

use crate::Undefined;
use crate::sample::assert_paired;
use crate::wild::added_regressor;

/// Pairs the test needs.
const LEAST: usize = 250;

/// Slopes of y on the rises and on the falls of x, and the test of their difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asymmetry {
    /// Slope on max(x, 0), in units of y per unit of x.
    pub beta_up: f64,
    /// Slope on min(x, 0), in units of y per unit of x.
    pub beta_down: f64,
    /// `beta_up` less `beta_down`.
    pub difference: f64,
    /// The difference over its standard error robust to heteroskedasticity (HC0).
    pub t_hc0: f64,
    /// p-value by the restricted wild bootstrap.
    pub p_wild: f64,
    /// Draws behind the p-value.
    pub draws: usize,
    /// Pairs.
    pub n: usize,
}

impl Asymmetry {
    /// What the test supposes.
    pub const NULL: &str = "y follows rises and falls of x with one slope";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "the slopes on rises and falls of x differ";
}

/// Slopes of `y` on rises and falls of `x`: y = alpha + `beta_up` max(x, 0) + `beta_down` min(x, 0) + e by least squares,
/// with t of their difference from HC0 errors.
///
/// p is the share of [`crate::wild::DRAWS`] draws from the line with one slope, its residuals under fair signs, and of the
/// sample itself, whose |t| is at least as large (restricted wild bootstrap, Davidson and Flachaire 2008).
///
/// Needs 250 aligned finite pairs: a caller drops a pair where either is missing. `seed` alone decides the signs.
/// Errors: [`Undefined::TooFew`], [`Undefined::Constant`], [`Undefined::NotMeaningful`] if x never falls, never rises, or
/// y follows exactly.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let x: Vec<f64> = (0..400_u32).map(|t| f64::from(t * t % 101) - 50.0).collect();
/// let y: Vec<f64> = x.iter().zip(0_u32..).map(|(x, t)| x.max(0.0) + 2.0 * x.min(0.0) + f64::from(t * 7 % 97)).collect();
/// let sides = convex_stats::asymmetry::asymmetry(&y, &x, [7; 32]).unwrap();
/// assert!(sides.beta_down > sides.beta_up + 0.5 && sides.p_wild < 0.01);
/// ```
pub fn asymmetry(y: &[f64], x: &[f64], seed: [u8; 32]) -> Result<Asymmetry, Undefined> {
    assert_paired(y, x);
    Undefined::unless_enough(y.len(), LEAST)?;
    let up: Vec<f64> = x.iter().map(|x| x.max(0.0)).collect();
    // With x beside it, the coefficient of the rises is the difference, and that of x the slope on falls.
    let added = added_regressor(y, x, &up, seed)?;
    let (difference, beta_down) = (added.coefficient, added.slope);
    let (t_hc0, p_wild) = (added.t_hc0, added.p_wild);
    let draws = crate::wild::DRAWS;
    Ok(Asymmetry { beta_up: beta_down + difference, beta_down, difference, t_hc0, p_wild, draws, n: y.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_slopes_of_a_kinked_line() {
        let x: Vec<f64> = (0..250).map(|t| f64::from(t % 11) - 5.0).collect();
        let kinked: Vec<f64> = x
            .iter()
            .zip(0_u32..)
            .map(|(x, t)| 1.0 + 3.0 * x.max(0.0) + 0.5 * x.min(0.0) + 1e-6 * f64::from(t * t % 17))
            .collect();
        let sides = asymmetry(&kinked, &x, [1; 32]).unwrap();
        assert!((sides.beta_up - 3.0).abs() < 1e-6 && (sides.beta_down - 0.5).abs() < 1e-6);
        assert_eq!(sides.p_wild, 0.001);
    }

    #[test]
    fn refuses_too_few_and_one_side() {
        let x: Vec<f64> = (0..250).map(|t| f64::from(t % 7)).collect();
        let y: Vec<f64> = (0..250).map(|t| f64::from(t % 5)).collect();
        assert_eq!(asymmetry(&y[..249], &x[..249], [0; 32]), Err(Undefined::TooFew { have: 249, need: 250 }));
        assert!(matches!(asymmetry(&y, &x, [0; 32]), Err(Undefined::NotMeaningful(_))));
    }
}
