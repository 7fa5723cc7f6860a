//! The lead test given the same day, beside the plain one on the same samples: size, and power under a strong link.

use convex_stats::lead_lag::{LeadLag, lead_lag, partial_lead_lag};

use super::power::late;
use super::{measures, plain};
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, Market, Random, pair, stated};

const T8: Law = Law::Student(8);

pub(super) fn cells() -> Vec<Cell> {
    let same = [
        (Law::Independent, 0.7, 1_500),
        (T8, 0.0, 1_500),
        (T8, 0.7, 1_500),
        (T8, 0.7, 6_000),
        (T8, 0.9, 1_500),
        (T8, -0.7, 1_500),
        (Law::Student(5), 0.7, 1_500),
        (Law::Student(5), 0.7, 6_000),
    ];
    let leads = [
        (0.10, 0.0, 1_500),
        (0.10, 0.7, 1_500),
        (0.10, 0.7, 6_000),
        (0.05, 0.7, 1_500),
        (0.05, 0.7, 6_000),
        (0.05, 0.9, 6_000),
    ];
    let same = same.map(|(law, rho, n)| without(law, rho, n));
    same.into_iter()
        .chain([risen(1_500), remembering(0.1, 1_500), remembering(-0.1, 6_000), sharing(-0.1, 6_000)])
        .chain(leads.map(|(size, rho, n)| with(size, rho, n)))
        .collect()
}

/// Both tests of a sample without a lead.
fn null(
    truth: String,
    n: usize,
    sample: impl Fn(&mut Random) -> (Vec<f64>, Vec<f64>) + Sync + Clone + 'static,
) -> Cell {
    let asked = measures(Kind::Size, &["plain, joint", "given the same day, joint"]);
    plain("lead given the day", truth, n, asked, move |random, _| {
        let (a, b) = sample(random);
        let seed = random.seed();
        let tests = [lead_lag(&a, &b, seed), partial_lead_lag(&a, &b, seed)];
        tests.map(|found| found.ok().map(|found| rejects(found.p_joint))).into()
    })
}

fn without(law: Law, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, linked on the same day by {rho}", law.name());
    null(truth, n, move |random| pair(law, rho, n, random))
}

/// The link itself changes with volatility, so that no one slope takes it out.
fn risen(n: usize) -> Cell {
    let truth = format!("{}, linked on the same day by 0.5 calm, 0.8 in stress", T8.name());
    null(truth, n, move |random| {
        let sample = stated(T8, 0.5, 0.8, n, random);
        (sample.a, sample.b)
    })
}

/// The first leg goes on by a tenth, and the second follows it on the same day alone.
fn remembering(memory: f64, n: usize) -> Cell {
    let truth = format!("{}, a has memory {memory}, b linked on the same day by 0.7", T8.name());
    null(truth, n, move |random| {
        let mut market = Market::new(T8, random);
        let mut at = 0.0;
        let day = |_| {
            let [own, rest] = market.day(random);
            at = memory * at + own;
            (at, 0.7 * at + 0.51_f64.sqrt() * rest)
        };
        (0..n).map(day).unzip()
    })
}

/// Both legs measure one market that goes on by a tenth, each with noise of its own; together they are linked by 0.7.
fn sharing(memory: f64, n: usize) -> Cell {
    let truth = format!("{}, both measure a market with memory {memory}, linked on the same day by 0.7", T8.name());
    null(truth, n, move |random| {
        let mut market = Market::new(T8, random);
        let mut at = 0.0;
        let day = |_| {
            let [own, one, other] = market.day(random);
            at = memory * at + own;
            let noise = (0.3_f64 / 0.7).sqrt();
            (at + noise * one, at + noise * other)
        };
        (0..n).map(day).unzip()
    })
}

fn with(size: f64, rho: f64, n: usize) -> Cell {
    let truth = format!("{}, a leads by one day with {size:.2}, same-day link {rho}", T8.name());
    let names =
        ["plain, joint", "plain, and a by one day named", "given the same day, joint", "given the same day, and named"];
    let asked = names.map(|name| Measure { name, kind: Kind::Power }).into();
    plain("lead given the day", truth, n, asked, move |random, _| {
        let (a, b) = late(T8, size, rho, n, random);
        let seed = random.seed();
        let named = |found: &LeadLag| {
            found.p_joint <= 0.05 && found.a_leads.lag == 1 && found.a_leads.ccf.abs() > found.b_leads.ccf.abs()
        };
        [lead_lag(&a, &b, seed), partial_lead_lag(&a, &b, seed)]
            .into_iter()
            .flat_map(|found| match found {
                Ok(found) => [Some(rejects(found.p_joint)), Some(yes(named(&found)))],
                Err(_) => [None; 2],
            })
            .collect()
    })
}
