//! Cycles of leadership: swings of the log ratio, beside those of driftless walks of its own changes.

use convex_stats::describe::median;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Common;
use super::group::{Group, absent, span};
use crate::figure::{Figures, Unavailable, Unit};
use crate::seed::seed;

const SWINGS: &str = "swings of the ratio of at least 15 % between alternating peaks and troughs, the first and the open \
                      one left out";
const WALKS: &str = "swings of at least 15 % of 500 driftless walks of the ratio's own changes";

/// Least log change from a trough to a peak.
const SWING: f64 = 0.139_761_942_375_158_7;
const DRAWS: usize = 500;
/// Swings needed, and observations.
const LEAST: usize = 8;
const LEAST_LEVELS: usize = 600;

const LEAVES: [&str; 7] =
    ["swings", "median_length", "median_height", "length_walk", "height_walk", "p_longer", "p_taller"];

/// Length in observations and height in logs of the median swing.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Typical {
    swings: usize,
    length: f64,
    height: f64,
}

/// `cycles.*`, on levels of a pair with a ratio.
pub(super) fn put(figures: &mut Figures, levels: &Common) {
    let n = levels.days.len();
    if n < LEAST_LEVELS {
        return put_absent(figures, &Unavailable::TooFew { have: n, need: LEAST_LEVELS });
    }
    let path: Vec<f64> = levels.a.iter().zip(&levels.b).map(|(a, b)| (a / b).ln()).collect();
    let own = swings(&path);
    let mut group = Group::new(figures, "cycles", n, span(&levels.days));
    group.count("swings", own.len(), SWINGS);
    let Some(own) = typical(&own).filter(|own| own.swings >= LEAST) else {
        let few = Unavailable::TooFew { have: own.len(), need: LEAST };
        LEAVES[1..].iter().for_each(|leaf| {
            group.put(leaf, Err(few.clone()));
        });
        return;
    };
    let walks = walks(&path, seed("cycles", "500 walks", &levels.days, &levels.a, &levels.b));
    let middle = |of: fn(&Typical) -> f64| median(&walks.iter().map(of).collect::<Vec<_>>());
    // The pair itself counts as one of the walks, so that no p is zero.
    let share = |at_least: &dyn Fn(&Typical) -> bool| {
        (1 + walks.iter().filter(|walk| at_least(walk)).count()) as f64 / (1 + walks.len()) as f64
    };
    group.number("median_length", own.length, Unit::Sessions, SWINGS).number(
        "median_height",
        own.height.exp_m1(),
        Unit::Fraction,
        SWINGS,
    );
    match middle(|walk| walk.length).and_then(|length| Ok((length, middle(|walk| walk.height)?))) {
        Ok((length, height)) => {
            group
                .number("length_walk", length, Unit::Sessions, WALKS)
                .number("height_walk", height.exp_m1(), Unit::Fraction, WALKS)
                .number("p_longer", share(&|walk| walk.length >= own.length), Unit::Probability, WALKS)
                .number("p_taller", share(&|walk| walk.height >= own.height), Unit::Probability, WALKS);
        }
        Err(why) => LEAVES[3..].iter().for_each(|leaf| {
            group.put(leaf, Err(why.into()));
        }),
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "cycles", &LEAVES, why);
}

/// Walks whose steps are drawn from the changes of `path` less their mean; those with too few swings are left out.
fn walks(path: &[f64], seed: [u8; 32]) -> Vec<Typical> {
    let changes: Vec<f64> = path.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mean = changes.iter().sum::<f64>() / changes.len() as f64;
    let steps: Vec<f64> = changes.iter().map(|change| change - mean).collect();
    let n = steps.len() as u64;
    let mut random = ChaCha8Rng::from_seed(seed);
    let mut walk = vec![0.0; path.len()];
    let mut draw = || {
        let mut level = 0.0;
        for pair in walk[1..].chunks_mut(2) {
            let bits = random.next_u64();
            for (at, half) in pair.iter_mut().zip([bits >> 32, bits & 0xffff_ffff]) {
                // Multiply and shift: the chances differ by less than one in 2^32 / n.
                level += steps[((half * n) >> 32) as usize];
                *at = level;
            }
        }
        typical(&swings(&walk)).filter(|walk| walk.swings >= LEAST)
    };
    (0..DRAWS).filter_map(|_| draw()).collect()
}

fn typical(swings: &[(usize, f64)]) -> Option<Typical> {
    let length = median(&swings.iter().map(|(length, _)| *length as f64).collect::<Vec<_>>()).ok()?;
    let height = median(&swings.iter().map(|(_, height)| *height).collect::<Vec<_>>()).ok()?;
    Some(Typical { swings: swings.len(), length, height })
}

/// Length and height of each swing between two turning points; the first, whose beginning is not seen, is left out, and so
/// is the last, which has not ended.
fn swings(path: &[f64]) -> Vec<(usize, f64)> {
    let mut found = Vec::new();
    let mut turn: Option<(usize, f64)> = None;
    let (mut high, mut low) = ((0, path[0]), (0, path[0]));
    let mut rising: Option<bool> = None;
    for (at, level) in path.iter().copied().enumerate() {
        if level > high.1 {
            high = (at, level);
        }
        if level < low.1 {
            low = (at, level);
        }
        let turned = if rising != Some(false) && high.1 - level >= SWING {
            let turned = high;
            (rising, low) = (Some(false), (at, level));
            turned
        } else if rising != Some(true) && level - low.1 >= SWING {
            let turned = low;
            (rising, high) = (Some(true), (at, level));
            turned
        } else {
            continue;
        };
        if let Some(before) = turn {
            found.push((turned.0 - before.0, (turned.1 - before.1).abs()));
        }
        turn = Some(turned);
    }
    // The first turning point may be no more than where the data begin.
    if !found.is_empty() {
        found.remove(0);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swings_alternate_and_small_ones_do_not_count() {
        let path = [0.0, 0.2, 0.1, 0.3, 0.1, 0.2, 0.0, 0.4, 0.3, 0.1];
        // Turns: trough 0, peak 3, trough 6, peak 7; the first swing is left out, the last is open.
        let found = swings(&path);
        assert_eq!(found.iter().map(|(length, _)| *length).collect::<Vec<_>>(), [3, 1]);
        assert!((found[0].1 - 0.3).abs() < 1e-12 && (found[1].1 - 0.4).abs() < 1e-12);
        assert!(swings(&[0.0; 50]).is_empty());
    }

    #[test]
    fn the_seed_alone_decides() {
        let path: Vec<f64> = (0..3_000_u64)
            .scan(0.0, |at, t| {
                *at += (t * t * 7_919 % 1_009) as f64 / 1e4 - 0.05;
                Some(*at)
            })
            .collect();
        let found = walks(&path, [1; 32]);
        assert_eq!(found, walks(&path, [1; 32]));
        assert!(found.len() > 400 && found != walks(&path, [2; 32]));
    }
}
