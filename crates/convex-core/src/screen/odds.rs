//! How many of such size a world without any change would show.

use convex_stats::screen::{Effect, FamilyPair, Worlds, effect_in_worlds};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::draw::MEAN_STRETCH;
use super::row::Together;
use super::tested::YEARS_BACK;
use super::{Member, Ranking};
use crate::catalog::Cadence;
use crate::compare::GapKind;
use crate::seed::seed;

/// Pairs whose worlds are drawn.
const SAMPLED: usize = 300;
/// Worlds.
const WORLDS: usize = 100;
/// Days a world is long enough for: 315 changes of five a week, and holidays.
const ENOUGH: i32 = 470;

/// What chance alone would do to a list of all pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The smallest effect listed.
    pub size: f64,
    /// Pairs of at least that size that a world without any change shows on average.
    pub expected: f64,
    /// Nine in ten of such worlds show at least so many …
    pub low: f64,
    /// … and at most so many.
    pub high: f64,
    /// Pairs drawn at random whose worlds were looked at.
    pub sampled: usize,
    /// Worlds looked at.
    pub worlds: usize,
}

/// The odds of a list whose smallest effect is `size`, taken from `ranked` pairs: daily pairs drawn at random, resampled in
/// stretches of calendar time common to all. `None` if too few pairs are daily and current.
pub fn odds(members: &[Member], by: Ranking, size: f64, ranked: usize) -> Option<Odds> {
    let daily: Vec<usize> = (0..members.len())
        .filter(|at| !matches!(members[*at].metric.cadence, Cadence::Weekly | Cadence::Monthly))
        .collect();
    let newest = daily.iter().filter_map(|at| members[*at].series.last()).map(|(day, _)| day).max()?;
    let pairs = sample(members, &daily, by);
    let first = newest - YEARS_BACK;
    // The worlds hang together by the exact observations of the series sampled.
    let own: Vec<[u8; 32]> = pairs
        .iter()
        .map(|pair| seed("screen.odds", by.key(), &pair.changes.days, &pair.changes.a, &pair.changes.b))
        .collect();
    let seed = super::tested::combined(own);
    let worlds = Worlds::draw(first.epoch_days(), newest.epoch_days(), MEAN_STRETCH, ENOUGH, WORLDS, seed);
    let effect = match by {
        Ranking::Change => Effect::Change,
        Ranking::Gap => Effect::Gap,
        Ranking::Correlation => Effect::Link,
    };
    let sizes: Vec<Vec<f64>> = pairs
        .par_iter()
        .filter_map(|pair| {
            let times: Vec<i32> = pair.changes.days.iter().map(|day| day.epoch_days()).collect();
            let gap = (pair.gap != GapKind::None).then_some(0.0);
            effect_in_worlds(FamilyPair { times: &times, a: &pair.changes.a, b: &pair.changes.b, gap }, effect, &worlds)
        })
        .collect();
    if sizes.len() < 20.min(members.len() / 2).max(1) {
        return None;
    }
    let share = |world: usize| sizes.iter().filter(|sizes| sizes[world] >= size).count() as f64 / sizes.len() as f64;
    let mut shares: Vec<f64> = (0..WORLDS).map(share).collect();
    shares.sort_by(f64::total_cmp);
    let count = |share: f64| share * ranked as f64;
    Some(Odds {
        size,
        expected: count(shares.iter().sum::<f64>() / WORLDS as f64),
        low: count(shares[WORLDS / 20]),
        high: count(shares[WORLDS - 1 - WORLDS / 20]),
        sampled: sizes.len(),
        worlds: WORLDS,
    })
}

/// Pairs of daily members at random, or all of them if they are few; those without enough in common are left out.
fn sample(members: &[Member], daily: &[usize], by: Ranking) -> Vec<Together> {
    let n = daily.len();
    let all = n * n.saturating_sub(1) / 2;
    let mut random = ChaCha8Rng::seed_from_u64(n as u64);
    let chosen: Vec<(usize, usize)> = if all <= SAMPLED {
        (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).collect()
    } else {
        let mut place = || (random.next_u64() % n as u64) as usize;
        std::iter::repeat_with(|| (place(), place())).filter(|(i, j)| i != j).take(SAMPLED).collect()
    };
    let together = |(i, j): &(usize, usize)| Together::of(&members[daily[*i]], &members[daily[*j]]);
    let fits = |pair: &Together| pair.changes.days.len() >= 400 && (by != Ranking::Gap || pair.gap != GapKind::None);
    chosen.par_iter().map(together).filter(fits).collect()
}
