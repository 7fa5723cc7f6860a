//! What moves with a gap, when nothing does.

use convex_stats::drivers::drivers;

use super::{measures, plain};
use crate::cell::{Cell, Kind, rejects};
use crate::market::{Law, Market};

pub(super) fn cells() -> Vec<Cell> {
    [(Law::Independent, 300), (Law::Student(8), 300), (Law::Student(8), 1_300), (Law::Student(5), 1_300)]
        .map(|(law, n)| cell(law, n))
        .into()
}

/// Two drivers, linked with each other by 0.5, and a gap that shares only its volatility with them.
fn cell(law: Law, n: usize) -> Cell {
    let truth = format!("{}, gap and drivers share volatility only", law.name());
    plain("drivers", truth, n, measures(Kind::Size, &["driver's t"]), move |random, _| {
        let mut market = Market::new(law, random);
        let (mut y, mut one, mut other) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..n {
            let [driver, own, gap] = market.day(random);
            y.push(gap);
            one.push(driver);
            other.push(0.5 * driver + 0.75_f64.sqrt() * own);
        }
        vec![drivers(&y, &[&one, &other]).ok().map(|found| rejects(found.drivers[0].slope.p))]
    })
}
