//! All pairs, tile by tile, on every thread of the pool the caller is in.

use std::sync::atomic::{AtomicUsize, Ordering};

use convex_stats::screen::{Found, Tile};
use rayon::prelude::*;

use super::grid::{Grid, grids};
use super::rank::Tally;
use super::{Member, Ranked, RankedPair, Ranking};
use crate::Day;

/// How a long computation speaks with who asked for it.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Told how many parts are done, and of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Asked between parts whether to go on.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Default for Control<'_> {
    fn default() -> Self {
        Self { progress: &|_, _| (), stop: &|| false }
    }
}

/// The computation was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the screen was stopped")]
pub struct Stopped;

/// The `most` pairs of largest effect among all pairs of members; `ended` keeps pairs of which a leg ended long ago.
///
/// Memory is that of the series three times over, plus a few megabytes a thread; what is not listed is not kept.
pub fn rank(
    members: &[Member],
    by: Ranking,
    most: usize,
    ended: bool,
    control: Control<'_>,
) -> Result<Ranked, Stopped> {
    rank_share(members, by, most, ended, Share::WHOLE, control)
}

/// A share of the pairs, so that several processes can take one each: the largest of the whole are the largest among those
/// of all shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Which one, from 0.
    pub at: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// All pairs.
    pub const WHOLE: Self = Self { at: 0, of: 1 };
}

/// The same of every tile that falls to a share; its counts are those of the share.
pub fn rank_share(
    members: &[Member],
    by: Ranking,
    most: usize,
    ended: bool,
    share: Share,
    control: Control<'_>,
) -> Result<Ranked, Stopped> {
    let newest = members.iter().filter_map(|member| member.series.last()).map(|(day, _)| day).max();
    let grids = grids(members);
    let parts: Vec<(&Grid, Tile)> =
        grids.iter().flat_map(|grid| grid.panel.tiles().into_iter().map(move |tile| (grid, tile))).collect();
    let parts: Vec<(&Grid, Tile)> = parts.into_iter().skip(share.at).step_by(share.of.max(1)).collect();
    let (total, done) = (parts.len(), AtomicUsize::new(0));
    let tally = parts
        .into_par_iter()
        .try_fold(
            || Tally::of(most),
            |mut tally, (grid, tile)| {
                if (control.stop)() {
                    return Err(Stopped);
                }
                count(grid, tile, members, by, newest.filter(|_| !ended), &mut tally);
                (control.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                Ok(tally)
            },
        )
        .try_reduce(|| Tally::of(most), |one, other| Ok(one.merge(other)))?;
    let (ranked, ended, short) = (tally.ranked, tally.ended, tally.short);
    // Every pair of a tile is ranked, ended or too short.
    let pairs = ranked + ended + short;
    Ok(Ranked { newest, series: members.len(), pairs, ranked, ended, short, largest: tally.sorted() })
}

fn count(grid: &Grid, tile: Tile, members: &[Member], by: Ranking, current: Option<Day>, tally: &mut Tally) {
    grid.panel.each(tile, by == Ranking::Gap, &mut |a, b, found: &Found| {
        weigh(grid, (a, b), found, members, by, current, tally);
    });
}

/// Counts a pair, and keeps it if it is large.
fn weigh(
    grid: &Grid,
    (a, b): (usize, usize),
    found: &Found,
    members: &[Member],
    by: Ranking,
    current: Option<Day>,
    tally: &mut Tally,
) {
    if found.rows == 0 {
        tally.short += 1;
        return;
    }
    let last = grid.days[found.last as usize];
    if current.is_some_and(|newest| newest - last > grid.current_within) {
        tally.ended += 1;
        return;
    }
    let effect = match by {
        Ranking::Change => found.change(),
        Ranking::Correlation => found.year.pearson(),
        Ranking::Gap if members[a].metric.change != members[b].metric.change => None,
        Ranking::Gap => found.gap(),
    };
    let Some(effect) = effect.filter(|effect| effect.is_finite()) else {
        tally.short += 1;
        return;
    };
    tally.ranked += 1;
    if tally.wants(effect) {
        tally.keep(RankedPair { a, b, last, effect, found: *found });
    }
}

/// The same ranking of chosen pairs, by their places, each computed by itself; ended pairs take part.
pub fn rank_pairs(members: &[Member], pairs: &[(usize, usize)], by: Ranking, most: usize) -> Ranked {
    let newest = members.iter().filter_map(|member| member.series.last()).map(|(day, _)| day).max();
    let of = |(a, b): &(usize, usize)| {
        let mut tally = Tally::of(1);
        let (a, b) = (*a.min(b), *a.max(b));
        for grid in &grids(&[members[a].clone(), members[b].clone()]) {
            let legs = [a, b];
            for tile in grid.panel.tiles() {
                grid.panel.each(tile, true, &mut |i, j, found: &Found| {
                    weigh(grid, (legs[i], legs[j]), found, members, by, None, &mut tally);
                });
            }
        }
        tally
    };
    let tallies: Vec<Tally> = pairs.par_iter().map(of).collect();
    let tally = tallies.into_iter().fold(Tally::of(most), Tally::merge);
    let (ranked, ended, short) = (tally.ranked, tally.ended, tally.short);
    Ranked { newest, series: members.len(), pairs: pairs.len(), ranked, ended, short, largest: tally.sorted() }
}

/// `work` on every item, on every thread of the pool the caller is in, in order.
pub fn on_every_thread<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}
