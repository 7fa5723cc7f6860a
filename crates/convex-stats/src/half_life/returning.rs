//! Drawn paths that return to a level, for several half-lives at a time.

use pulp::{Arch, NullaryFnOnce};

use super::regression::{Path, Regression, accepts};
use crate::wild::Signs;

/// Half-lives followed side by side, one in each lane of the vector registers.
pub(crate) const GROUP: usize = 8;
/// Days looked up together.
const RUN: usize = 8;

type Lanes = [f32; GROUP];

/// Up to [`GROUP`] half-lives, tested with the same signs.
pub(crate) struct Returning<'a> {
    pub(crate) regression: &'a Regression,
    pub(crate) signs: &'a Signs,
    /// Signed sums of the levels after and before, of each draw.
    pub(crate) ends: &'a [[f64; 2]],
    pub(crate) lives: &'a [u32],
}

/// One half-life: its slope, and the size by which its residuals are divided.
#[derive(Clone, Copy, Default)]
struct Lane {
    phi: f64,
    size: f64,
    start: f64,
}

/// Where a path is, and the sum of its levels times the shocks that follow them.
#[derive(Clone, Copy)]
struct State {
    level: Lanes,
    products: Lanes,
}

/// What a run of days does to a path, for one way to sign it: with shocks e\[j\], j = 0 .. r-1, the path from zero ends at
/// `moved`, sum of phi^(r-1-j) e\[j\]; it picks up `products`, sum of its levels times shocks; a path from x picks up x times
/// `faded`, sum of phi^j e\[j\], besides.
#[derive(Clone, Copy)]
struct Run {
    moved: Lanes,
    faded: Lanes,
    products: Lanes,
}

impl Returning<'_> {
    /// Whether each half-life is accepted.
    pub(crate) fn accepted(&self) -> Vec<bool> {
        let n = self.regression.n;
        let mut lanes = [Lane::default(); GROUP];
        for (lane, life) in lanes.iter_mut().zip(self.lives) {
            let phi = 2.0_f64.powf(-1.0 / f64::from(*life));
            let size = (self.regression.square(phi) / n as f64).sqrt();
            *lane = Lane { phi, size, start: self.regression.start(phi) / size };
        }
        let states = Arch::new().dispatch(Paths { of: self, lanes: &lanes });
        let t = |place: usize, draw: usize| {
            let Lane { phi, size, start } = lanes[place];
            let (end, products) = (f64::from(states[draw].level[place]), f64::from(states[draw].products[place]));
            let [after, before] = self.ends[draw];
            let shocks = (after - phi * before) / size;
            // Sums of x[t+1] = phi x[t] + e[t] and of its square, with x[n] moved to the other side.
            let levels = (shocks + start - end) / (1.0 - phi);
            let shock_squares = n as f64;
            let squares = (shock_squares + 2.0 * phi * products + start * start - end * end) / (1.0 - phi * phi);
            Path { levels, squares, products, shocks, shock_squares }.t(n)
        };
        let accepted = |place: usize| {
            let draws = (0..states.len()).map(|draw| t(place, draw)).collect();
            accepts(draws, self.regression.t(lanes[place].phi))
        };
        (0..self.lives.len()).map(accepted).collect()
    }
}

/// The paths of all draws, a run of days at a time: every way to sign a run is worked out once, and a draw looks up the
/// one it has.
struct Paths<'a> {
    of: &'a Returning<'a>,
    lanes: &'a [Lane; GROUP],
}

impl NullaryFnOnce for Paths<'_> {
    type Output = Vec<State>;

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let Returning { regression, signs, .. } = self.of;
        let phi: Lanes = self.lanes.map(|lane| lane.phi as f32);
        let start = State { level: self.lanes.map(|lane| lane.start as f32), products: [0.0; GROUP] };
        let mut states = vec![start; signs.draws()];
        let nothing = Run { moved: [0.0; GROUP], faded: [0.0; GROUP], products: [0.0; GROUP] };
        let mut table = vec![nothing; 1 << RUN];
        let days = regression.after.chunks(RUN).zip(regression.before.chunks(RUN));
        for (run, (after, before)) in days.enumerate() {
            let mut fade: Lanes = [1.0; GROUP];
            table[0] = nothing;
            for (day, (after, before)) in after.iter().zip(before).enumerate() {
                let shock = self
                    .lanes
                    .map(|lane| if lane.size > 0.0 { ((after - lane.phi * before) / lane.size) as f32 } else { 0.0 });
                extend(&mut table[..2 << day], &phi, &fade, &shock);
                for lane in 0..GROUP {
                    fade[lane] *= phi[lane];
                }
            }
            let used = (1 << after.len()) - 1;
            let shift = run * RUN % 64;
            for (state, signs) in states.iter_mut().zip(signs.of(run * RUN / 64)) {
                let step = table[(signs >> shift) as usize & used];
                // Whole lanes in and out of registers: written in place, each lane would be stored by itself.
                let State { mut level, mut products } = *state;
                for lane in 0..GROUP {
                    products[lane] += level[lane] * step.faded[lane] + step.products[lane];
                    level[lane] = level[lane] * fade[lane] + step.moved[lane];
                }
                *state = State { level, products };
            }
        }
        states
    }
}

/// Adds a day to every way to sign the days before it: as it is in the lower half of the table, turned in the upper.
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
#[inline(always)]
fn extend(table: &mut [Run], phi: &Lanes, fade: &Lanes, shock: &Lanes) {
    let (plain, turned) = table.split_at_mut(table.len() / 2);
    for (plain, turned) in plain.iter_mut().zip(turned) {
        let (mut with, mut against) = (*plain, *plain);
        for lane in 0..GROUP {
            let moved = with.moved[lane];
            let (kept, added, product) = (moved * phi[lane], shock[lane] * fade[lane], moved * shock[lane]);
            with.moved[lane] = kept + shock[lane];
            with.faded[lane] += added;
            with.products[lane] += product;
            against.moved[lane] = kept - shock[lane];
            against.faded[lane] -= added;
            against.products[lane] -= product;
        }
        (*plain, *turned) = (with, against);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wild::signed_sums;

    #[test]
    fn paths_equal_those_made_step_by_step() {
        let noise = (0..301_u64).map(|t| (t * t * 7_919 % 1_009) as f64 - 504.0);
        let series: Vec<f64> = noise
            .scan(3_000.0, |at, step| {
                *at = 0.95 * *at + step;
                Some(*at)
            })
            .collect();
        let regression = Regression::of(&series).unwrap();
        let signs = Signs::draw(300, 9, [5; 32]);
        let ends: Vec<[f64; 2]> =
            signed_sums(&signs, 0, [[&regression.after, &regression.before]]).into_iter().map(|[pair]| pair).collect();
        let lives = [1, 13, 987];
        let returning = Returning { regression: &regression, signs: &signs, ends: &ends, lives: &lives };
        let mut lanes = [Lane::default(); GROUP];
        for (lane, life) in lanes.iter_mut().zip(lives) {
            let phi = 2.0_f64.powf(-1.0 / f64::from(life));
            let size = (regression.square(phi) / 300.0).sqrt();
            *lane = Lane { phi, size, start: regression.start(phi) / size };
        }
        let states = Paths { of: &returning, lanes: &lanes }.call();
        for (draw, state) in states.iter().enumerate() {
            for (place, lane) in lanes[..3].iter().enumerate() {
                let (mut level, mut products, mut shocks) = (lane.start, 0.0, 0.0);
                for t in 0..300 {
                    let turned = signs.of(t / 64)[draw] >> (t % 64) & 1 == 1;
                    let own = (regression.after[t] - lane.phi * regression.before[t]) / lane.size;
                    let shock = if turned { -own } else { own };
                    products += level * shock;
                    shocks += shock;
                    level = lane.phi * level + shock;
                }
                assert!((f64::from(state.level[place]) - level).abs() < 1e-3 * level.abs().max(1.0));
                assert!((f64::from(state.products[place]) - products).abs() < 1e-3 * products.abs().max(100.0));
                let expected = (ends[draw][0] - lane.phi * ends[draw][1]) / lane.size;
                assert!((shocks - expected).abs() < 1e-4 * shocks.abs().max(1.0));
            }
        }
    }
}
