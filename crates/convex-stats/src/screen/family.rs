//! A family of named pairs, each tested three ways, and all of it judged together.

use super::change::change_with;
use super::worlds::{Calendar, Worlds};
use super::{BEFORE, NOW};
use crate::divergence::WINDOW;
use crate::long_run::Cosines;
use crate::multiple::{Resampled, benjamini_yekutieli, romano_wolf};
use crate::sample::mean;
use crate::score_test::ScoreTest;
use crate::{Interval, Undefined};

/// Changes a pair needs before it is tested.
pub const NEEDS: usize = 600;

/// What is asked of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Is the gap wider than that of a walk of the pair's own changes?
    Divergence,
    /// Has the correlation changed against the year before?
    Correlation,
    /// Has the gap moved over the last [`NOW`] changes?
    Move,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Divergence, Self::Correlation, Self::Move];
}

/// A pair of the family.
#[derive(Clone, Copy, Debug)]
pub struct FamilyPair<'a> {
    /// When each change ended, in whole units of time, rising.
    pub times: &'a [i32],
    /// Changes of the first leg.
    pub a: &'a [f64],
    /// Changes of the second leg.
    pub b: &'a [f64],
    /// z of the gap now, where the two have one: both legs are measured alike.
    pub gap: Option<f64>,
}

/// One test of one pair, and what the same statistic is in worlds without any change.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What was asked.
    pub question: Question,
    /// The statistic: z of the gap, or Student's t of the estimate.
    pub statistic: f64,
    /// What was estimated: z of the gap, the change of atanh r, the mean move.
    pub estimate: f64,
    /// Interval of the estimate; none for the gap, whose z is no mean.
    pub ewc_95: Option<Interval>,
    /// Size of the statistic in each world.
    sizes: Vec<f64>,
}

/// What a test is worth in its company.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Share of the pair's own worlds, and the past itself, in which the statistic is at least as large.
    pub p: f64,
    /// Romano and Wolf's adjusted p-value: at most alpha for any test at all in a share alpha of worlds without any change.
    pub p_family: f64,
    /// Benjamini and Yekutieli's adjusted p-value.
    pub q: f64,
}

/// The three tests of a pair, in the order of [`Question::ALL`], each with its size in every world; one that cannot be made
/// says why.
///
/// - Divergence: |z| of the gap over 252 levels. Its worlds are driftless walks of the pair's own changes, in stretches
///   common to all pairs of the family, so that clusters of volatility stay clusters.
/// - Correlation: |t| of [`super::correlation_change`].
/// - Move: |t| of the mean of the last [`NOW`] changes of the gap, by equal-weighted cosines; its worlds have no drift.
///
/// Errors: [`Undefined::TooFew`] below [`NEEDS`] changes, or where none falls into the time of the worlds; not meaningful
/// without a gap; others as of the statistics.
///
/// # Panics
/// If times and changes differ in number.
pub fn family_tests(pair: FamilyPair<'_>, worlds: &Worlds) -> [Result<Drawn, Undefined>; 3] {
    assert!(pair.times.len() == pair.a.len() && pair.a.len() == pair.b.len(), "each change ends at a time");
    let tests = Undefined::unless_enough(pair.a.len(), NEEDS).and_then(|()| Tests::of(pair));
    let tests = match tests {
        Ok(tests) => tests,
        Err(why) => return [Err(why), Err(why), Err(why)],
    };
    let mut sizes = tests.in_worlds(&worlds.calendar(pair.times), worlds);
    Question::ALL.map(|question| {
        let seen = tests.seen(question, pair)?;
        let sizes = sizes[question as usize].take();
        let sizes = sizes.ok_or(Undefined::NotMeaningful("no change falls into the family's time"))?;
        Ok(Drawn { sizes, ..seen })
    })
}

/// Judges the tests of a family together: all pairs, all questions, all drawn from the same worlds.
///
/// Statistics of one question are brought to the scale of another by their place among all worlds of all pairs of that
/// question, which orders them as they are; [`benjamini_yekutieli`] reads the same places.
pub fn judge(tests: &[&Drawn]) -> Vec<Judged> {
    let pool = |question: Question| {
        let of = tests.iter().filter(|test| test.question == question);
        let mut pool: Vec<f64> = of.flat_map(|test| test.sizes.iter().copied()).collect();
        pool.sort_unstable_by(f64::total_cmp);
        pool
    };
    let pools = Question::ALL.map(pool);
    let place = |question: Question, size: f64| {
        let pool = &pools[question as usize];
        let at_least = pool.len() - pool.partition_point(|other| *other < size);
        (1 + at_least) as f64 / (1 + pool.len()) as f64
    };
    let places: Vec<f64> = tests.iter().map(|test| place(test.question, test.statistic.abs())).collect();
    let on_one_scale: Vec<Resampled> = tests
        .iter()
        .zip(&places)
        .map(|(test, seen)| {
            let drawn = test.sizes.iter().map(|size| -place(test.question, *size)).collect();
            Resampled { seen: -seen, drawn }
        })
        .collect();
    let (family, q) = (romano_wolf(&on_one_scale), benjamini_yekutieli(&places));
    let own = |test: &Drawn| {
        let at_least = test.sizes.iter().filter(|size| **size >= test.statistic.abs()).count();
        (1 + at_least) as f64 / (1 + test.sizes.len()) as f64
    };
    tests.iter().zip(family).zip(q).map(|((test, p_family), q)| Judged { p: own(test), p_family, q }).collect()
}

/// A pair made ready to be tested many times.
struct Tests {
    a: Vec<f64>,
    b: Vec<f64>,
    /// Changes of the gap less their mean.
    gap: Option<Vec<f64>>,
    span: Cosines,
    now: Cosines,
}

impl Tests {
    fn of(pair: FamilyPair<'_>) -> Result<Self, Undefined> {
        let gap = pair.gap.map(|_| {
            let gap: Vec<f64> = pair.a.iter().zip(pair.b).map(|(a, b)| a - b).collect();
            let drift = mean(&gap);
            gap.iter().map(|change| change - drift).collect()
        });
        let (span, now) = (Cosines::new(NOW + BEFORE)?, Cosines::new(NOW)?);
        Ok(Self { a: pair.a.to_vec(), b: pair.b.to_vec(), gap, span, now })
    }

    fn seen(&self, question: Question, pair: FamilyPair<'_>) -> Result<Drawn, Undefined> {
        let no_gap = Undefined::NotMeaningful("one leg is measured in log changes, the other in differences");
        let of = |found: ScoreTest| Drawn {
            question,
            statistic: found.t,
            estimate: found.estimate,
            ewc_95: Some(found.ewc_95),
            sizes: Vec::new(),
        };
        match question {
            Question::Divergence => {
                let z = pair.gap.ok_or(no_gap)?;
                if !z.is_finite() {
                    return Err(Undefined::Constant);
                }
                Ok(Drawn { question, statistic: z, estimate: z, ewc_95: None, sizes: Vec::new() })
            }
            Question::Correlation => change_with(pair.a, pair.b, &self.span).map(|found| of(found.z_difference)),
            Question::Move => {
                pair.gap.ok_or(no_gap)?;
                let last = pair.a.len() - NOW..;
                let changes: Vec<f64> = pair.a[last.clone()].iter().zip(&pair.b[last]).map(|(a, b)| a - b).collect();
                self.mean_move(&changes).map(of)
            }
        }
    }

    fn mean_move(&self, changes: &[f64]) -> Result<ScoreTest, Undefined> {
        ScoreTest::of(mean(changes), changes, &self.now)
    }

    /// Sizes of the three statistics in each world.
    fn in_worlds(&self, calendar: &Calendar, worlds: &Worlds) -> [Option<Vec<f64>>; 3] {
        let mut sizes = Question::ALL.map(|_| Some(Vec::with_capacity(worlds.len())));
        let mut places = Vec::with_capacity(NOW + BEFORE);
        for world in 0..worlds.len() {
            if worlds.last(world, calendar, NOW + BEFORE, &mut places).is_none() {
                return [None, None, None];
            }
            let of = |changes: &[f64]| places.iter().map(|place| changes[*place as usize]).collect::<Vec<f64>>();
            let link = change_with(&of(&self.a), &of(&self.b), &self.span).map(|found| found.z_difference.t.abs());
            let gap = self.gap.as_ref().map(|gap| of(gap));
            let z = gap.as_ref().and_then(|gap| z_of_walk(&gap[gap.len() + 1 - WINDOW..]));
            let moved = gap.as_ref().and_then(|gap| self.mean_move(&gap[gap.len() - NOW..]).ok());
            // A world in which a leg does not vary shows nothing.
            let found = [z.unwrap_or(0.0), link.unwrap_or(0.0), moved.map_or(0.0, |found| found.t.abs())];
            for (sizes, found) in sizes.iter_mut().flatten().zip(found) {
                sizes.push(found);
            }
        }
        sizes
    }
}

/// |z| of the last of 252 levels that these changes make.
pub(super) fn z_of_walk(changes: &[f64]) -> Option<f64> {
    // Counted back from the last level, where the walk ends.
    let mut levels = [0.0; WINDOW];
    for (at, change) in changes.iter().rev().enumerate() {
        levels[at + 1] = levels[at] - change;
    }
    let n = WINDOW as f64;
    let mean = crate::sum::sum(&levels) / n;
    let around = levels.map(|level| level - mean);
    let z = mean.abs() / (crate::sum::dot(&around, &around) / (n - 1.0)).sqrt();
    z.is_finite().then_some(z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::trailing_z;
    use crate::test_series::noise;

    fn legs(n: usize) -> (Vec<i32>, Vec<f64>, Vec<f64>) {
        let (a, own) = (noise(n, 1), noise(n, 2));
        let b = a.iter().zip(&own).map(|(a, own)| a + own).collect();
        ((0..n as i32).collect(), a, b)
    }

    fn worlds(n: i32) -> Worlds {
        Worlds::draw(0, n - 1, 21.0, 400, 200, [7; 32])
    }

    #[test]
    fn what_is_seen_is_what_the_statistics_say() {
        let (times, a, b) = legs(800);
        let gap: Vec<f64> = a
            .iter()
            .zip(&b)
            .scan(0.0, |at, (a, b)| {
                *at += a - b;
                Some(*at)
            })
            .collect();
        let z = trailing_z(&gap).unwrap().pop();
        let pair = FamilyPair { times: &times, a: &a, b: &b, gap: z };
        let [wide, change, moved] = family_tests(pair, &worlds(800)).map(Result::unwrap);
        assert_eq!(Some(wide.statistic), z);
        let expected = super::super::correlation_change(&a, &b).unwrap().z_difference;
        assert_eq!(
            (change.statistic, change.estimate, change.ewc_95),
            (expected.t, expected.estimate, Some(expected.ewc_95))
        );
        let last: Vec<f64> = a[737..].iter().zip(&b[737..]).map(|(a, b)| a - b).collect();
        assert!((moved.estimate - mean(&last)).abs() < 1e-15);
        for (test, usual) in [(&wide, 1.0), (&change, 0.8), (&moved, 0.8)] {
            assert_eq!(test.sizes.len(), 200);
            assert!((mean(&test.sizes) - usual).abs() < 0.4, "{:?}: {}", test.question, mean(&test.sizes));
        }
        let judged = judge(&[&wide, &change, &moved]);
        assert!(judged.iter().all(|judged| judged.p > 0.0 && judged.p <= judged.p_family + 1e-12 && judged.q <= 1.0));
    }

    #[test]
    fn a_pair_without_a_gap_is_still_asked_for_its_link() {
        let (times, a, b) = legs(800);
        let with = FamilyPair { times: &times, a: &a, b: &b, gap: Some(1.0) };
        let [_, linked, _] = family_tests(with, &worlds(800));
        let [wide, alone, moved] = family_tests(FamilyPair { gap: None, ..with }, &worlds(800));
        assert!(matches!((wide, moved), (Err(Undefined::NotMeaningful(_)), Err(Undefined::NotMeaningful(_)))));
        assert_eq!(alone.unwrap().sizes, linked.unwrap().sizes);
    }

    #[test]
    fn refuses_short_pairs_and_those_outside_the_time_of_the_worlds() {
        let (times, a, b) = legs(599);
        let short = FamilyPair { times: &times, a: &a, b: &b, gap: None };
        let few = Undefined::TooFew { have: 599, need: 600 };
        assert!(family_tests(short, &worlds(599)).into_iter().all(|test| test.err() == Some(few)));
        let (times, a, b) = legs(700);
        let late: Vec<i32> = times.iter().map(|time| time + 5_000).collect();
        let outside = FamilyPair { times: &late, a: &a, b: &b, gap: None };
        assert!(matches!(family_tests(outside, &worlds(700))[1], Err(Undefined::NotMeaningful(_))));
    }
}
