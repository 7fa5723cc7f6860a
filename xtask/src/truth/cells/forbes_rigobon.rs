//! The link in stress at the volatility of calm days (Forbes and Rigobon).

use convex_stats::conditional::Conditional;
use convex_stats::score_test::ScoreTest;

use super::plain;
use crate::cell::{Cell, Kind, Measure, rejects, yes};
use crate::market::{Law, Stated, wilder};

pub(super) fn cells() -> Vec<Cell> {
    let laws =
        [(Law::Independent, 1_500), (Law::Student(8), 1_500), (Law::Student(8), 6_000), (Law::Student(5), 1_500)];
    let same = laws.map(|(law, n)| cell(law, [1.0, 1.0], n));
    let steeper = [1_500, 6_000].map(|n| cell(Law::Student(8), [1.5, 1.0], n));
    let wilder = [1_500, 6_000].map(|n| cell(Law::Student(8), [1.0, 1.5], n));
    same.into_iter().chain(steeper).chain(wilder).collect()
}

/// The three tests of a sample: of the plain difference, of the rest's volatility, and of the difference at equal
/// volatility where it is given.
fn tests(sample: &Stated) -> Option<[Option<ScoreTest>; 3]> {
    let whole = Conditional::new(&sample.a, &sample.b).ok()?;
    let (stress, calm) = (whole.in_state(&sample.stress).ok()?, whole.in_state(&sample.calm).ok()?);
    let plain = whole.difference(&stress, &calm).ok()?.z_difference;
    let rest = whole.residual_volatility(&stress, &calm).ok()?;
    Some([Some(plain), Some(rest), whole.forbes_rigobon(&stress, &calm).ok()])
}

/// b is twice as wild in stress; the slope on it and what it leaves are multiplied by `slope` and `rest` there.
fn cell(law: Law, [slope, rest]: [f64; 2], n: usize) -> Cell {
    let kind = |same: bool| if same { Kind::Size } else { Kind::Power };
    let (is_steeper, is_wilder) = (slope > 1.0, rest > 1.0);
    let is_same = !is_steeper && !is_wilder;
    let mut asked = vec![
        Measure { name: "correlation differs", kind: Kind::Naive },
        Measure { name: "the rest is wilder", kind: kind(!is_wilder) },
        Measure { name: "differs at equal volatility", kind: kind(is_same) },
        Measure { name: "an answer is given", kind: Kind::Power },
    ];
    if is_same {
        asked.push(Measure { name: "difference at equal volatility, EWC", kind: Kind::Coverage });
    }
    let truth = match (is_steeper, is_wilder) {
        (true, _) => format!("{}, slope {slope} times as large in stress", law.name()),
        (_, true) => format!("{}, rest {rest} times as wild in stress", law.name()),
        _ => format!("{}, b twice as wild in stress and nothing else", law.name()),
    };
    plain("forbes-rigobon", truth, n, asked, move |random, _| {
        let [plain, rest_test, equal] = tests(&wilder(law, [slope, rest], n, random)).unwrap_or([None; 3]);
        let rejected = |test: Option<ScoreTest>| test.map(|test| rejects(test.p));
        let holds = is_same.then(|| equal.map(|test| yes(test.ewc_95.contains(0.0))));
        let answers = [rejected(plain), rejected(rest_test), rejected(equal), Some(yes(equal.is_some()))];
        answers.into_iter().chain(holds).collect()
    })
}
