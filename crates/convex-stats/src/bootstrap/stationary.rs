//! The stationary bootstrap: blocks of random length from a sample closed to a circle.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Bits of a draw that look up where the search for a block length begins.
const GUIDE_BITS: u32 = 11;

/// A run of consecutive observations; past the last one it goes on with the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Position of its first observation.
    pub start: usize,
    /// Observations in it, at least 1 and at most the sample.
    pub len: usize,
}

/// Resamples of n positions in blocks whose lengths are geometric, so that a resample is stationary (Politis and Romano
/// 1994): a block starts anywhere with equal chance, and each next position starts a new one with probability 1 / mean length.
///
/// The stream is `ChaCha8` from the caller's seed, used in one order, so draws do not depend on threads or machine.
///
/// ```
/// use convex_stats::bootstrap::StationaryBootstrap;
///
/// let mut bootstrap = StationaryBootstrap::new(100, 8.0, [7; 32]);
/// assert_eq!(bootstrap.draw().iter().map(|block| block.len).sum::<usize>(), 100);
/// ```
#[derive(Clone, Debug)]
pub struct StationaryBootstrap {
    n: u32,
    lengths: BlockLengths,
    random: ChaCha8Rng,
    blocks: Vec<Block>,
}

impl StationaryBootstrap {
    /// Resamples of `n` positions in blocks of the mean length `mean_length` (lengths below 1 count as 1: single observations).
    ///
    /// # Panics
    /// If `n` is 0 or above 2^32, or `mean_length` is not finite.
    pub fn new(n: usize, mean_length: f64, seed: [u8; 32]) -> Self {
        assert!(n > 0 && mean_length.is_finite(), "a resample has a length, and so have its blocks");
        let Ok(positions) = u32::try_from(n) else { panic!("a resample of more than 2^32 positions") };
        Self {
            n: positions,
            lengths: BlockLengths::new(mean_length.max(1.0), n),
            random: ChaCha8Rng::from_seed(seed),
            blocks: Vec::new(),
        }
    }

    /// The next resample, as blocks in order; their lengths sum to the number of positions.
    pub fn draw(&mut self) -> &[Block] {
        self.blocks.clear();
        let mut left = self.n as usize;
        while left > 0 {
            let start = self.position();
            let len = if self.lengths.always_one() { 1 } else { self.lengths.at(self.random.next_u32()).min(left) };
            self.blocks.push(Block { start, len });
            left -= len;
        }
        &self.blocks
    }

    /// A position, each with equal chance: multiply and shift, refusing the few draws that would favour some (Lemire 2019).
    fn position(&mut self) -> usize {
        loop {
            let product = u64::from(self.random.next_u32()) * u64::from(self.n);
            let low = product as u32;
            if low >= self.n || low >= self.n.wrapping_neg() % self.n {
                return (product >> 32) as usize;
            }
        }
    }
}

/// Geometric lengths by inversion of a uniform 32-bit draw. A table built by multiplication, rather than a logarithm,
/// gives the same lengths on every platform.
#[derive(Clone, Debug)]
struct BlockLengths {
    /// `longer[k]` / 2^32 is the chance that a block is longer than k + 1; the last entry is 0.
    longer: Vec<u32>,
    /// For the leading bits of a draw, entries of `longer` that surely lie above it.
    guide: Vec<u32>,
}

impl BlockLengths {
    fn new(mean: f64, longest: usize) -> Self {
        let go_on = 1.0 - 1.0 / mean;
        let mut longer = Vec::new();
        let mut chance = go_on;
        while longer.len() + 1 < longest && chance * 2f64.powi(32) >= 1.0 {
            longer.push((chance * 2f64.powi(32)) as u32);
            chance *= go_on;
        }
        longer.push(0);
        let last_of = |bucket: u32| (bucket << (32 - GUIDE_BITS)) | (u32::MAX >> GUIDE_BITS);
        let surely = |bucket: u32| longer.partition_point(|chance| *chance > last_of(bucket)) as u32;
        let guide = (0..1 << GUIDE_BITS).map(surely).collect();
        Self { longer, guide }
    }

    /// Whether every block is a single observation, so that no draw is needed.
    fn always_one(&self) -> bool {
        self.longer.len() == 1
    }

    fn at(&self, draw: u32) -> usize {
        let mut at = self.guide[(draw >> (32 - GUIDE_BITS)) as usize] as usize;
        // Nearly always none or one: counted without a branch, which would be guessed wrong too often.
        at += usize::from(draw < self.longer[at]);
        while draw < self.longer[at] {
            at += 1;
        }
        1 + at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_changes_no_length() {
        for mean in [1.0, 1.3, 4.6, 49.2, 600.0] {
            let lengths = BlockLengths::new(mean, 6_437);
            for step in 0..20_000_u32 {
                let draw = step.wrapping_mul(2_654_435_769);
                let slow = 1 + lengths.longer.iter().filter(|chance| draw < **chance).count();
                assert_eq!(lengths.at(draw), slow);
            }
            assert_eq!(lengths.at(u32::MAX), 1);
        }
    }

    #[test]
    fn lengths_have_the_mean_asked_for() {
        for mean in [1.0, 2.5, 12.0] {
            let mut bootstrap = StationaryBootstrap::new(20_000, mean, [3; 32]);
            let blocks = (0..20).map(|_| bootstrap.draw().len()).sum::<usize>();
            let seen = 400_000.0 / blocks as f64;
            assert!((seen / mean - 1.0).abs() < 0.02, "{seen} for {mean}");
        }
    }

    #[test]
    fn every_position_starts_equally_often() {
        let mut bootstrap = StationaryBootstrap::new(10, 1.0, [5; 32]);
        let mut starts = [0_u32; 10];
        for _ in 0..10_000 {
            for block in bootstrap.draw() {
                starts[block.start] += 1;
            }
        }
        assert!(starts.iter().all(|count| count.abs_diff(10_000) < 400), "{starts:?}");
    }

    #[test]
    fn equal_seeds_give_equal_draws() {
        let mut one = StationaryBootstrap::new(500, 7.0, [9; 32]);
        let mut two = StationaryBootstrap::new(500, 7.0, [9; 32]);
        let mut other = StationaryBootstrap::new(500, 7.0, [8; 32]);
        assert_eq!(one.draw(), two.draw());
        assert_eq!(one.draw(), two.draw());
        assert_ne!(one.draw(), other.draw());
    }
}
