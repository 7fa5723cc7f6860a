//! Levels of two walks without a common one: the tests of cointegration that stand beside the family, and KPSS.

use convex_stats::cointegration::{Shift, gregory_hansen, johansen, johansen_lag};
use convex_stats::unit_root::kpss;

use super::plain;
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, pair, returning_gap, walk};

/// Lagged changes Johansen's system may have.
const MOST: usize = 10;

pub(super) fn cells() -> Vec<Cell> {
    [(Law::Independent, 1_500), (Law::Student(8), 1_500)].map(|(law, n)| cell(law, n)).into()
}

fn cell(law: Law, n: usize) -> Cell {
    let asked = vec![
        Measure { name: "Johansen, trace, no relation", kind: Kind::Size },
        Measure { name: "Gregory-Hansen, shift of level", kind: Kind::Size },
        // It is shown and never used in a verdict, so it makes no promise.
        Measure { name: "KPSS where the half-life is 60", kind: Kind::Naive },
    ];
    plain("levels", format!("{}, two linked walks", law.name()), n, asked, move |random, _| {
        let (x, y) = pair(law, 0.7, n, random);
        let (a, b) = (walk(x), walk(y));
        let trace = johansen_lag(&a, &b, MOST).and_then(|lag| johansen(&a, &b, lag)).ok();
        let returning = returning_gap(law, 60.0, n, random);
        vec![
            trace.map(|found| yes(found.ranks[0].trace > found.ranks[0].trace_critical[1])),
            gregory_hansen(&a, &b, Shift::Level).ok().map(|found| yes(found.statistic < found.critical[1])),
            kpss(&returning).ok().map(|found| rejects(found.p)),
        ]
    })
}
