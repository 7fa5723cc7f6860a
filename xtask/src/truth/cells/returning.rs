//! Gaps that return to a level, and gaps that never do.

use convex_stats::half_life::{GRID, HalfLife, half_life};
use convex_stats::unit_root::adf;
use convex_stats::variance_ratio::variance_ratio;

use super::{measures, plain};
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, Market, returning_gap, walk};

const LAW: Law = Law::Student(8);

pub(super) fn cells() -> Vec<Cell> {
    let on_grid = [(21, 1_500), (55, 1_500), (55, 6_000)].map(|(life, n)| of_grid(life, n));
    let found = [(20, 1_500), (60, 1_500), (20, 6_000), (60, 6_000)].map(|(life, n)| of_life(life, n));
    on_grid.into_iter().chain([1_500, 6_000].map(wandering)).chain(found).collect()
}

/// Whether the range of accepted half-lives reaches from at most `life` to at least `life`.
fn holds(found: &HalfLife, life: u32) -> bool {
    let from = found.low.is_some_and(|low| low <= life);
    from && (found.unit_root_accepted || found.high.is_some_and(|high| high >= life))
}

/// The same of the range widened to the next points of the grid, which were refused: a half-life between the points of the
/// grid is between one that is accepted and one beside it.
fn widened_holds(found: &HalfLife, life: u32) -> bool {
    let before = |low: u32| GRID.into_iter().rev().find(|point| *point < low).unwrap_or(0);
    let after = |high: u32| GRID.into_iter().find(|point| *point > high).unwrap_or(u32::MAX);
    let from = found.low.is_some_and(|low| before(low) <= life);
    from && (found.unit_root_accepted || found.high.is_some_and(|high| after(high) >= life))
}

/// A half-life that is a point of the grid, so that the range should hold it in 95 % of samples.
fn of_grid(life: u32, n: usize) -> Cell {
    let truth = format!("{}, half-life {life}", LAW.name());
    plain("half-life", truth, n, measures(Kind::Coverage, &["half-life, grid bootstrap"]), move |random, _| {
        let gap = returning_gap(LAW, f64::from(life), n, random);
        vec![Some(yes(half_life(&gap, random.seed()).is_ok_and(|found| holds(&found, life))))]
    })
}

/// A walk: the unit root belongs to the accepted range in 95 % of samples.
fn wandering(n: usize) -> Cell {
    let truth = format!("{}, random walk", LAW.name());
    plain("half-life", truth, n, measures(Kind::Coverage, &["unit root in the accepted range"]), move |random, _| {
        let mut market = Market::new(LAW, random);
        let gap = walk((0..n).map(|_| market.day::<1>(random)[0]));
        vec![Some(yes(half_life(&gap, random.seed()).is_ok_and(|found| found.unit_root_accepted)))]
    })
}

fn of_life(life: u32, n: usize) -> Cell {
    let mut asked =
        measures(Kind::Power, &["range holds the half-life", "range has an upper end", "ADF", "variance ratio, joint"]);
    asked.push(Measure { name: "range widened by a point holds it", kind: Kind::Power });
    let truth = format!("{}, half-life {life}", LAW.name());
    plain("returning", truth, n, asked, move |random, _| {
        let gap = returning_gap(LAW, f64::from(life), n, random);
        let found = half_life(&gap, random.seed());
        vec![
            Some(yes(found.is_ok_and(|found| holds(&found, life)))),
            Some(yes(found.is_ok_and(|found| !found.unit_root_accepted))),
            adf(&gap).ok().map(|found| rejects(found.p)),
            variance_ratio(&gap, random.seed()).ok().map(|found| rejects(found.p_joint)),
            Some(yes(found.is_ok_and(|found| widened_holds(&found, life)))),
        ]
    })
}
