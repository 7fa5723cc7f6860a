//! The family of named pairs, judged together.

use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use convex_stats::screen::{Drawn, Judged, Question, judge};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::draw::{DrawnPair, Pasts, Remembered};
use super::row::{Together, row_of};
use super::{Control, Member, Row, Stopped};
use crate::Day;
use crate::align::{Pace, pace};
use crate::figure::{Estimate, Interval, Unavailable, Unit};

/// Worlds behind every p-value of the family.
pub const WORLDS: usize = 1_000;
/// Level of the family.
pub const LEVEL: f64 = 0.05;

/// Calendar days of history from which worlds of daily pairs are made: five years.
pub(super) const YEARS_BACK: i32 = 1_826;

/// The tested list.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The newest day of any pair.
    pub newest: Option<Day>,
    /// The day the list is of: the last that half of its daily pairs have.
    pub day: Option<Day>,
    /// Tests made.
    pub tests: usize,
    /// Resampled worlds behind each.
    pub worlds: usize,
    /// Pairs drawn anew; the others were known from an earlier list.
    pub drawn: usize,
    /// The pairs; those with the smallest adjusted p first.
    pub pairs: Vec<TestedPair>,
}

/// A named pair with its tests.
#[derive(Clone, Debug)]
pub struct TestedPair {
    /// Its figures.
    pub row: Row,
    /// The tests, in the order of [`Question::ALL`].
    pub tests: [Result<Test, Unavailable>; 3],
}

/// One test of one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// z of the gap, or Student's t of the estimate.
    pub statistic: f64,
    /// z of the gap, the change of atanh r, or the mean daily move of the gap.
    pub estimate: f64,
    /// Interval of the estimate; none for the gap.
    pub interval: Option<Interval>,
    /// Its p-values.
    pub judged: Judged,
}

impl Test {
    /// Whether the test passes within its family.
    pub fn passes(&self) -> bool {
        self.judged.p_family <= LEVEL
    }
}

impl TestedPair {
    /// The test that answers a question, if it could be made.
    pub fn test(&self, question: Question) -> Option<&Test> {
        self.tests[question as usize].as_ref().ok()
    }

    /// The smallest adjusted p-value of the pair.
    pub fn best(&self) -> Option<f64> {
        self.tests.iter().flatten().map(|test| test.judged.p_family).min_by(f64::total_cmp)
    }
}

/// Tests pairs of members, by their places, as one family.
///
/// Pairs of one cadence are resampled in the same stretches of time; cadences are drawn apart from each other, which asks
/// for more than their true dependence would. Pairs of which one leg ended long before the newest day are not tested.
pub fn test(
    members: &[Member],
    pairs: &[(usize, usize)],
    worlds: usize,
    control: Control<'_>,
) -> Result<Tested, Stopped> {
    test_again(members, pairs, worlds, &Remembered::default(), control).map(|(tested, _)| tested)
}

/// The same, where pairs whose observations have not changed since an earlier list are not drawn again; with what the next
/// list may use.
pub fn test_again(
    members: &[Member],
    pairs: &[(usize, usize)],
    worlds: usize,
    known: &Remembered,
    control: Control<'_>,
) -> Result<(Tested, Remembered), Stopped> {
    let together: Vec<Together> = pairs.par_iter().map(|(a, b)| Together::of(&members[*a], &members[*b])).collect();
    let newest = together.iter().filter_map(|pair| pair.last).max();
    let pace_of = |(a, b): &(usize, usize)| pace(members[*a].metric.cadence).max(pace(members[*b].metric.cadence));
    let paces: Vec<Pace> = pairs.iter().map(pace_of).collect();
    let pasts = [Pace::Daily, Pace::Weekly, Pace::Monthly].map(|wanted| {
        let own =
            || paces.iter().zip(&together).filter(|(pace, _)| **pace == wanted).map(|(_, pair)| &pair.changes.days);
        let (first, last) = (own().filter_map(|days| days.first()).min()?, own().filter_map(|days| days.last()).max()?);
        Some(Pasts::draw(wanted, first.epoch_days(), last.epoch_days(), worlds))
    });
    let (done, anew) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found: Vec<Option<([u8; 32], Arc<DrawnPair>)>> = pairs
        .par_iter()
        .zip(&together)
        .zip(&paces)
        .map(|((places, together), pace)| {
            if (control.stop)() {
                return Err(Stopped);
            }
            let draw = |pasts: &Pasts| {
                let legs = [places.0, places.1].map(|place| members[place].metric.id.as_str());
                let key = DrawnPair::key(legs, together, pasts);
                let drawn = known.0.get(&key).cloned().unwrap_or_else(|| {
                    anew.fetch_add(1, Ordering::Relaxed);
                    Arc::new(DrawnPair::of(*places, together, pasts))
                });
                (key, drawn)
            };
            let found = pasts[*pace as usize].as_ref().map(draw);
            (control.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, pairs.len());
            Ok(found)
        })
        .collect::<Result<_, Stopped>>()?;
    let drawn: Vec<[Result<&Drawn, Unavailable>; 3]> = found
        .iter()
        .zip(&together)
        .zip(&paces)
        .map(|((found, together), pace)| {
            let absent = |why: Unavailable| [Err(why.clone()), Err(why.clone()), Err(why)];
            let (Some((_, drawn)), Some(last), Some(newest)) = (found, together.last, newest) else {
                return absent(Unavailable::NoOverlap);
            };
            if newest - last > super::grid::current_within(*pace) {
                return absent(Unavailable::NotMeaningful("one leg ended before the day of the list"));
            }
            drawn.tests.each_ref().map(|test| test.as_ref().map_err(Clone::clone))
        })
        .collect();
    let made: Vec<&Drawn> = drawn.iter().flatten().filter_map(|test| test.as_ref().ok().copied()).collect();
    let mut judged = judge(&made).into_iter();
    let tests = made.len();
    let mut listed: Vec<TestedPair> = drawn
        .iter()
        .zip(&found)
        .zip(pairs.iter().zip(&together))
        .map(|((tests, found), (places, together))| {
            let of = |test: &Result<&Drawn, Unavailable>, judged: &mut dyn Iterator<Item = Judged>| {
                let test = test.as_ref().map_err(Clone::clone)?;
                let judged = judged.next().ok_or(Unavailable::NotMeaningful("the family could not be judged"))?;
                Ok(Test { statistic: test.statistic, estimate: test.estimate, interval: test.ewc_95, judged })
            };
            let tests = [of(&tests[0], &mut judged), of(&tests[1], &mut judged), of(&tests[2], &mut judged)];
            let known = found.as_ref().map(|(_, drawn)| drawn.row.clone());
            let mut row = known.unwrap_or_else(|| row_of(*places, together, false));
            (row.a, row.b) = *places;
            for (question, test) in Question::ALL.into_iter().zip(&tests) {
                put_test(&mut row, question, test);
            }
            TestedPair { row, tests }
        })
        .collect();
    listed.sort_by(order);
    let remembered = Remembered(found.into_iter().flatten().collect());
    let day = usual_day(together.iter().zip(&paces).filter(|(_, pace)| **pace == Pace::Daily).map(|(pair, _)| pair));
    let tested = Tested { newest, day: day.or(newest), tests, worlds, drawn: anew.into_inner(), pairs: listed };
    Ok((tested, remembered))
}

/// The smallest p-value within the family first, then the smallest of the pair's own.
fn order(one: &TestedPair, other: &TestedPair) -> std::cmp::Ordering {
    let size = |pair: &TestedPair| pair.tests.iter().flatten().map(|test| test.judged.p).fold(1.0, f64::min);
    let key = |pair: &TestedPair| (pair.best().unwrap_or(2.0), size(pair));
    let ((one_best, one_own), (other_best, other_own)) = (key(one), key(other));
    one_best
        .total_cmp(&other_best)
        .then(one_own.total_cmp(&other_own))
        .then((one.row.a, one.row.b).cmp(&(other.row.a, other.row.b)))
}

/// The last day that half of some pairs have.
fn usual_day<'a>(pairs: impl Iterator<Item = &'a Together>) -> Option<Day> {
    let mut last: Vec<Day> = pairs.filter_map(|pair| pair.last).collect();
    last.sort_unstable();
    last.get(last.len() / 2).copied()
}

/// The name under which the figures of a test stand: `screen.NAME.…`.
pub fn question_name(question: Question) -> &'static str {
    match question {
        Question::Divergence => "divergence",
        Question::Correlation => "correlation_change",
        Question::Move => "move",
    }
}

const STATISTIC: [&str; 3] = [
    "z of the gap over 252 observations",
    "Student’s t of the change of atanh r, by equal-weighted cosines",
    "Student’s t of the mean of the last 63 changes of the gap, by equal-weighted cosines",
];
const OWN: &str = "share of 1,000 resampled pasts at least as far out";
const FAMILY: &str = "Romano-Wolf step-down over the family, resampled in common stretches";
const FALSE_SHARE: &str = "Benjamini-Yekutieli over the family";

/// `screen.NAME.{statistic,p,p_family,q}`.
fn put_test(row: &mut Row, question: Question, test: &Result<Test, Unavailable>) {
    let name = question_name(question);
    let (n, last) = (row.figures.number("returns.n").unwrap_or(0.0) as usize, row.as_of.unwrap_or(Day::MAX));
    let mut put = |leaf: &str, value: &dyn Fn(&Test) -> f64, unit: Unit, method: &'static str| {
        let figure = match test {
            Ok(test) => Estimate::number(value(test), unit, n, (last - YEARS_BACK, last), method),
            Err(why) => Err(why.clone()),
        };
        row.figures.put(format!("screen.{name}.{leaf}"), figure);
    };
    put("statistic", &|test| test.statistic, Unit::Stdevs, STATISTIC[question as usize]);
    put("p", &|test| test.judged.p, Unit::Probability, OWN);
    put("p_family", &|test| test.judged.p_family, Unit::Probability, FAMILY);
    put("q", &|test| test.judged.q, Unit::Probability, FALSE_SHARE);
}

/// One seed of many, whatever their order.
pub(super) fn combined(mut seeds: Vec<[u8; 32]>) -> [u8; 32] {
    seeds.sort_unstable_by_key(|seed| Reverse(*seed));
    let mut hash = Sha256::new();
    for seed in &seeds {
        hash.update(seed);
    }
    hash.finalize().into()
}
