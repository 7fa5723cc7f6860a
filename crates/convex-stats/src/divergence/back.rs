//! What became of wide gaps.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::gap::{episodes, trailing_z};
use crate::Undefined;
use crate::sample::mean;

/// |z| below which a wide gap has closed.
const CLOSED: f64 = 0.5;

/// Whether a series of z, wide at `place`, falls below one half within the `horizon` observations after it: `None` if it has
/// not yet and the horizon is not over.
///
/// ```
/// use convex_stats::divergence::came_back;
///
/// let z = [2.5, 1.0, 0.4, 2.2, 2.1];
/// assert_eq!(came_back(&z, 0, 2), Some(true));
/// assert_eq!(came_back(&z, 0, 1), Some(false));
/// assert_eq!(came_back(&z, 3, 2), None);
/// ```
pub fn came_back(z: &[f64], place: usize, horizon: usize) -> Option<bool> {
    let after = z.get(place + 1..)?;
    let inside = &after[..after.len().min(horizon)];
    if inside.iter().any(|z| z.abs() < CLOSED) {
        return Some(true);
    }
    (after.len() >= horizon).then_some(false)
}

/// Of the wide gaps of a series of z, each counted once from the observation it became wide: how many came back within the
/// horizon, of how many for which that is known.
pub fn wide_and_back(z: &[f64], horizon: usize) -> (usize, usize) {
    let known = episodes(z).into_iter().filter_map(|episode| came_back(z, episode.first, horizon));
    known.fold((0, 0), |(back, all), came| (back + usize::from(came), all + 1))
}

/// The same of driftless walks of as many observations, their steps drawn from the changes of `levels` less their mean.
///
/// Errors: as of [`trailing_z`].
pub fn wide_and_back_on_walks(
    levels: &[f64],
    walks: usize,
    horizon: usize,
    seed: [u8; 32],
) -> Result<(usize, usize), Undefined> {
    let changes: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let drift = mean(&changes);
    let mut random = ChaCha8Rng::from_seed(seed);
    let mut sum = (0, 0);
    for _ in 0..walks {
        let mut level = 0.0;
        let walk: Vec<f64> = (0..levels.len())
            .map(|_| {
                let drawn = (u64::from(random.next_u32()) * changes.len() as u64) >> 32;
                level += changes[drawn as usize] - drift;
                level
            })
            .collect();
        let (back, all) = wide_and_back(&trailing_z(&walk)?, horizon);
        sum = (sum.0 + back, sum.1 + all);
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn each_wide_gap_counts_once_and_an_open_one_not_at_all() {
        let z = [2.5, 2.6, 0.1, 0.0, -2.1, -2.0, -1.9, -0.2, 3.0];
        assert_eq!(wide_and_back(&z, 2), (1, 2));
        assert_eq!(wide_and_back(&z, 3), (2, 2));
    }

    #[test]
    fn walks_seldom_come_back_soon() {
        let levels: Vec<f64> = noise(2_000, 1)
            .iter()
            .scan(0.0, |at, step| {
                *at += step;
                Some(*at)
            })
            .collect();
        let share = |horizon: usize| {
            let (back, all) = wide_and_back_on_walks(&levels, 20, horizon, [5; 32]).unwrap();
            assert!(all > 100);
            back as f64 / all as f64
        };
        assert!(share(21) < share(63) && share(63) < 0.6, "{} {}", share(21), share(63));
    }
}
