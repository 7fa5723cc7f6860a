//! Whole pages without any effect but the same-day link: each test of the page's family alone, and the family under Holm.

use std::sync::Arc;

use convex_core::Basis;
use convex_core::catalog::{Catalog, PairKind};
use convex_core::claim::Family;
use convex_core::compare::{Comparison, Leg, Options, References, TotalReturn, compare};
use convex_core::{Day, Series};

use super::plain;
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, Random, Stated, stated, walk};

/// The tests of the family by the words of the report; `divergence` stands outside it.
const WORDS: [(&str, &str); 18] = [
    ("lead_lag.p_joint", "lead, joint"),
    ("regimes.stress_minus_calm.p", "stress difference"),
    ("convexity.p_wild", "convexity"),
    ("asymmetry.p_wild", "asymmetry"),
    ("reversal.21.p", "reversal, 21"),
    ("reversal.63.p", "reversal, 63"),
    ("ranking.21.p", "rank, 21"),
    ("ranking.63.p", "rank, 63"),
    ("unit_root.log_ratio.adf_p", "ADF of the gap"),
    ("unit_root.spread.adf_p", "ADF of the spread"),
    ("variance_ratio.p_joint", "variance ratio, joint"),
    ("cointegration.p_either_way", "Engle-Granger, either way"),
    ("breaks.jumps.p", "jumps of the gap"),
    ("breaks.variance.p", "breaks of its variance"),
    ("cycles.p_longer", "longer cycles"),
    ("tails.both_fall.p", "falls together, over the t copula"),
    ("tails.a_rises_b_falls.p", "a rises as b falls, over the t copula"),
    (OUTSIDE, "divergence, p_walk"),
];
const OUTSIDE: &str = "divergence.p_walk";

/// Tests whose null, one volatility and normal shocks, holds in the simplest market alone.
const OF_ONE_VOLATILITY: [&str; 2] = ["breaks.jumps.p", "breaks.variance.p"];

/// What sort of page is simulated: two metrics of the catalogue, and the tests its family has.
#[derive(Clone, Copy, Debug)]
struct Page {
    name: &'static str,
    legs: [&'static str; 2],
    pays_out: bool,
    tests: &'static [&'static str],
}

const PEERS: Page = Page {
    name: "peers",
    legs: ["dia", "iwm"],
    pays_out: false,
    tests: &[
        "lead_lag.p_joint",
        "regimes.stress_minus_calm.p",
        "convexity.p_wild",
        "asymmetry.p_wild",
        "reversal.21.p",
        "reversal.63.p",
        "ranking.21.p",
        "ranking.63.p",
        "unit_root.log_ratio.adf_p",
        "variance_ratio.p_joint",
        "cointegration.p_either_way",
        "breaks.jumps.p",
        "breaks.variance.p",
        "cycles.p_longer",
    ],
};
const PAYERS: Page = Page { name: "peers that pay out, on total return", pays_out: true, ..PEERS };
const ASSETS: Page = Page {
    name: "cross-asset",
    legs: ["hyg", "dxy"],
    pays_out: false,
    tests: &[
        "lead_lag.p_joint",
        "regimes.stress_minus_calm.p",
        "convexity.p_wild",
        "asymmetry.p_wild",
        "reversal.21.p",
        "reversal.63.p",
        "ranking.21.p",
        "ranking.63.p",
        "unit_root.log_ratio.adf_p",
        "variance_ratio.p_joint",
        "cointegration.p_either_way",
        "tails.both_fall.p",
    ],
};
const RATES: Page = Page {
    name: "two rates",
    legs: ["dgs10", "dgs2"],
    pays_out: false,
    tests: &[
        "lead_lag.p_joint",
        "regimes.stress_minus_calm.p",
        "convexity.p_wild",
        "asymmetry.p_wild",
        "reversal.21.p",
        "reversal.63.p",
        "unit_root.spread.adf_p",
        "variance_ratio.p_joint",
        "cointegration.p_either_way",
    ],
};

pub(super) fn cells() -> Vec<Cell> {
    [
        (PEERS, Law::Independent, 1_500),
        (PEERS, Law::Independent, 6_000),
        (PEERS, Law::Student(8), 1_500),
        (PEERS, Law::Student(8), 6_000),
        (PEERS, Law::Student(5), 1_500),
        (PEERS, Law::Student(5), 6_000),
        (PAYERS, Law::Student(8), 1_500),
        (ASSETS, Law::Independent, 1_500),
        (ASSETS, Law::Student(8), 1_500),
        (ASSETS, Law::Student(8), 6_000),
        (ASSETS, Law::Student(5), 1_500),
        (RATES, Law::Independent, 1_500),
        (RATES, Law::Student(8), 1_500),
        (RATES, Law::Student(8), 6_000),
        (RATES, Law::Student(5), 1_500),
    ]
    .map(|(page, law, n)| cell(page, law, n))
    .into()
}

fn cell(page: Page, law: Law, n: usize) -> Cell {
    let promised = move |figure: &str| law == Law::Independent || !OF_ONE_VOLATILITY.contains(&figure);
    let kind = |figure: &str, kind| if promised(figure) { kind } else { Kind::Naive };
    let mut asked: Vec<Measure> =
        tests(page).map(|test| Measure { name: words(test), kind: kind(test, Kind::Size) }).collect();
    asked.push(Measure { name: "any of the family under Holm", kind: Kind::Family });
    if page.tests.contains(&OF_ONE_VOLATILITY[0]) {
        let jumps = Measure { name: "jumps or breaks under Holm", kind: kind(OF_ONE_VOLATILITY[0], Kind::Family) };
        asked.push(jumps);
    }
    let truth = format!("{}, {}", law.name(), page.name);
    let has_jumps = page.tests.contains(&OF_ONE_VOLATILITY[0]);
    plain("page", truth, n, asked, move |random, _| {
        let comparison = simulated(page, law, n, random);
        let family = Family::of(&comparison);
        let p = |test: &str| family.tests().iter().find(|judged| judged.figure == test).map(|judged| judged.p);
        let outside = || comparison.figures.number(OUTSIDE);
        let alone = tests(page).map(|test| if test == OUTSIDE { outside() } else { p(test) }.map(rejects));
        let passing = || family.tests().iter().filter(|test| test.passes());
        let of_one_volatility = passing().filter(|test| !promised(test.figure)).count();
        let any = [Some(yes(passing().count() > of_one_volatility))];
        let jumped = passing().any(|test| OF_ONE_VOLATILITY.contains(&test.figure));
        alone.chain(any).chain(has_jumps.then_some(Some(yes(jumped)))).collect()
    })
}

/// Tests asked of a page one by one: those of its family, and the divergence beside them.
fn tests(page: Page) -> impl Iterator<Item = &'static str> {
    page.tests.iter().copied().chain([OUTSIDE])
}

fn words(test: &str) -> &'static str {
    WORDS.iter().find(|(figure, _)| *figure == test).map_or("a test without a name", |(_, words)| words)
}

/// The comparison of two legs that are linked on the same day by 0.7 and not otherwise, as a page makes it.
fn simulated(page: Page, law: Law, n: usize, random: &mut Random) -> Comparison {
    let market = stated(law, 0.7, 0.7, n, random);
    let days: Vec<Day> = (0..=n).map(weekday).collect();
    let catalog = Catalog::builtin();
    let [a, b] =
        page.legs.map(|id| Arc::clone(catalog.metric(id).unwrap_or_else(|| panic!("{id} is not in the catalogue"))));
    let leg = |metric: Arc<_>, changes: &[f64], paid: f64| {
        let path: Vec<f64> = std::iter::once(0.0).chain(walk(changes.iter().copied())).collect();
        let is_rate = page.legs == RATES.legs;
        let level = |at: &f64| if is_rate { 3.0 + 0.05 * at } else { 100.0 * (0.01 * at).exp() };
        // What is paid out every 63 sessions leaves the price and stays in the total return.
        let price = |(day, at): (usize, &f64)| {
            if page.pays_out { level(at) * (-paid * (day / 63) as f64).exp() } else { level(at) }
        };
        let series = |values: Vec<f64>| series(&days, values);
        let total = TotalReturn { series: series(path.iter().map(level).collect()), provider: None, version: 1 };
        Leg {
            metric,
            series: series(path.iter().enumerate().map(price).collect()),
            provider: None,
            version: 1,
            total_return: page.pays_out.then_some(total),
        }
    };
    let mut references = References::default();
    references.put("vixcls", vix(&market, &days));
    let options =
        Options { kind: PairKind::of(&a, &b), pair: None, as_of: None, basis: Basis::Price, sample: true, references };
    compare(leg(a, &market.a, 0.005), leg(b, &market.b, 0.003), options)
}

/// A VIX that tells, on the evening before each change, the state the change is in.
fn vix(market: &Stated, days: &[Day]) -> Series {
    let level = |(stress, calm): (&bool, &bool)| match (stress, calm) {
        (true, _) => 30.0,
        (_, true) => 12.0,
        _ => 20.0,
    };
    let values: Vec<f64> = market.stress.iter().zip(&market.calm).map(level).collect();
    series(days, values)
}

/// A series on the first of some days.
fn series(days: &[Day], values: Vec<f64>) -> Series {
    let Ok(series) = Series::new(days[..values.len()].to_vec(), values) else { panic!("a level is not finite") };
    series
}

fn weekday(at: usize) -> Day {
    let Ok(monday) = "1990-01-01".parse::<Day>() else { panic!("not a day") };
    monday + (at / 5 * 7 + at % 5) as i32
}

#[cfg(test)]
mod checks {
    use super::*;

    #[test]
    fn a_simulated_page_has_the_family_that_is_asked() {
        for page in [PEERS, PAYERS, ASSETS, RATES] {
            let comparison = simulated(page, Law::Student(8), 6_000, &mut Random::of("page", 1));
            assert_eq!(comparison.common.days.len(), 6_001);
            let mut made: Vec<&str> = Family::of(&comparison).tests().iter().map(|test| test.figure).collect();
            let mut asked = page.tests.to_vec();
            made.sort_unstable();
            asked.sort_unstable();
            assert_eq!(made, asked, "{}", page.name);
            assert_eq!(comparison.figures.estimate("total_return.n_common").is_some(), page.pays_out);
        }
    }

    #[test]
    fn every_test_a_family_may_have_is_simulated() {
        let known: Vec<&str> = WORDS.iter().map(|(figure, _)| *figure).filter(|figure| *figure != OUTSIDE).collect();
        assert_eq!(known, Family::TESTS);
    }
}
