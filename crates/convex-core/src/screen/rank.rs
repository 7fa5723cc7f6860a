//! The pairs of largest effect.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use convex_stats::screen::Found;

use crate::Day;

/// By what pairs are ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ranking {
    /// By how far the correlation of the last 63 changes is from that of the 252 before them, on Fisher's z scale.
    #[default]
    Change,
    /// By how many deviations the gap is from its mean of 252 observations.
    Gap,
    /// By the size of the correlation of 252 changes.
    Correlation,
}

impl Ranking {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Change, Self::Gap, Self::Correlation];

    /// The word for it in addresses and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Gap => "gap",
            Self::Correlation => "correlation",
        }
    }

    /// The ranking of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ranking| ranking.key() == key)
    }
}

/// A pair among the largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankedPair {
    /// Place of the first member.
    pub a: usize,
    /// Place of the second member, after the first.
    pub b: usize,
    /// Last common day.
    pub last: Day,
    /// What it was ranked by; the sign tells the side.
    pub effect: f64,
    /// What the screen found.
    pub found: Found,
}

/// The pairs of largest effect among all.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The newest day of any series.
    pub newest: Option<Day>,
    /// Series looked at.
    pub series: usize,
    /// Pairs looked at.
    pub pairs: usize,
    /// Pairs with an effect, from which those listed are taken.
    pub ranked: usize,
    /// Pairs left out because one leg ended.
    pub ended: usize,
    /// Pairs left out because they share too few observations, or one does not vary.
    pub short: usize,
    /// The largest, in order.
    pub largest: Vec<RankedPair>,
}

/// Counts and the largest so far.
#[derive(Debug)]
pub(super) struct Tally {
    most: usize,
    largest: BinaryHeap<Reverse<BySize>>,
    pub(super) ranked: usize,
    pub(super) ended: usize,
    pub(super) short: usize,
}

/// Ordered by the size of the effect, ties by place, so that threads change nothing.
#[derive(Clone, Copy, Debug)]
struct BySize(RankedPair);

impl Tally {
    pub(super) fn of(most: usize) -> Self {
        Self { most, largest: BinaryHeap::new(), ranked: 0, ended: 0, short: 0 }
    }

    /// Whether an effect is large enough to be kept; most are not, and are turned away here.
    pub(super) fn wants(&self, effect: f64) -> bool {
        self.largest.len() < self.most
            || self.largest.peek().is_some_and(|least| effect.abs() >= least.0.0.effect.abs())
    }

    pub(super) fn keep(&mut self, pair: RankedPair) {
        self.largest.push(Reverse(BySize(pair)));
        if self.largest.len() > self.most {
            self.largest.pop();
        }
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.ranked += other.ranked;
        self.ended += other.ended;
        self.short += other.short;
        for Reverse(BySize(pair)) in other.largest {
            self.keep(pair);
        }
        self
    }

    pub(super) fn sorted(self) -> Vec<RankedPair> {
        let mut pairs: Vec<BySize> = self.largest.into_iter().map(|Reverse(pair)| pair).collect();
        pairs.sort_by(|one, other| other.cmp(one));
        pairs.into_iter().map(|BySize(pair)| pair).collect()
    }
}

impl Ord for BySize {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = |pair: &RankedPair| Reverse((pair.a, pair.b));
        self.0.effect.abs().total_cmp(&other.0.effect.abs()).then(places(&self.0).cmp(&places(&other.0)))
    }
}

impl PartialOrd for BySize {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for BySize {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for BySize {}
