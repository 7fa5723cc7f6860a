//! Whether a regressor belongs beside a line, by the restricted wild bootstrap.

use super::{DRAWS, Signs, p_value, signed_sums};
use crate::Undefined;
use crate::sample::{Deviations, assert_paired};
use crate::sum::{dot, sum};

/// Of the variation of a regressor, the share off a line in x below which the two are one.
const COLLINEAR: f64 = 1e-14;
/// Of a sum of squares, the share below which only rounding is left.
const EXACT: f64 = 1e-20;

/// A regressor c beside the line y = alpha + beta x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Added {
    /// Coefficient of c.
    pub(crate) coefficient: f64,
    /// Slope of y on x with c beside it.
    pub(crate) slope: f64,
    /// Coefficient over its standard error robust to heteroskedasticity, without correction (HC0, White 1980).
    pub(crate) t_hc0: f64,
    /// Share of the draws and the sample whose |t| is at least as large.
    pub(crate) p_wild: f64,
}

/// Least squares of `y` on a constant, `x` and `column`, and the restricted wild-bootstrap p-value of `column`: a draw is
/// the line of y on x alone plus its residuals under new signs, so that the null holds in it (Davidson and Flachaire 2008).
///
/// Errors: constant y or x; not meaningful if the column lies on a line in x, or y on x and the column exactly.
pub(crate) fn added_regressor(y: &[f64], x: &[f64], column: &[f64], seed: [u8; 32]) -> Result<Added, Undefined> {
    assert_paired(y, x);
    assert_paired(y, column);
    let (y, x, column) = (Deviations::of_varying(y)?, Deviations::of_varying(x)?, Deviations::of(column)?);
    let n = y.values.len();
    let level = vec![(n as f64).sqrt().recip(); n];
    let line = divided(&x.values, x.square.sqrt());
    let shared = dot(&line, &column.values);
    let mut rest = column.values;
    // Twice, because one pass leaves rounding of the size of what it removes.
    for _ in 0..2 {
        remove(&mut rest, &level);
        remove(&mut rest, &line);
    }
    let square = dot(&rest, &rest);
    if square <= COLLINEAR * column.square {
        return Err(Undefined::NotMeaningful("the added regressor lies on a line in the other"));
    }
    let own = divided(&rest, square.sqrt());
    let along = dot(&line, &y.values);
    let mut residuals = y.values;
    remove(&mut residuals, &line);
    let coefficient = dot(&own, &residuals) / square.sqrt();
    let exact = dot(&residuals, &residuals) <= EXACT * y.square;
    let parts = Parts::of(&[level, line, own], &residuals);
    let t_hc0 = parts
        .t(parts.projections.each_ref().map(|column| sum(column)), parts.linear.each_ref().map(|column| sum(column)));
    if exact || !t_hc0.is_finite() {
        return Err(Undefined::NotMeaningful("the regressors explain every value exactly"));
    }
    let p_wild = p_value(parts.draws(seed), t_hc0.abs());
    Ok(Added { coefficient, slope: (along - coefficient * shared) / x.square.sqrt(), t_hc0, p_wild })
}

fn divided(values: &[f64], by: f64) -> Vec<f64> {
    values.iter().map(|value| value / by).collect()
}

/// Takes a direction of length one out of the values.
fn remove(values: &mut [f64], direction: &[f64]) {
    let along = dot(values, direction);
    for (value, direction) in values.iter_mut().zip(direction) {
        *value -= along * direction;
    }
}

/// What t takes of a draw.
///
/// With orthonormal regressors q0, q1 of the line and q2 of what the column adds, t = q2.y / sqrt(sum q2² e²), e being y
/// less its three projections. Fitted values drop out of both. Residuals r under signs w leave, because w² = 1 and with
/// gⱼ = sum qⱼ r w, sum q2² e² = sum q2² r² - 2 sum over j of gⱼ (sum q2² qⱼ r w) + sum over j, k of gⱼ gₖ (sum q2² qⱼ qₖ):
/// six signed sums a draw.
struct Parts {
    /// qⱼ r.
    projections: [Vec<f64>; 3],
    /// q2² qⱼ r.
    linear: [Vec<f64>; 3],
    /// Sum of q2² r².
    constant: f64,
    /// Sums of q2² qⱼ qₖ.
    square: [[f64; 3]; 3],
}

impl Parts {
    fn of(basis: &[Vec<f64>; 3], residuals: &[f64]) -> Self {
        let times = |x: &[f64], y: &[f64]| -> Vec<f64> { x.iter().zip(y).map(|(x, y)| x * y).collect() };
        let weights = times(&basis[2], &basis[2]);
        let weighted = basis.each_ref().map(|column| times(column, &weights));
        let projections = basis.each_ref().map(|column| times(column, residuals));
        let linear = weighted.each_ref().map(|column| times(column, residuals));
        let constant = dot(&projections[2], &projections[2]);
        let square = weighted.each_ref().map(|row| basis.each_ref().map(|column| dot(row, column)));
        Self { projections, linear, constant, square }
    }

    /// t from the sums of `projections` and of `linear`.
    fn t(&self, g: [f64; 3], linear: [f64; 3]) -> f64 {
        let both = |x: [f64; 3], y: [f64; 3]| x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
        let around = self.square.map(|row| both(row, g));
        let variance = self.constant - 2.0 * both(g, linear) + both(g, around);
        if variance > EXACT * self.constant { g[2] / variance.sqrt() } else { f64::INFINITY }
    }

    /// |t| of each draw.
    fn draws(&self, seed: [u8; 32]) -> impl Iterator<Item = f64> {
        let signs = Signs::draw(self.projections[0].len(), DRAWS, seed);
        let ([p0, p1, p2], [l0, l1, l2]) = (&self.projections, &self.linear);
        let sums = signed_sums(&signs, 0, [[p0, p1], [p2, l0], [l1, l2]]);
        sums.into_iter().map(|[[g0, g1], [g2, l0], [l1, l2]]| self.t([g0, g1, g2], [l0, l1, l2]).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: u32, modulus: u32) -> Vec<f64> {
        (0..n).map(|t| f64::from(t * t % modulus) - f64::from(modulus / 2)).collect()
    }

    /// t of `column` by its definition, from regressors that need not be orthogonal.
    fn directly(y: &[f64], x: &[f64], column: &[f64]) -> f64 {
        let found = added_regressor(y, x, column, [0; 32]).unwrap();
        let bend = |t: usize| found.slope * x[t] + found.coefficient * column[t];
        let level = (0..y.len()).map(|t| y[t] - bend(t)).sum::<f64>() / y.len() as f64;
        let own = residual(column, x);
        let robust: f64 = (0..y.len()).map(|t| (own[t] * (y[t] - level - bend(t))).powi(2)).sum();
        found.coefficient * dot(&own, &own) / robust.sqrt()
    }

    fn residual(y: &[f64], x: &[f64]) -> Vec<f64> {
        let line = crate::regression::slope(y, x, 5).unwrap();
        y.iter().zip(x).map(|(y, x)| y - line.alpha - line.beta * x).collect()
    }

    #[test]
    fn every_draw_equals_the_definition() {
        let (x, noise) = (wave(300, 41), wave(300, 53));
        let column: Vec<f64> = x.iter().map(|x| x * x).collect();
        let y: Vec<f64> = (0..300).map(|t| 2.0 + 0.5 * x[t] + 0.01 * column[t] + noise[t]).collect();
        let found = added_regressor(&y, &x, &column, [5; 32]).unwrap();
        assert!((found.t_hc0 - directly(&y, &x, &column)).abs() < 1e-9);
        let resid = residual(&y, &x);
        let signs = Signs::draw(300, DRAWS, [5; 32]);
        let drawn = |draw: usize| -> Vec<f64> {
            let sign = |t: usize| if signs.of(t / 64)[draw] >> (t % 64) & 1 == 1 { -1.0 } else { 1.0 };
            (0..300).map(|t| y[t] - resid[t] + resid[t] * sign(t)).collect()
        };
        let beyond = (0..DRAWS).filter(|draw| directly(&drawn(*draw), &x, &column).abs() >= found.t_hc0.abs()).count();
        assert_eq!(found.p_wild, (1 + beyond) as f64 / 1_000.0);
    }

    #[test]
    fn refuses_what_has_no_coefficient() {
        let (x, y) = (wave(300, 41), wave(300, 53));
        let line: Vec<f64> = x.iter().map(|x| 3.0 - 2.0 * x).collect();
        assert!(matches!(added_regressor(&y, &x, &line, [0; 32]), Err(Undefined::NotMeaningful(_))));
        assert!(matches!(added_regressor(&y, &x, &[1.0; 300], [0; 32]), Err(Undefined::NotMeaningful(_))));
        assert_eq!(added_regressor(&y, &[1.0; 300], &x, [0; 32]), Err(Undefined::Constant));
        assert!(matches!(added_regressor(&line, &x, &y, [0; 32]), Err(Undefined::NotMeaningful(_))));
    }
}
