//! Breaks and jumps where there are none.

use convex_stats::breaks::{jumps, mean_breaks, variance_breaks};

use super::{measures, plain};
use crate::cell::{Cell, Kind, rejects, yes};
use crate::market::{Law, Market};

const TESTS: [&str; 4] =
    ["Bai-Perron, any break", "ICSS kappa-2, any break", "kappa-2, persistent, of the whole", "Lee-Mykland, any jump"];

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
    plain("breaks", truth, n, measures(Kind::Size, &TESTS), move |random, _| {
        let mut market = Market::new(law, random);
        let changes: Vec<f64> = (0..n).map(|_| market.day::<1>(random)[0]).collect();
        let variance = variance_breaks(&changes).ok();
        vec![
            mean_breaks(&changes).ok().map(|found| yes(!found.breaks.is_empty())),
            variance.as_ref().map(|found| yes(!found.breaks.is_empty())),
            variance.as_ref().map(|found| rejects(found.whole.p_persistent)),
            jumps(&changes).ok().map(|found| yes(!found.jumps.is_empty())),
        ]
    })
}
