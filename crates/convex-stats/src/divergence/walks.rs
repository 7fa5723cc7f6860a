//! Walks whose steps are drawn from the changes of a series.

use pulp::{Arch, NullaryFnOnce};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::{WALKS, WINDOW};

/// Walks followed side by side, one in each lane of the vector registers.
const LANES: usize = 16;

type Lanes = [f32; LANES];

/// What is kept of a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Walk {
    /// Observations with |z| above 2.
    pub(crate) beyond: u32,
    /// Episodes begun.
    pub(crate) episodes: u32,
    /// Last |z|.
    pub(crate) last: f64,
}

/// Changes to draw from, less their mean and of mean square one, and the observations of a walk.
pub(crate) struct Walks {
    changes: Vec<f32>,
    n: usize,
}

impl Walks {
    pub(crate) fn of(changes: &[f64], n: usize) -> Self {
        Self { changes: changes.iter().map(|change| *change as f32).collect(), n }
    }

    /// [`WALKS`] walks.
    ///
    /// A walk takes a number from the generator for every observation, which costs half the time: `xoshiro256++` makes
    /// them four times as fast as `ChaCha8`.
    pub(crate) fn draw(&self, seed: [u8; 32]) -> Vec<Walk> {
        let mut random = Xoshiro256PlusPlus::from_seed(seed);
        let batches = (0..WALKS.div_ceil(LANES)).map(|_| Arch::new().dispatch(Batch { of: self, random: &mut random }));
        let mut walks: Vec<Walk> = batches.flatten().collect();
        walks.truncate(WALKS);
        walks
    }
}

/// As many walks as there are lanes.
struct Batch<'a> {
    of: &'a Walks,
    random: &'a mut Xoshiro256PlusPlus,
}

/// A window seen from its last level x: with gaps g = x - x\[k\] to all its levels, the z of x is the mean of g by their
/// standard deviation, and both sums follow a step without the digits of the level itself.
struct Window {
    level: Lanes,
    gaps: Lanes,
    squares: Lanes,
}

impl NullaryFnOnce for Batch<'_> {
    type Output = [Walk; LANES];

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let mut window = Window { level: [0.0; LANES], gaps: [0.0; LANES], squares: [0.0; LANES] };
        let mut tally = Tally { inside: [0; LANES], beyond: [0; LANES], episodes: [0; LANES] };
        // The levels of the window before the rows at hand, then those rows.
        let mut levels = vec![[0.0_f32; LANES]; 2 * WINDOW];
        let mut drawn = vec![[0.0_f32; LANES]; WINDOW];
        self.of.steps(self.random, &mut drawn);
        for (k, step) in drawn[1..].iter().enumerate() {
            window.open(step, (k + 1) as f32);
            levels[k + 1] = window.level;
        }
        tally.count(&window);
        for start in (WINDOW..self.of.n).step_by(WINDOW) {
            let rows = WINDOW.min(self.of.n - start);
            self.of.steps(self.random, &mut drawn[..rows]);
            window.refresh(&mut levels[..WINDOW]);
            for (row, step) in drawn[..rows].iter().enumerate() {
                let gone = levels[row];
                window.advance(step, &gone);
                levels[WINDOW + row] = window.level;
                tally.count(&window);
            }
            levels.copy_within(rows..rows + WINDOW, 0);
        }
        let z = window.z();
        std::array::from_fn(|lane| Walk { beyond: tally.beyond[lane], episodes: tally.episodes[lane], last: z[lane] })
    }
}

impl Walks {
    /// A change with equal chance for each cell: multiply and shift. The chances differ by less than one in 2^32 / n, far
    /// below what any number of walks could show.
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn steps(&self, random: &mut Xoshiro256PlusPlus, rows: &mut [Lanes]) {
        let n = self.changes.len() as u64;
        for row in rows {
            for pair in row.chunks_exact_mut(2) {
                let bits = random.next_u64();
                pair[0] = self.changes[(((bits & 0xffff_ffff) * n) >> 32) as usize];
                pair[1] = self.changes[(((bits >> 32) * n) >> 32) as usize];
            }
        }
    }
}

#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
impl Window {
    /// A step while the window still fills; `count` levels are in it.
    #[inline(always)]
    fn open(&mut self, step: &Lanes, count: f32) {
        for (lane, step) in step.iter().enumerate() {
            let moved = count * step;
            self.squares[lane] += step * (self.gaps[lane] + self.gaps[lane] + moved);
            self.gaps[lane] += moved;
            self.level[lane] += step;
        }
    }

    /// A step of a full window, which the level `gone` leaves.
    #[inline(always)]
    fn advance(&mut self, step: &Lanes, gone: &Lanes) {
        for lane in 0..LANES {
            let moved = WINDOW as f32 * step[lane];
            self.level[lane] += step[lane];
            let gap = self.level[lane] - gone[lane];
            self.squares[lane] += step[lane] * (self.gaps[lane] + self.gaps[lane] + moved) - gap * gap;
            self.gaps[lane] += moved - gap;
        }
    }

    /// Both sums from the levels themselves, so that rounding does not pile up, and the levels counted from the last one,
    /// so that they keep their digits wherever the walk has gone.
    #[inline(always)]
    fn refresh(&mut self, levels: &mut [Lanes]) {
        let mut fresh = Self { level: [0.0; LANES], gaps: [0.0; LANES], squares: [0.0; LANES] };
        for row in levels {
            for (lane, level) in row.iter_mut().enumerate() {
                let gap = self.level[lane] - *level;
                fresh.gaps[lane] += gap;
                fresh.squares[lane] += gap * gap;
                *level = -gap;
            }
        }
        *self = fresh;
    }

    /// |z| of the last level.
    fn z(&self) -> [f64; LANES] {
        std::array::from_fn(|lane| {
            let (gaps, squares, n) = (f64::from(self.gaps[lane]), f64::from(self.squares[lane]), WINDOW as f64);
            (gaps / n).abs() / ((squares - gaps * gaps / n) / (n - 1.0)).sqrt()
        })
    }
}

/// Counts of each walk; `inside` is all ones in the course of an episode.
struct Tally {
    inside: [u32; LANES],
    beyond: [u32; LANES],
    episodes: [u32; LANES],
}

impl Tally {
    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn count(&mut self, window: &Window) {
        for lane in 0..LANES {
            let square = window.gaps[lane] * window.gaps[lane];
            let wide = 0_u32.wrapping_sub(u32::from(square * share_above(2.0) > window.squares[lane]));
            let narrow = 0_u32.wrapping_sub(u32::from(square * share_above(0.5) < window.squares[lane]));
            self.beyond[lane] = self.beyond[lane].wrapping_sub(wide);
            self.episodes[lane] = self.episodes[lane].wrapping_sub(wide & !self.inside[lane]);
            self.inside[lane] = (self.inside[lane] & !narrow) | wide;
        }
    }
}

/// |z| is above `z` where the square of the sum of gaps times this is above the sum of their squares.
const fn share_above(z: f64) -> f32 {
    let n = WINDOW as f64;
    (((n - 1.0) / (n * n) + z * z / n) / (z * z)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::{episodes, trailing_z};

    fn check(changes: &[f64], n: usize, tolerance: f64) {
        let walks = Walks::of(changes, n);
        let found = walks.draw([3; 32]);
        assert_eq!(found.len(), WALKS);
        let mut random = Xoshiro256PlusPlus::from_seed([3; 32]);
        for batch in found.chunks_exact(LANES).take(3) {
            let mut steps = vec![[0.0; LANES]; n];
            walks.steps(&mut random, &mut steps);
            for (lane, walk) in batch.iter().enumerate() {
                let mut at = 0.0;
                let levels: Vec<f64> = steps
                    .iter()
                    .map(|step| {
                        at += f64::from(step[lane]);
                        at
                    })
                    .collect();
                let z = trailing_z(&levels).unwrap();
                // Single precision may turn one observation that lies on a bound.
                let beyond = z.iter().filter(|z| z.abs() > 2.0).count();
                assert!((walk.beyond as usize).abs_diff(beyond) <= 2, "{} {beyond}", walk.beyond);
                assert!((walk.episodes as usize).abs_diff(episodes(&z).len()) <= 1);
                assert!((walk.last - z[z.len() - 1].abs()).abs() < tolerance, "{} {}", walk.last, z[z.len() - 1]);
            }
        }
    }

    #[test]
    fn walks_are_counted_as_series_are() {
        let even: Vec<f64> = (0..1_500_u64).map(|t| ((t * t * 7_919 % 1_009) as f64 - 504.0) / 300.0).collect();
        check(&even, 1_501, 1e-3);
        check(&even[..600], 601, 1e-3);
        check(&even[..755], 756, 1e-3);
        // One change in a hundred is a jump.
        let jumps: Vec<f64> =
            even.iter().enumerate().map(|(t, c)| if t % 100 == 7 { 30.0 * c } else { c / 3.0 }).collect();
        check(&jumps, 1_501, 1e-2);
        // A single jump a thousand times the rest, whose square costs the windows that follow some digits.
        let mut peg = even.clone();
        peg[700] = 1e3;
        check(&peg, 1_501, 0.1);
    }
}
