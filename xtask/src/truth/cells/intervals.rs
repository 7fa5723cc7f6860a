//! Intervals of the link, the slope, the volatilities and the hedge.

use convex_stats::Interval;
use convex_stats::correlation::{correlation, fisher_interval, pearson_influence, spearman_influence};
use convex_stats::hedge::WalkForward;
use convex_stats::long_run::half_width;
use convex_stats::regression::slope;
use convex_stats::volatility_ratio::volatility_ratio;

use super::{measures, prepared};
use crate::cell::{Cell, Kind, yes};
use crate::market::{Law, pair};
use crate::population;

const TRUTHS: [(Law, f64); 7] = [
    (Law::Independent, 0.7),
    (Law::Normal, 0.7),
    (Law::Student(8), 0.7),
    (Law::Student(5), 0.7),
    (Law::Student(8), 0.0),
    (Law::Student(8), -0.5),
    (Law::Student(4), 0.7),
];

const LENGTHS: [usize; 4] = [62, 252, 1_500, 6_000];

const LINK: [&str; 6] =
    ["Pearson, Fisher", "Pearson, EWC", "Pearson, bootstrap", "Spearman, EWC", "slope, EWC", "volatility ratio, EWC"];

pub(super) fn cells() -> Vec<Cell> {
    let link = TRUTHS.into_iter().flat_map(|(law, rho)| LENGTHS.map(|n| of_link(law, rho, n)));
    let hedge = TRUTHS.into_iter().take(4).flat_map(|(law, rho)| [1_500, 6_000].map(|n| of_hedge(law, rho, n)));
    let losses = TRUTHS.into_iter().take(4).flat_map(|(law, rho)| [1_500, 6_000].map(|n| of_losses(law, rho, n)));
    link.chain(hedge).chain(losses).collect()
}

fn of_link(law: Law, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, rho {rho}", law.name());
    prepared("link", truth, n, measures(Kind::Coverage, &LINK), move || {
        let rank = population::spearman(law, rho);
        move |random: &mut _, _| {
            let (x, y) = pair(law, rho, n, random);
            let around = |found: convex_stats::correlation::Influence| {
                let half = half_width(&found.score).ok()?;
                Some((found.correlation, Interval::around_correlation(found.correlation, half)))
            };
            let pearson = pearson_influence(&x, &y).ok().and_then(around);
            let fisher = pearson.and_then(|(r, _)| fisher_interval(r, n).ok());
            let spearman = spearman_influence(&x, &y).ok().and_then(around);
            let resampled = correlation(&x, &y, 20, random.seed()).ok();
            let holds = |interval: Option<Interval>, truth: f64| interval.map(|it| yes(it.contains(truth)));
            vec![
                holds(fisher, rho),
                holds(pearson.map(|(_, interval)| interval), rho),
                holds(resampled.map(|found| found.bootstrap_95), rho),
                holds(spearman.map(|(_, interval)| interval), rank),
                holds(slope(&y, &x, 20).ok().map(|line| line.ewc_95), rho),
                holds(volatility_ratio(&x, &y).ok().map(|found| found.ewc_95), 0.0),
            ]
        }
    })
}

fn of_hedge(law: Law, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, rho {rho}", law.name());
    prepared("hedge", truth, n, measures(Kind::Coverage, &["variance reduction, EWC"]), move || {
        let taken = population::variance_reduction(law, rho);
        move |random: &mut _, _| {
            let (b, a) = pair(law, rho, n, random);
            let found = WalkForward::new(&a, &b, 1).and_then(|walk| walk.hedge()).ok();
            vec![found.map(|hedge| yes(hedge.variance_reduction.ewc_95.contains(taken)))]
        }
    })
}

fn of_losses(law: Law, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, rho {rho}", law.name());
    prepared("hedge losses", truth, n, measures(Kind::Coverage, &["shortfall reduction, EWC"]), move || {
        let taken = population::shortfall_reduction(law, rho);
        move |random: &mut _, _| {
            let (b, a) = pair(law, rho, n, random);
            let found = WalkForward::new(&a, &b, 1).and_then(|walk| walk.hedge()).ok();
            vec![found.map(|hedge| yes(hedge.es5_reduction.ewc_95.contains(taken)))]
        }
    })
}
