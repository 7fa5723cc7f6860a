//! Products of changes, lagged changes and levels of a pair: all that Johansen's tests need of the observations.

use crate::Undefined;
use crate::factor::Gram;
use crate::lagged::{LaggedProducts, lagged_sums};
use crate::sample::{Deviations, assert_paired};
use crate::sum::{dot, sum};
use crate::unit_root::LEAST;

/// Products of changes, lagged changes and levels of a pair, each less its mean.
pub(crate) struct System {
    lag: usize,
    /// Rows: observations less one less the lags.
    pub(crate) n: usize,
    changes: [LaggedProducts; 3],
    levels: Gram,
    level_by_change: [[Vec<f64>; 2]; 2],
}

impl System {
    pub(crate) fn of(a: &[f64], b: &[f64], lag: usize) -> Result<Self, Undefined> {
        assert_paired(a, b);
        Undefined::unless_enough(a.len(), LEAST.max(10 * lag))?;
        let level = [Deviations::of_varying(a)?.values, Deviations::of_varying(b)?.values];
        let change = level.each_ref().map(|level| {
            let raw: Vec<f64> = level.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let centre = sum(&raw) / raw.len() as f64;
            raw.into_iter().map(|value| value - centre).collect::<Vec<f64>>()
        });
        let end = change[0].len();
        let rows = (end - lag) as f64;
        let level = level.each_ref().map(|level| &level[lag..end]);
        let level_sums = level.map(sum);
        let change_sums = change.each_ref().map(|change| lagged_sums(change, lag, lag));
        let products = |i: usize, j: usize| {
            let mut products = LaggedProducts::of(&change[i], &change[j], lag, lag);
            products.centre(&change_sums[i], &change_sums[j], rows);
            products
        };
        let mut levels = Gram::zero(2);
        for i in 0..2 {
            for j in 0..=i {
                levels.set(i, j, dot(level[i], level[j]));
            }
        }
        levels.centre(&level_sums, rows);
        let across = |i: usize, j: usize| {
            let product = |back: usize| {
                dot(level[i], &change[j][lag - back..end - back]) - level_sums[i] * change_sums[j][back] / rows
            };
            (0..=lag).map(product).collect::<Vec<f64>>()
        };
        let level_by_change = [[across(0, 0), across(0, 1)], [across(1, 0), across(1, 1)]];
        Ok(Self {
            lag,
            n: end - lag,
            changes: [products(0, 0), products(0, 1), products(1, 1)],
            levels,
            level_by_change,
        })
    }

    /// Columns: changes at lag 1, 2 .. of a and b in turn, levels, changes.
    pub(crate) fn lags_first(&self) -> Gram {
        let lagged = (1..=self.lag).flat_map(|back| [Column::Change(0, back), Column::Change(1, back)]);
        self.gram(&lagged.chain([Column::Level(0), Column::Level(1)]).chain(RESPONSES).collect::<Vec<_>>())
    }

    /// Columns: levels, changes at lag 1, 2 .. of a and b in turn, changes.
    pub(crate) fn levels_first(&self) -> Gram {
        let lagged = (1..=self.lag).flat_map(|back| [Column::Change(0, back), Column::Change(1, back)]);
        self.gram(&[Column::Level(0), Column::Level(1)].into_iter().chain(lagged).chain(RESPONSES).collect::<Vec<_>>())
    }

    fn gram(&self, columns: &[Column]) -> Gram {
        let mut gram = Gram::zero(columns.len());
        for (i, one) in columns.iter().enumerate() {
            for (j, other) in columns[..=i].iter().enumerate() {
                gram.set(i, j, self.product(*one, *other));
            }
        }
        gram
    }

    fn product(&self, one: Column, other: Column) -> f64 {
        match (one, other) {
            (Column::Level(i), Column::Level(j)) => self.levels.get(i, j),
            (Column::Level(i), Column::Change(j, back)) | (Column::Change(j, back), Column::Level(i)) => {
                self.level_by_change[i][j][back]
            }
            (Column::Change(i, s), Column::Change(j, t)) => {
                let (i, s, j, t) = if i <= j { (i, s, j, t) } else { (j, t, i, s) };
                self.changes[i + j].get(s, t)
            }
        }
    }
}

/// A column of the design: series 0 or 1, its level before the change, or its change some observations back.
#[derive(Clone, Copy)]
enum Column {
    Level(usize),
    Change(usize, usize),
}

const RESPONSES: [Column; 2] = [Column::Change(0, 0), Column::Change(1, 0)];
