//! Whether an offer restates the past on another scale, as providers do after a split or a payout.

use super::{Offer, Point};
use crate::Series;

/// Days both must have before a common factor means anything.
const ENOUGH: usize = 3;

/// How near the factors of all days must lie to one another.
const SAME: f64 = 1e-3;

/// How far from one the factor of adjusted payouts may lie.
const PAYOUTS: f64 = 0.2;

/// Days before the last known one from which on a split may not have reached the known values yet.
const RECENT: i32 = 5;

/// The factor from what is known to what is offered, if all days they share agree on one and it is not one.
pub(super) fn rebased(known: &Series, offered: &[Point]) -> Option<f64> {
    let shared = offered.iter().filter_map(|point| {
        let (day, value) = known.at_or_before(point.day)?;
        (day == point.day && value != 0.0).then(|| point.value / value)
    });
    let mut factors: Vec<f64> = shared.filter(|factor| factor.is_finite() && *factor > 0.0).collect();
    if factors.len() < ENOUGH {
        return None;
    }
    factors.sort_by(f64::total_cmp);
    let (first, middle, last) = (factors[0], factors[factors.len() / 2], factors[factors.len() - 1]);
    let common = (last / first - 1.0).abs() <= SAME;
    (common && (middle - 1.0).abs() > SAME).then_some(middle)
}

/// Whether announced splits or payouts explain the factor.
pub(super) fn is_explained(factor: f64, known: &Series, offer: &Offer<'_>) -> bool {
    let last = known.last().map(|(day, _)| day);
    let by_splits = last.map_or(1.0, |last| super::splits::divisor(offer.splits, last - RECENT));
    (factor - 1.0).abs() <= PAYOUTS || (factor * by_splits - 1.0).abs() <= PAYOUTS
}
