//! A true rise of the correlation in stress.

use convex_stats::conditional::{Conditional, StateDifference};

use super::plain;
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, Stated, stated};

pub(super) fn cells() -> Vec<Cell> {
    let same =
        [(Law::Independent, 1_500), (Law::Student(8), 1_500), (Law::Student(8), 6_000), (Law::Student(5), 1_500)];
    let same = same.map(|(law, n)| cell(law, (0.7, 0.7), n));
    let risen = [1_500, 6_000].map(|n| cell(Law::Student(8), (0.5, 0.8), n));
    same.into_iter().chain(risen).collect()
}

/// The stress difference of a sample.
pub(super) fn difference(sample: &Stated) -> Option<StateDifference> {
    let whole = Conditional::new(&sample.a, &sample.b).ok()?;
    let (stress, calm) = (whole.in_state(&sample.stress).ok()?, whole.in_state(&sample.calm).ok()?);
    whole.difference(&stress, &calm).ok()
}

fn cell(law: Law, (calm, stress): (f64, f64), n: usize) -> Cell {
    let kind = if calm < stress { Kind::Power } else { Kind::Size };
    let measures = vec![
        Measure { name: "stress difference, EWC", kind: Kind::Coverage },
        Measure { name: "stress difference", kind },
    ];
    let truth = format!("{}, rho {calm} calm, {stress} in stress", law.name());
    plain("stress", truth, n, measures, move |random, _| {
        let found = difference(&stated(law, calm, stress, n, random)).map(|found| found.z_difference);
        vec![
            found.map(|test| yes(test.ewc_95.contains(stress.atanh() - calm.atanh()))),
            found.map(|test| rejects(test.p)),
        ]
    })
}
