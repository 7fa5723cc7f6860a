//! Means of the stretches that Bai and Perron's breaks divide a series into.

use convex_stats::breaks::mean_breaks;

use super::{measures, plain};
use crate::cell::{Cell, Kind, Measure, yes};
use crate::market::{Law, Market};

const MEANS: [&str; 2] = ["mean before, EWC", "mean after, EWC"];

pub(super) fn cells() -> Vec<Cell> {
    let steps = [
        (Law::Independent, 0.5, 1_500),
        (Law::Student(8), 0.5, 1_500),
        (Law::Student(8), 0.25, 6_000),
        (Law::Student(5), 0.5, 1_500),
    ];
    let level = [(Law::Independent, 1_500), (Law::Student(8), 1_500), (Law::Student(8), 6_000)];
    steps.map(|(law, step, n)| broken(law, step, n)).into_iter().chain(level.map(|(law, n)| whole(law, n))).collect()
}

/// A mean that steps up after two fifths; the intervals are asked where exactly that one break is found.
fn broken(law: Law, step: f64, n: usize) -> Cell {
    let mut asked = measures(Kind::Coverage, &MEANS);
    asked.push(Measure { name: "exactly one break found", kind: Kind::Power });
    plain("segments", format!("{}, mean steps up by {step}", law.name()), n, asked, move |random, _| {
        let mut market = Market::new(law, random);
        let values: Vec<f64> =
            (0..n).map(|day| market.day::<1>(random)[0] + if day < n * 2 / 5 { 0.0 } else { step }).collect();
        let Ok(found) = mean_breaks(&values) else { return vec![None; 3] };
        let is_one = found.breaks.len() == 1;
        let holds = |at: usize, mean: f64| is_one.then(|| yes(found.segments[at].ewc_95.contains(mean)));
        vec![holds(0, 0.0), holds(1, step), Some(yes(is_one))]
    })
}

/// One mean; its interval is asked where no break is found.
fn whole(law: Law, n: usize) -> Cell {
    let asked = measures(Kind::Coverage, &["mean of the whole, EWC"]);
    plain("segments", format!("{}, one mean", law.name()), n, asked, move |random, _| {
        let mut market = Market::new(law, random);
        let values: Vec<f64> = (0..n).map(|_| market.day::<1>(random)[0]).collect();
        let found = mean_breaks(&values).ok().filter(|found| found.breaks.is_empty());
        vec![found.map(|found| yes(found.segments[0].ewc_95.contains(0.0)))]
    })
}
