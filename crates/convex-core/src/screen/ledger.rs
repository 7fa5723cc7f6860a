//! What became of past alarms: how often the gap came back, beside how often it does anyway.

use convex_stats::divergence::{came_back, trailing_z, wide_and_back, wide_and_back_on_walks};
use convex_stats::share::share_interval;
use rayon::prelude::*;

use super::Member;
use super::row::Together;
use crate::Day;
use crate::figure::Interval;
use crate::seed::seed;

/// Observations within which a gap may come back.
pub const HORIZONS: [usize; 2] = [21, 63];
/// Walks for each pair behind the rate of walks.
const WALKS: usize = 20;

/// A pair whose gap was marked on a past day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Place of the first member.
    pub a: usize,
    /// Place of the second member.
    pub b: usize,
    /// The pair's last common day when it was marked.
    pub day: Day,
}

/// How often something came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Cases that came back in time.
    pub back: usize,
    /// Cases of which it is known.
    pub cases: usize,
}

impl Rate {
    /// The share, if there is a case.
    pub fn share(self) -> Option<f64> {
        (self.cases > 0).then(|| self.back as f64 / self.cases as f64)
    }

    /// Its interval of 95 %, cases taken as independent.
    pub fn interval(self) -> Option<Interval> {
        share_interval(self.back, self.cases)
    }
}

/// One horizon of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Observations within which the gap had to come back.
    pub horizon: usize,
    /// Alarms, each wide gap counted once.
    pub alarms: Rate,
    /// Alarms of which it is not known yet.
    pub open: usize,
    /// Every wide gap of the same pairs, marked or not.
    pub wide: Rate,
    /// Wide gaps of driftless walks made of the pairs' own changes.
    pub walks: Rate,
}

/// The ledger of alarms. `pairs` are those whose wide gaps and walks stand beside.
///
/// An alarm counts from its day; further alarms of the same pair count only once the gap has been back within half a
/// deviation.
pub fn ledger(members: &[Member], alarms: &[Alarm], pairs: &[(usize, usize)]) -> [Outcome; 2] {
    let paths: Vec<Option<Path>> = pairs.par_iter().map(|(a, b)| Path::of(&members[*a], &members[*b])).collect();
    HORIZONS.map(|horizon| {
        let mut outcome =
            Outcome { horizon, alarms: Rate::default(), open: 0, wide: Rate::default(), walks: Rate::default() };
        for ((a, b), path) in pairs.iter().zip(&paths) {
            let Some(path) = path else { continue };
            let own = alarms.iter().filter(|alarm| (alarm.a, alarm.b) == (*a, *b) || (alarm.a, alarm.b) == (*b, *a));
            let mut days: Vec<Day> = own.map(|alarm| alarm.day).collect();
            days.sort_unstable();
            for at in path.first_of_each(&days) {
                match came_back(&path.z, at, horizon) {
                    Some(came) => outcome.alarms.add(usize::from(came), 1),
                    None => outcome.open += 1,
                }
            }
            let (back, cases) = wide_and_back(&path.z, horizon);
            outcome.wide.add(back, cases);
        }
        let walked: Vec<(usize, usize)> = paths.par_iter().flatten().map(|path| path.on_walks(horizon)).collect();
        for (back, cases) in walked {
            outcome.walks.add(back, cases);
        }
        outcome
    })
}

impl Rate {
    fn add(&mut self, back: usize, cases: usize) {
        self.back += back;
        self.cases += cases;
    }
}

/// The gap of a pair and its deviations.
struct Path {
    levels: Vec<f64>,
    together: Together,
    z: Vec<f64>,
    days: Vec<Day>,
}

impl Path {
    fn of(a: &Member, b: &Member) -> Option<Self> {
        let together = Together::of(a, b);
        let levels = together.path()?;
        let z = trailing_z(&levels).ok()?;
        let days = together.levels.days[together.levels.days.len() - z.len()..].to_vec();
        Some(Self { levels, together, z, days })
    }

    /// Places of the alarms of these days, of several in one wide gap the first.
    fn first_of_each(&self, days: &[Day]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for day in days {
            let Some(at) = self.days.partition_point(|own| own <= day).checked_sub(1) else { continue };
            let is_new =
                found.last().is_none_or(|last| self.z[*last + 1..=at.max(*last)].iter().any(|z| z.abs() < 0.5));
            if is_new && found.last() != Some(&at) {
                found.push(at);
            }
        }
        found
    }

    fn on_walks(&self, horizon: usize) -> (usize, usize) {
        let levels = &self.together.levels;
        let seed = seed("screen.ledger", &format!("{WALKS} walks"), &levels.days, &levels.a, &levels.b);
        wide_and_back_on_walks(&self.levels, WALKS, horizon, seed).unwrap_or_default()
    }
}
