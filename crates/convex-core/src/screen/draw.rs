//! One pair of the family, drawn: what a new close of another series leaves as it is.

use std::collections::HashMap;
use std::sync::Arc;

use convex_stats::divergence::trailing_z;
use convex_stats::screen::{Drawn, FamilyPair, Worlds, family_tests};

use super::row::{Row, Together, row_of};
use super::tested::YEARS_BACK;
use crate::align::Pace;
use crate::figure::Unavailable;
use crate::seed::seed;

/// Calendar time pasts are made of, for pairs of one cadence.
pub(super) struct Stretches {
    /// Calendar days back.
    pub(super) back: i32,
    /// Mean days of a stretch.
    pub(super) mean: f64,
    /// Days that hold the changes of every statistic.
    pub(super) enough: i32,
    /// The time ends at a day that is a multiple of so many away from a Sunday: until then the pasts stay as they are.
    pub(super) step: i32,
}

/// Mean length of a stretch of daily pairs, in calendar days.
pub(super) const MEAN_STRETCH: f64 = 30.0;

pub(super) fn stretches(pace: Pace) -> Stretches {
    match pace {
        Pace::Daily => Stretches { back: YEARS_BACK, mean: MEAN_STRETCH, enough: 470, step: 7 },
        Pace::Weekly => Stretches { back: 20 * 365, mean: 91.0, enough: 2_300, step: 28 },
        Pace::Monthly => Stretches { back: 60 * 365, mean: 365.0, enough: 9_900, step: 364 },
    }
}

/// Pasts, and what tells them from others.
pub(super) struct Pasts {
    pub(super) worlds: Worlds,
    key: String,
}

impl Pasts {
    /// Pasts of pairs of one cadence whose changes lie between two days, in days since 1970. They rest on the time alone,
    /// so that every family of one week draws its pairs from the same pasts.
    pub(super) fn draw(pace: Pace, first: i32, last: i32, worlds: usize) -> Self {
        let Stretches { back, mean, enough, step } = stretches(pace);
        // 1970-01-04 was a Sunday.
        let last = last + (3 - last).rem_euclid(step);
        let first = first.max(last - back);
        let key = format!("{pace:?} {first} {last} {worlds}");
        let worlds = Worlds::draw(first, last, mean, enough, worlds, seed("screen.tested", &key, &[], &[], &[]));
        Self { worlds, key }
    }
}

/// A pair with its row and its tests, not yet judged.
#[derive(Clone, Debug)]
pub(super) struct DrawnPair {
    pub(super) row: Row,
    pub(super) tests: [Result<Drawn, Unavailable>; 3],
}

/// Pairs drawn for an earlier list, by the exact observations and pasts they rest on.
///
/// Nothing in it is ever out of date: what has changed is simply not found.
#[derive(Clone, Debug, Default)]
pub struct Remembered(pub(super) HashMap<[u8; 32], Arc<DrawnPair>>);

impl Remembered {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl DrawnPair {
    /// What a pair of these legs rests on.
    pub(super) fn key(legs: [&str; 2], together: &Together, pasts: &Pasts) -> [u8; 32] {
        let (changes, levels) = (&together.changes, &together.levels);
        let options = format!("{} {} {:?} {}", legs[0], legs[1], together.gap, pasts.key);
        let of_changes = seed("screen.tested", &options, &changes.days, &changes.a, &changes.b);
        let of_levels = seed("screen.tested", &options, &levels.days, &levels.a, &levels.b);
        super::tested::combined(vec![of_changes, of_levels])
    }

    pub(super) fn of(places: (usize, usize), together: &Together, pasts: &Pasts) -> Self {
        let times: Vec<i32> = together.changes.days.iter().map(|day| day.epoch_days()).collect();
        let gap =
            together.path().map(|path| trailing_z(&path).ok().and_then(|z| z.last().copied()).unwrap_or(f64::NAN));
        let pair = FamilyPair { times: &times, a: &together.changes.a, b: &together.changes.b, gap };
        let tests = family_tests(pair, &pasts.worlds).map(|test| test.map_err(Unavailable::from));
        Self { row: row_of(places, together, false), tests }
    }
}
