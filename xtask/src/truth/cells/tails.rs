//! Tails no more linked than a copula of the same rank correlation has them.

use convex_stats::tails::tails;

use super::{measures, plain};
use crate::cell::{Cell, Kind, rejects};
use crate::market::{Law, pair};

const TESTS: [&str; 3] =
    ["falls together less rises together", "falls together, over the t copula", "slope on falls, over the t copula"];

pub(super) fn cells() -> Vec<Cell> {
    [(Law::Independent, 1_500), (Law::Student(8), 1_500), (Law::Student(8), 6_000)].map(|(law, n)| cell(law, n)).into()
}

fn cell(law: Law, n: usize) -> Cell {
    let truth = format!("{}, rho 0.7", law.name());
    plain("tails", truth, n, measures(Kind::Size, &TESTS), move |random, _| {
        let (b, a) = pair(law, 0.7, n, random);
        let Ok(found) = tails(&a, &b) else { return vec![None; 3] };
        vec![
            found.fall_less_rise.ok().map(|test| rejects(test.p)),
            found.both_fall.ok().map(|corner| rejects(corner.t.excess.p)),
            found.on_falls.ok().map(|slope| rejects(slope.t.excess.p)),
        ]
    })
}
