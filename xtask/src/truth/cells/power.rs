//! True leads and true bends.

use convex_stats::asymmetry::asymmetry;
use convex_stats::convexity::convexity;
use convex_stats::lead_lag::lead_lag;

use super::{measures, plain};
use crate::cell::{Cell, Kind, rejects, yes};
use crate::market::{Law, Market, Random, pair};

const LAW: Law = Law::Student(8);

pub(super) fn cells() -> Vec<Cell> {
    let leads = [
        (0.10, 0.0, 1_500),
        (0.10, 0.7, 1_500),
        (0.10, 0.7, 6_000),
        (0.05, 0.0, 1_500),
        (0.05, 0.7, 1_500),
        (0.05, 0.0, 6_000),
        (0.05, 0.7, 6_000),
    ]
    .map(|(size, rho, n)| lead(size, rho, n));
    leads.into_iter().chain([sides(1_500), bend(1_500)]).collect()
}

/// Yesterday's change of a goes into today's of b so that their correlation is `size`; the same day links them by `rho`.
pub(super) fn late(law: Law, size: f64, rho: f64, n: usize, random: &mut Random) -> (Vec<f64>, Vec<f64>) {
    let (a, own) = pair(law, rho, n + 1, random);
    let b = a.iter().zip(&own[1..]).map(|(a, own)| size * a + (1.0 - size * size).sqrt() * own).collect();
    (a[1..].to_vec(), b)
}

fn lead(size: f64, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, a leads by one day with {size:.2}, same-day link {rho}", LAW.name());
    let asked = measures(Kind::Power, &["lead, joint", "lead, joint, and a by one day named"]);
    plain("lead", truth, n, asked, move |random, _| {
        let (a, b) = late(LAW, size, rho, n, random);
        let found = lead_lag(&a, &b, random.seed()).ok();
        vec![
            found.as_ref().map(|found| rejects(found.p_joint)),
            found.as_ref().map(|found| {
                let named = found.a_leads.lag == 1 && found.a_leads.ccf.abs() > found.b_leads.ccf.abs();
                yes(found.p_joint <= 0.05 && named)
            }),
        ]
    })
}

/// Two uncorrelated legs of one market.
fn apart(n: usize, random: &mut Random) -> (Vec<f64>, Vec<f64>) {
    let mut market = Market::new(LAW, random);
    (0..n).map(|_| market.day::<2>(random).into()).unzip()
}

fn sides(n: usize) -> Cell {
    let truth = format!("{}, slope 0.8 on rises and 1.2 on falls", LAW.name());
    plain("asymmetry", truth, n, measures(Kind::Power, &["asymmetry"]), move |random, _| {
        let (x, own) = apart(n, random);
        let y: Vec<f64> = x.iter().zip(own).map(|(x, own)| 0.8 * x.max(0.0) + 1.2 * x.min(0.0) + own).collect();
        vec![asymmetry(&y, &x, random.seed()).ok().map(|found| rejects(found.p_wild))]
    })
}

fn bend(n: usize) -> Cell {
    let truth = format!("{}, y = x + 0.08 x^2 + e", LAW.name());
    plain("convexity", truth, n, measures(Kind::Power, &["convexity"]), move |random, _| {
        let (x, own) = apart(n, random);
        let y: Vec<f64> = x.iter().zip(own).map(|(x, own)| x + 0.08 * x * x + own).collect();
        vec![convexity(&y, &x, random.seed()).ok().map(|found| rejects(found.p_wild))]
    })
}
