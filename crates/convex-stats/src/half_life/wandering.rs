//! Drawn paths under the unit root.

use pulp::{Arch, NullaryFnOnce};

use super::regression::{Path, Regression};
use crate::wild::Signs;

/// Draws followed side by side, one in each lane of the vector registers.
const LANES: usize = 16;

type Lanes = [f32; LANES];

/// t statistic of the slope against 1, of each draw.
pub(crate) fn draws(regression: &Regression, signs: &Signs) -> Vec<f64> {
    let size = (regression.square(1.0) / regression.n as f64).sqrt();
    let shocks: Vec<f32> = regression
        .after
        .iter()
        .zip(&regression.before)
        .map(|(after, before)| ((after - before) / size) as f32)
        .collect();
    let mut found = Vec::with_capacity(signs.draws());
    for first in (0..signs.draws()).step_by(LANES) {
        found.extend(Arch::new().dispatch(Paths { shocks: &shocks, signs, first }).map(|path| path.t(shocks.len())));
    }
    found.truncate(signs.draws());
    found
}

/// Paths of the draws from `first` on; lanes beyond the last draw repeat it.
struct Paths<'a> {
    shocks: &'a [f32],
    signs: &'a Signs,
    first: usize,
}

impl NullaryFnOnce for Paths<'_> {
    type Output = [Path; LANES];

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let mut level: Lanes = [0.0; LANES];
        let (mut levels, mut squares) = ([0.0_f64; LANES], [0.0_f64; LANES]);
        for (half, days) in self.shocks.chunks(32).enumerate() {
            let drawn = self.signs.of(half / 2);
            let mut signs: [u32; LANES] = std::array::from_fn(|lane| {
                let signs = drawn[(self.first + lane).min(drawn.len() - 1)];
                if half % 2 == 1 { (signs >> 32) as u32 } else { signs as u32 }
            });
            // Sums of 32 days in single precision, of those in double.
            let (mut sum, mut square): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
            for shock in days {
                for lane in 0..LANES {
                    sum[lane] += level[lane];
                    square[lane] += level[lane] * level[lane];
                    level[lane] += f32::from_bits(shock.to_bits() ^ (signs[lane] << 31));
                    signs[lane] >>= 1;
                }
            }
            for lane in 0..LANES {
                levels[lane] += f64::from(sum[lane]);
                squares[lane] += f64::from(square[lane]);
            }
        }
        let shock_squares = self.shocks.len() as f64;
        std::array::from_fn(|lane| {
            // The path begins at 0, so its end is the sum of the shocks, and half its square less theirs is the sum of
            // products of levels and shocks.
            let end = f64::from(level[lane]);
            let products = (end * end - shock_squares) / 2.0;
            Path { levels: levels[lane], squares: squares[lane], products, shocks: end, shock_squares }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_equal_those_made_step_by_step() {
        let noise = (0..331_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0);
        let series: Vec<f64> = noise
            .scan(0.0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect();
        let regression = Regression::of(&series).unwrap();
        let signs = Signs::draw(330, 19, [5; 32]);
        let found = draws(&regression, &signs);
        assert_eq!(found.len(), 19);
        for (draw, found) in found.iter().enumerate() {
            let mut path = vec![0.0];
            for t in 0..330 {
                let turned = signs.of(t / 64)[draw] >> (t % 64) & 1 == 1;
                let shock = regression.after[t] - regression.before[t];
                path.push(path[t] + if turned { -shock } else { shock });
            }
            let expected = Regression::of(&path).unwrap().t(1.0);
            assert!((found - expected).abs() < 1e-4, "{found}, {expected} expected");
        }
    }
}
