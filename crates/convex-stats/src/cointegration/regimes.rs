//! A level relation with a break, and the products its residuals leave, kept up to date as the break moves on.

use crate::Undefined;
use crate::factor::Gram;
use crate::sample::{Deviations, assert_paired};

/// Lagged changes at most (Gregory and Hansen 1996).
pub(crate) const LAGS: usize = 6;
/// Slots of a row: the level before a change, the changes at lags 1 to 6, the change itself.
const SLOTS: usize = LAGS + 2;
/// Position in a row of the change that is explained.
pub(crate) const RESPONSE: usize = LAGS + 1;

/// What the residual is allowed to do at the break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shift {
    /// The constant moves, the slope stays (model C).
    Level,
    /// Constant and slope move (model C/S).
    Regime,
}

/// y = constant + slope x, before and after the break.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Relation {
    pub(crate) slope: [f64; 2],
    pub(crate) constant: [f64; 2],
}

/// A pair divided in two by a break that moves forward.
pub(crate) struct Regimes {
    y: Deviations,
    x: Deviations,
    at: usize,
    moments: [Moments; 2],
    rows: [Rows; 2],
}

impl Regimes {
    /// The pair with the second regime beginning at position `at`.
    pub(crate) fn of(y: &[f64], x: &[f64], at: usize) -> Result<Self, Undefined> {
        assert_paired(y, x);
        let (y, x) = (Deviations::of_varying(y)?, Deviations::of_varying(x)?);
        let n = y.values.len();
        let mut regimes = Self { y, x, at, moments: [Moments::default(); 2], rows: [Rows::default(), Rows::default()] };
        for t in 0..n {
            regimes.moments[usize::from(t >= at)].add(regimes.y.values[t], regimes.x.values[t], 1.0);
        }
        for t in LAGS + 1..n {
            if t < at {
                regimes.include(0, t, 1.0);
            } else if t > at + LAGS {
                regimes.include(1, t, 1.0);
            }
        }
        Ok(regimes)
    }

    /// Moves the break to the next observation.
    pub(crate) fn advance(&mut self) {
        let (y, x) = (self.y.values[self.at], self.x.values[self.at]);
        self.moments[0].add(y, x, 1.0);
        self.moments[1].add(y, x, -1.0);
        self.include(0, self.at, 1.0);
        self.include(1, self.at + LAGS + 1, -1.0);
        self.at += 1;
    }

    /// Least squares of y on x with a break; `None` if x is constant in a regime whose slope is asked for.
    pub(crate) fn relation(&self, shift: Shift) -> Option<Relation> {
        let [before, after] = self.moments.map(|moments| moments.centred());
        let slope = match shift {
            Shift::Level => [(before.1 + after.1) / (before.0 + after.0); 2],
            Shift::Regime => [before.1 / before.0, after.1 / after.0],
        };
        let constant = [0, 1].map(|regime| {
            let Moments { n, y, x, .. } = self.moments[regime];
            (y - slope[regime] * x) / n
        });
        slope.iter().chain(&constant).all(|value| value.is_finite()).then_some(Relation { slope, constant })
    }

    /// Products of the rows of residuals: level before, lagged changes, change.
    pub(crate) fn products(&self, relation: &Relation) -> Gram {
        let mut gram = Gram::zero(SLOTS);
        let mut cells = [[0.0; SLOTS]; SLOTS];
        for regime in 0..2 {
            self.rows[regime].add_residuals(relation.slope[regime], relation.constant[regime], &mut cells);
        }
        for t in self.at..=self.at + LAGS {
            let residual = |t: usize| {
                let regime = usize::from(t >= self.at);
                self.y.values[t] - relation.slope[regime] * self.x.values[t] - relation.constant[regime]
            };
            let row = row(residual, t);
            for (cells, one) in cells.iter_mut().zip(&row) {
                for (cell, other) in cells.iter_mut().zip(&row) {
                    *cell += one * other;
                }
            }
        }
        for (i, cells) in cells.iter().enumerate() {
            for (j, cell) in cells[..=i].iter().enumerate() {
                gram.set(i, j, *cell);
            }
        }
        gram
    }

    /// The relation in the units of the series as given.
    pub(crate) fn restore(&self, relation: &Relation) -> Relation {
        let constant = [0, 1].map(|r| relation.constant[r] + self.y.mean - relation.slope[r] * self.x.mean);
        Relation { slope: relation.slope, constant }
    }

    fn include(&mut self, regime: usize, t: usize, sign: f64) {
        let (y, x) = (row(|t| self.y.values[t], t), row(|t| self.x.values[t], t));
        self.rows[regime].add(&y, &x, sign);
    }
}

/// The row for the change at position `t`.
fn row(value: impl Fn(usize) -> f64, t: usize) -> [f64; SLOTS] {
    let mut row = [0.0; SLOTS];
    row[0] = value(t - 1);
    row[RESPONSE] = value(t) - row[0];
    for (lag, cell) in (1..).zip(&mut row[1..RESPONSE]) {
        *cell = value(t - lag) - value(t - lag - 1);
    }
    row
}

/// Sums of one regime's observations.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    n: f64,
    y: f64,
    x: f64,
    xx: f64,
    xy: f64,
}

impl Moments {
    fn add(&mut self, y: f64, x: f64, sign: f64) {
        self.n += sign;
        self.y += sign * y;
        self.x += sign * x;
        self.xx += sign * x * x;
        self.xy += sign * x * y;
    }

    /// Sums of (x - mean)^2 and of (x - mean)(y - mean).
    fn centred(&self) -> (f64, f64) {
        (self.xx - self.x * self.x / self.n, self.xy - self.x * self.y / self.n)
    }
}

/// Products of the rows that lie whole in one regime.
#[derive(Clone, Debug, Default)]
struct Rows {
    n: f64,
    yy: [[f64; SLOTS]; SLOTS],
    yx: [[f64; SLOTS]; SLOTS],
    xx: [[f64; SLOTS]; SLOTS],
    y: [f64; SLOTS],
    x: [f64; SLOTS],
}

impl Rows {
    fn add(&mut self, y: &[f64; SLOTS], x: &[f64; SLOTS], sign: f64) {
        self.n += sign;
        for i in 0..SLOTS {
            let (one_y, one_x) = (sign * y[i], sign * x[i]);
            self.y[i] += one_y;
            self.x[i] += one_x;
            for j in 0..SLOTS {
                self.yy[i][j] += one_y * y[j];
                self.yx[i][j] += one_y * x[j];
                self.xx[i][j] += one_x * x[j];
            }
        }
    }

    /// Adds the products of y - slope x - constant: only the level, not a change, feels the constant.
    fn add_residuals(&self, slope: f64, constant: f64, cells: &mut [[f64; SLOTS]; SLOTS]) {
        for (i, cells) in cells.iter_mut().enumerate() {
            for (j, cell) in cells.iter_mut().enumerate() {
                let across = self.yx[i][j] + self.yx[j][i];
                *cell += self.yy[i][j] - slope * across + slope * slope * self.xx[i][j];
            }
        }
        let sums: [f64; SLOTS] = std::array::from_fn(|i| self.y[i] - slope * self.x[i]);
        for i in 0..SLOTS {
            cells[0][i] -= constant * sums[i];
            cells[i][0] -= constant * sums[i];
        }
        cells[0][0] += constant * constant * self.n;
    }
}
