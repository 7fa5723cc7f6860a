//! Breaks and jumps where there are none.

use convex_stats::breaks::{jumps, mean_breaks, variance_breaks};

use super::{measures, plain};
use crate::cell::{Cell, Kind, yes};
use crate::market::{Law, Market};

const TESTS: [&str; 3] = ["Bai-Perron, any break", "ICSS kappa-2, any break", "Lee-Mykland, any jump"];

pub(super) fn cells() -> Vec<Cell> {
    [
        (Law::Independent, 1_500),
        (Law::Independent, 6_000),
        (Law::Normal, 1_500),
        (Law::Student(8), 1_500),
        (Law::Student(8), 6_000),
        (Law::Student(5), 1_500),
    ]
    .map(|(law, n)| cell(law, n))
    .into()
}

fn cell(law: Law, n: usize) -> Cell {
    let truth = format!("{}, constant mean and variance", law.name());
    plain("breaks", truth, n, 1, measures(Kind::Size, &TESTS), move |random, _| {
        let mut market = Market::new(law, random);
        let changes: Vec<f64> = (0..n).map(|_| market.day::<1>(random)[0]).collect();
        vec![
            mean_breaks(&changes).ok().map(|found| yes(!found.breaks.is_empty())),
            variance_breaks(&changes).ok().map(|found| yes(!found.breaks.is_empty())),
            jumps(&changes).ok().map(|found| yes(!found.jumps.is_empty())),
        ]
    })
}
