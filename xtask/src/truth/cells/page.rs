//! Pages without any effect but the same-day link: each test alone, and the family under Holm.

use convex_stats::Undefined;
use convex_stats::asymmetry::asymmetry;
use convex_stats::cointegration::engle_granger_either_way;
use convex_stats::convexity::convexity;
use convex_stats::divergence::divergence;
use convex_stats::lead_lag::lead_lag;
use convex_stats::reversal::reversal;
use convex_stats::unit_root::adf;
use convex_stats::variance_ratio::variance_ratio;

use super::{measures, plain, stress};
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, gap, stated, walk};

/// The family of a page (those of its tests that exist), then what stands outside it.
const TESTS: [&str; 10] = [
    "lead, joint",
    "stress difference",
    "convexity",
    "asymmetry",
    "reversal, 21",
    "reversal, 63",
    "ADF of the gap",
    "variance ratio, joint",
    "Engle-Granger, either way",
    "divergence, p_walk",
];
const IN_FAMILY: usize = 9;

pub(super) fn cells() -> Vec<Cell> {
    [
        (Law::Independent, 1_500, 1),
        (Law::Student(8), 1_500, 1),
        (Law::Student(8), 6_000, 1),
        (Law::Student(5), 1_500, 1),
        (Law::Student(5), 6_000, 2),
    ]
    .map(|(law, n, divisor)| cell(law, n, divisor))
    .into()
}

fn cell(law: Law, n: usize, divisor: usize) -> Cell {
    let mut asked = measures(Kind::Size, &TESTS);
    asked.push(Measure { name: "any of the family under Holm", kind: Kind::Family });
    plain("page", format!("{}, linked on the same day", law.name()), n, divisor, asked, move |random, _| {
        let sample = stated(law, 0.7, 0.7, n, random);
        let (a, b) = (&sample.a, &sample.b);
        let apart = gap(a, b);
        let (level_a, level_b) = (walk(a.iter().copied()), walk(b.iter().copied()));
        let p = |found: Result<f64, Undefined>| found.ok();
        let tests = [
            p(lead_lag(a, b, random.seed()).map(|found| found.p_joint)),
            stress::difference(&sample).map(|found| found.z_difference.p),
            p(convexity(a, b, random.seed()).map(|found| found.p_wild)),
            p(asymmetry(a, b, random.seed()).map(|found| found.p_wild)),
            p(reversal(&apart, 21).map(|found| found.p)),
            p(reversal(&apart, 63).map(|found| found.p)),
            p(adf(&apart).map(|found| found.p)),
            p(variance_ratio(&apart, random.seed()).map(|found| found.p_joint)),
            p(engle_granger_either_way(&level_a, &level_b).map(|found| found.p)),
            p(divergence(&apart, random.seed()).map(|found| found.p_walk)),
        ];
        let family: Vec<f64> = tests[..IN_FAMILY].iter().flatten().copied().collect();
        // Holm passes something exactly where the smallest p passes Bonferroni's line.
        let any = family.iter().any(|p| p * family.len() as f64 <= 0.05);
        tests.into_iter().map(|p| p.map(rejects)).chain([Some(yes(any))]).collect()
    })
}
