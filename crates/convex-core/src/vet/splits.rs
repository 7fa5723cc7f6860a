//! Changes that look like a split of shares nobody announced, or like a slip of the decimal point.

use super::Split;
use crate::Day;
use crate::catalog::{ChangeKind, Metric, Role, TradingCalendar};

/// How near a change must come to the factor, as a share.
const NEAR: f64 = 0.02;
/// A fund or share moves on the day of a split as on others: three new for two old and more may lie within so many
/// standard deviations …
const NEAR_STDEVS: f64 = 6.0;
/// … but not further than this, as a share of the split on a log scale.
const FARTHEST: f64 = 0.25;

/// A split that hardly an honest day of a fund looks like.
const LARGE: f64 = 1.5;

/// Splits of shares that happen, as new shares for old ones; each is looked for in both directions.
const SHARES: [(u16, u16); 14] = [
    (3, 2),
    (2, 1),
    (3, 1),
    (4, 1),
    (5, 1),
    (6, 1),
    (7, 1),
    (8, 1),
    (10, 1),
    (15, 1),
    (20, 1),
    (25, 1),
    (50, 1),
    (100, 1),
];

/// Slips of the decimal point, or a change of the unit.
const DECIMALS: [(u16, u16); 3] = [(10, 1), (100, 1), (1000, 1)];

/// Standard deviations from which on a change near a factor is no coincidence: bitcoin has lost a third in a day.
const UNUSUAL: f64 = 8.0;

/// The split that a change in logarithms looks like: new shares for old ones.
pub(super) fn split_like(metric: &Metric, moved: f64, stdevs: f64, announced: bool) -> Option<(u16, u16)> {
    if announced || metric.change != ChangeKind::Log || stdevs < UNUSUAL {
        return None;
    }
    let is_share = metric.role == Role::Investable && metric.calendar == TradingCalendar::Nyse;
    let factors = if is_share { &SHARES[..] } else { &DECIMALS[..] };
    let near = |factor: f64| {
        let size = factor.ln().abs();
        let widest = if is_share && size >= LARGE.ln() { FARTHEST * size } else { 0.0 };
        (moved - factor.ln()).abs() <= (NEAR_STDEVS * moved.abs() / stdevs).min(widest).max(NEAR)
    };
    factors.iter().find_map(|&(new, old)| {
        let factor = f64::from(new) / f64::from(old);
        // More shares, each worth less; or the other way round. The first that fits is named.
        if near(1.0 / factor) {
            Some((new, old))
        } else if near(factor) {
            Some((old, new))
        } else {
            None
        }
    })
}

/// Whether the provider announces a split between two observations.
pub(super) fn announced(splits: &[Split], after: Day, until: Day) -> bool {
    splits.iter().any(|split| split.day > after && split.day <= until && is_split(split))
}

/// The factor by which the splits after a day divide earlier values.
pub(super) fn divisor(splits: &[Split], after: Day) -> f64 {
    splits.iter().filter(|split| split.day > after && is_split(split)).map(|split| split.ratio).product()
}

fn is_split(split: &Split) -> bool {
    split.ratio.is_finite() && split.ratio > 0.0
}
