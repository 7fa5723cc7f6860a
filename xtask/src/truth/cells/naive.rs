//! What naive practice does to data without any effect.

use convex_stats::correlation::pearson;

use super::{measures, plain};
use crate::cell::{Cell, Kind, yes};
use crate::market::{Law, pair, walk};

const LAW: Law = Law::Student(8);

pub(super) fn cells() -> Vec<Cell> {
    vec![levels(1_500), scan(1_500), filled(1_498)]
}

fn levels(n: usize) -> Cell {
    let truth = format!("{}, two walks that know nothing of each other", LAW.name());
    plain("naive levels", truth, n, measures(Kind::Naive, &["levels correlate by more than 0.5"]), move |random, _| {
        let (a, _) = pair(LAW, 0.0, n, random);
        let (b, _) = pair(LAW, 0.0, n, random);
        vec![pearson(&walk(a), &walk(b)).ok().map(|r| yes(r.abs() > 0.5))]
    })
}

/// Each of 40 lags against 1.96 / sqrt n.
fn scan(n: usize) -> Cell {
    let truth = format!("{}, linked on the same day only", LAW.name());
    plain(
        "naive scan",
        truth,
        n,
        measures(Kind::Naive, &["some of 40 lags is beyond 1.96 / sqrt n"]),
        move |random, _| {
            let (a, b) = pair(LAW, 0.7, n, random);
            let limit = 1.96 / (n as f64).sqrt();
            let far =
                |x: &[f64], y: &[f64], lag: usize| pearson(&x[..n - lag], &y[lag..]).is_ok_and(|r| r.abs() > limit);
            vec![Some(yes((1..=20).any(|lag| far(&a, &b, lag) || far(&b, &a, lag))))]
        },
    )
}

/// The same price seen every day and on weekdays only, the weekend filled with Friday's.
fn filled(n: usize) -> Cell {
    let truth = format!("{}, one price, seven days a week and five filled forward", LAW.name());
    plain("naive filling", truth, n, measures(Kind::Mean, &["mean correlation of daily changes"]), move |random, _| {
        let (every_day, _) = pair(LAW, 0.0, n, random);
        let mut since = 0.0;
        let weekdays: Vec<f64> = every_day
            .iter()
            .enumerate()
            .map(|(day, change)| {
                since += change;
                if day % 7 < 5 { std::mem::take(&mut since) } else { 0.0 }
            })
            .collect();
        vec![pearson(&every_day, &weekdays).ok()]
    })
}
