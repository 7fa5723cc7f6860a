//! The largest |z| of variance ratios when every change keeps its size and draws its sign anew.

use pulp::{Arch, NullaryFnOnce};

use super::{DRAWS, EXCEEDANCES, HORIZONS};
use crate::sum::{dot, sum};
use crate::wild::Signs;

/// Draws followed side by side, one in each lane of the vector registers.
const LANES: usize = 16;
/// Draws made at a time.
const BATCH: usize = 64;
/// Days whose signs are looked up together in sums.
const RUN: usize = 4;
/// Sums taken of each draw: of the changes, and of the changes times the weighted neighbours at each horizon.
const SUMS: usize = 8;
/// Rows of running sums added up before a change of precision.
const ROWS: usize = 256;

type Lanes = [f32; LANES];

/// Everything about the sample that a draw needs.
///
/// With changes e of mean square one, signs s and m the mean of a = s e, a draw is v = a - m. Its squares are
/// e^2 + m^2 - 2 m a, so the sum of weighted products of squares is
/// scale - 2 m sum(a w) + m^2 sum(w), w being the weighted neighbours of e^2;
/// what is left out, 4 m^2 times weighted products of a, is smaller than the rest by n^(3/2).
pub(crate) struct Null<'a> {
    horizons: &'a [usize],
    changes: Vec<f32>,
    /// For every run of four days, the sums of all sixteen ways to sign them.
    signed: Vec<[[f32; SUMS]; 1 << RUN]>,
    scale: Vec<f64>,
    weight: Vec<f64>,
}

impl<'a> Null<'a> {
    /// From standardised changes, their squares, and the weighted neighbours of the squares at each horizon.
    pub(crate) fn of(changes: &[f64], squares: &[f64], horizons: &'a [usize], around: &[Vec<f64>]) -> Self {
        // Each pair of squares is met from both sides.
        let scale = around.iter().map(|around| dot(squares, around) / 2.0).collect();
        let weight = around.iter().map(|around| sum(around)).collect();
        let row = |t: usize| {
            let mut row = [0.0; SUMS];
            row[0] = changes[t] as f32;
            for (cell, around) in row[1..].iter_mut().zip(around) {
                *cell = (changes[t] * around[t]) as f32;
            }
            row
        };
        let signed = (0..changes.len()).step_by(RUN).map(|start| {
            let days: Vec<[f32; SUMS]> = (start..changes.len().min(start + RUN)).map(row).collect();
            all_signs(&days)
        });
        let signed = signed.collect();
        Self { horizons, changes: changes.iter().map(|change| *change as f32).collect(), signed, scale, weight }
    }

    /// Sum of weighted products of squares, by the place of the horizon.
    pub(crate) fn scale(&self, place: usize) -> f64 {
        self.scale[place]
    }

    /// p-value of the largest |z| `seen`, and the draws it took (Besag and Clifford 1991).
    pub(crate) fn p_value(&self, seen: f64, seed: [u8; 32]) -> (f64, usize) {
        let (mut draws, mut beyond) = (0, 0);
        let mut batch = 0;
        while draws < DRAWS {
            for largest in self.largest(batch, seed).into_iter().take(DRAWS - draws) {
                draws += 1;
                beyond += usize::from(largest >= seen);
                if beyond == EXCEEDANCES {
                    return (EXCEEDANCES as f64 / draws as f64, draws);
                }
            }
            batch += 1;
        }
        ((1 + beyond) as f64 / (draws + 1) as f64, draws)
    }

    /// Largest |z| of each draw of a batch.
    fn largest(&self, batch: u64, mut seed: [u8; 32]) -> Vec<f64> {
        for (byte, number) in seed.iter_mut().zip(batch.to_le_bytes()) {
            *byte ^= number;
        }
        let signs = Signs::draw(self.changes.len(), BATCH, seed);
        let sums = Arch::new().dispatch(SignedSums { null: self, signs: &signs });
        let n = self.changes.len() as f64;
        let mut found = Vec::with_capacity(BATCH);
        for (first, sums) in (0..BATCH).step_by(LANES).zip(sums.chunks_exact(LANES)) {
            let means = std::array::from_fn(|lane| (f64::from(sums[lane][0]) / n) as f32);
            let squares = Arch::new().dispatch(Stretches { null: self, signs: &signs, first, means });
            for (lane, sums) in sums.iter().enumerate() {
                let mean = f64::from(means[lane]);
                let variance = n - n * mean * mean;
                let z = |place: usize| {
                    let excess = squares[place][lane] / self.horizons[place] as f64 - variance;
                    let scale =
                        self.scale[place] - 2.0 * mean * f64::from(sums[place + 1]) + mean * mean * self.weight[place];
                    excess / scale.sqrt()
                };
                found.push((0..self.horizons.len()).fold(0.0, |largest: f64, place| largest.max(z(place).abs())));
            }
        }
        found
    }
}

/// Sums of the days under all signs: bit t of the place in the table turns day t.
fn all_signs(days: &[[f32; SUMS]]) -> [[f32; SUMS]; 1 << RUN] {
    std::array::from_fn(|bits| {
        let mut total = [0.0; SUMS];
        for (t, day) in days.iter().enumerate() {
            for (total, value) in total.iter_mut().zip(day) {
                *total += if bits >> t & 1 == 1 { -value } else { *value };
            }
        }
        total
    })
}

/// The sums of every draw of a batch.
struct SignedSums<'a> {
    null: &'a Null<'a>,
    signs: &'a Signs,
}

impl NullaryFnOnce for SignedSums<'_> {
    type Output = Vec<[f32; SUMS]>;

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let mut totals = vec![[0.0; SUMS]; BATCH];
        for (run, table) in self.null.signed.iter().enumerate() {
            let (word, shift) = (run * RUN / 64, run * RUN % 64);
            for (total, signs) in totals.iter_mut().zip(self.signs.of(word)) {
                let entry = table[(signs >> shift) as usize & ((1 << RUN) - 1)];
                let mut sums = *total;
                for place in 0..SUMS {
                    sums[place] += entry[place];
                }
                *total = sums;
            }
        }
        totals
    }
}

/// Squares of the sums over all stretches of each horizon, for the draws from `first` on, less their means.
struct Stretches<'a> {
    null: &'a Null<'a>,
    signs: &'a Signs,
    first: usize,
    means: Lanes,
}

impl NullaryFnOnce for Stretches<'_> {
    type Output = [[f64; LANES]; HORIZONS.len()];

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let (changes, longest) = (&self.null.changes, HORIZONS[self.null.horizons.len() - 1]);
        let (mut totals, mut squares) = ([[0.0; LANES]; HORIZONS.len()], [[0.0; LANES]; HORIZONS.len()]);
        // Running sums of the longest horizon before the rows at hand, then those rows.
        let mut sums = vec![[0.0_f32; LANES]; longest + ROWS];
        let mut sum = [0.0_f32; LANES];
        // Beyond the last change the running sum stands still while the stretches run out.
        let end = changes.len() + longest - 1;
        for start in (0..end).step_by(ROWS) {
            let rows = ROWS.min(end - start);
            for word in (0..rows).step_by(32) {
                let at = start + word;
                let days = changes.len().saturating_sub(at).min(32).min(rows - word);
                let (drawn, high) = (self.signs.of(at.min(changes.len()) / 64), at % 64 == 32);
                let mut signs: [u32; LANES] = std::array::from_fn(|lane| {
                    let signs = drawn[self.first + lane];
                    if high { (signs >> 32) as u32 } else { signs as u32 }
                });
                for (change, row) in changes[at.min(changes.len())..][..days].iter().zip(&mut sums[longest + word..]) {
                    for lane in 0..LANES {
                        let signed = f32::from_bits(change.to_bits() ^ (signs[lane] << 31));
                        signs[lane] >>= 1;
                        sum[lane] += signed - self.means[lane];
                    }
                    *row = sum;
                }
                sums[longest + word + days..longest + rows.min(word + 32)].fill(sum);
            }
            for (square, horizon) in squares.iter_mut().zip(self.null.horizons) {
                let mut found = [0.0_f32; LANES];
                for (now, then) in sums[longest..longest + rows].iter().zip(&sums[longest - horizon..]) {
                    for lane in 0..LANES {
                        let stretch = now[lane] - then[lane];
                        found[lane] += stretch * stretch;
                    }
                }
                *square = found;
            }
            for (total, square) in totals.as_flattened_mut().iter_mut().zip(squares.as_flattened()) {
                *total += f64::from(*square);
            }
            sums.copy_within(rows..rows + longest, 0);
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Deviations;
    use crate::variance_ratio::weighted_neighbours;

    /// Largest |z| of one draw by the definition.
    fn directly(drawn: &[f64], horizons: &[usize]) -> f64 {
        let away = Deviations::of(drawn).unwrap();
        let squares: Vec<f64> = away.values.iter().map(|value| value * value).collect();
        let z = |horizon: usize| {
            let weight = |k: usize| 2.0 * (1.0 - k as f64 / horizon as f64);
            let product = |values: &[f64], k: usize| dot(&values[k..], &values[..values.len() - k]);
            let excess: f64 = (1..horizon).map(|k| weight(k) * product(&away.values, k)).sum();
            let scale: f64 = (1..horizon).map(|k| weight(k).powi(2) * product(&squares, k)).sum();
            (excess / scale.sqrt()).abs()
        };
        horizons.iter().fold(0.0, |largest: f64, horizon| largest.max(z(*horizon)))
    }

    fn check(n: usize, horizons: &[usize], tolerance: f64) {
        let raw: Vec<f64> = (0..n as u64)
            .map(|t| ((t * t * 7_919 % 1_009) as f64 - 504.0) * if t % 300 < 100 { 4.0 } else { 1.0 })
            .collect();
        let changes = Deviations::of(&raw).unwrap().standardised();
        let squares: Vec<f64> = changes.iter().map(|change| change * change).collect();
        let around: Vec<Vec<f64>> = horizons.iter().map(|horizon| weighted_neighbours(&squares, *horizon)).collect();
        let null = Null::of(&changes, &squares, horizons, &around);
        let found = null.largest(0, [3; 32]);
        let signs = Signs::draw(n, BATCH, [3; 32]);
        for (draw, found) in found.iter().enumerate() {
            let turned = |t: usize| signs.of(t / 64)[draw] >> (t % 64) & 1 == 1;
            let drawn: Vec<f64> = (0..n).map(|t| if turned(t) { -changes[t] } else { changes[t] }).collect();
            let expected = directly(&drawn, horizons);
            assert!((found / expected - 1.0).abs() < tolerance, "{n}, {draw}: {found}, {expected} expected");
        }
    }

    #[test]
    fn every_draw_equals_the_definition() {
        check(3_000, &HORIZONS, 2e-3);
        check(1_100, &HORIZONS, 5e-3);
        check(255, &[2, 5, 21], 1e-2);
    }
}
