//! How large the effects of a pair are in worlds without any change.

use super::family::z_of_walk;
use super::worlds::Worlds;
use super::{BEFORE, FamilyPair, NOW, YEAR};
use crate::correlation::pearson;
use crate::divergence::WINDOW;
use crate::sample::mean;

/// By what pairs are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Correlation of the last [`NOW`] changes less that of the [`BEFORE`] before them, on Fisher's z scale. Its worlds take
    /// both from the same past, so that nothing has changed but by chance.
    Change,
    /// z of the gap over 252 levels. Its worlds are driftless walks.
    Gap,
    /// Correlation of the last [`YEAR`] changes. Its worlds take the two legs from different stretches, so that there is no
    /// link.
    Link,
}

/// Size of the effect in each world; a world in which a leg does not vary shows none. `None` without a gap where one is
/// asked for, or if nothing of the pair falls into the time of the worlds.
pub fn effect_in_worlds(pair: FamilyPair<'_>, effect: Effect, worlds: &Worlds) -> Option<Vec<f64>> {
    let calendar = worlds.calendar(pair.times);
    let (mut places, mut others) = (Vec::new(), Vec::new());
    let of = |changes: &[f64], places: &[u32]| places.iter().map(|at| changes[*at as usize]).collect::<Vec<f64>>();
    let gap: Vec<f64> = match effect {
        Effect::Gap => {
            pair.gap?;
            let gap: Vec<f64> = pair.a.iter().zip(pair.b).map(|(a, b)| a - b).collect();
            let drift = mean(&gap);
            gap.iter().map(|change| change - drift).collect()
        }
        Effect::Change | Effect::Link => Vec::new(),
    };
    (0..worlds.len())
        .map(|world| match effect {
            Effect::Change => {
                worlds.last(world, &calendar, NOW + BEFORE, &mut places)?;
                let (a, b) = (of(pair.a, &places), of(pair.b, &places));
                let link = |range: std::ops::Range<usize>| pearson(&a[range.clone()], &b[range]).map(f64::atanh);
                let change = link(BEFORE..NOW + BEFORE).and_then(|now| Ok(now - link(0..BEFORE)?));
                Some(change.map_or(0.0, f64::abs))
            }
            Effect::Gap => {
                worlds.last(world, &calendar, WINDOW - 1, &mut places)?;
                Some(z_of_walk(&of(&gap, &places)).unwrap_or(0.0))
            }
            Effect::Link => {
                worlds.last(world, &calendar, YEAR, &mut places)?;
                worlds.last((world + 1) % worlds.len(), &calendar, YEAR, &mut others)?;
                Some(pearson(&of(pair.a, &places), &of(pair.b, &others)).map_or(0.0, f64::abs))
            }
        })
        .collect()
}
