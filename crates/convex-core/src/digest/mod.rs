//! The day's news: how unusual a move was among its own past, and which fact of the day is the strongest.

use crate::Series;
use crate::catalog::ChangeKind;
use crate::change::changes_of;

/// Level of the day's family: were nothing unusual, a digest would have a headline on at most one of twenty days.
pub const LEVEL: f64 = 0.05;

/// Changes a move is ranked among: ten years of sessions.
const PAST: usize = 2_520;
/// Changes a rank needs.
const LEAST: usize = 252;

/// How unusual the last move of a series was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// The move: simple for a price, else a difference.
    pub moved: f64,
    /// Sessions since a move at least as large, either way; `None` if there was none in all that is ranked.
    pub since: Option<usize>,
    /// Moves it is ranked among, itself left out.
    pub n: usize,
    /// Share of moves at least as large, counting itself: what chance would give if every day were alike.
    pub p: f64,
}

/// Ranks the last change of a series among those before it; `None` with fewer than a year of them.
pub fn surprise(kind: ChangeKind, series: &Series) -> Option<Surprise> {
    let changes = changes_of(kind, series);
    let ((_, last), past) = changes.split_last()?;
    let past = &past[past.len().saturating_sub(PAST)..];
    if past.len() < LEAST {
        return None;
    }
    let as_large = past.iter().filter(|(_, moved)| moved.abs() >= last.abs()).count();
    let since = past.iter().rev().position(|(_, moved)| moved.abs() >= last.abs()).map(|place| place + 1);
    let moved = if kind == ChangeKind::Log { last.exp_m1() } else { *last };
    let n = past.len();
    Some(Surprise { moved, since, n, p: (1 + as_large) as f64 / (1 + n) as f64 })
}

/// One fact that may head the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// Its p-value, adjusted for everything that was looked at with it.
    pub p: f64,
    /// Whether it did not hold the day before.
    pub is_new: bool,
}

/// The p-value of each fact of one family, adjusted after Holm: valid whatever the facts share.
///
/// ```
/// assert_eq!(convex_core::digest::holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|one, other| p[*one].total_cmp(&p[*other]));
    let (mut adjusted, mut so_far) = (vec![1.0; p.len()], 0.0_f64);
    for (rank, place) in order.into_iter().enumerate() {
        so_far = so_far.max((p[place] * (p.len() - rank) as f64).min(1.0));
        adjusted[place] = so_far;
    }
    adjusted
}

/// The place of the strongest fact: new, and passing within its family. `None` on a day without one.
pub fn headline(facts: &[Fact]) -> Option<usize> {
    let passing = facts.iter().enumerate().filter(|(_, fact)| fact.is_new && fact.p <= LEVEL);
    passing.min_by(|(_, one), (_, other)| one.p.total_cmp(&other.p)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    fn series(changes: &[f64]) -> Series {
        let mut level = 100.0;
        let values: Vec<f64> = std::iter::once(level)
            .chain(changes.iter().map(|change| {
                level += change;
                level
            }))
            .collect();
        Series::new((0..values.len() as i32).filter_map(Day::from_epoch_days).collect(), values).unwrap()
    }

    #[test]
    fn a_move_is_ranked_among_those_before_it() {
        let mut changes = vec![0.1; 300];
        changes[200] = -0.5;
        changes.push(0.4);
        let found = surprise(ChangeKind::Difference, &series(&changes)).unwrap();
        assert_eq!((found.since, found.n), (Some(100), 300));
        assert!((found.p - 2.0 / 301.0).abs() < 1e-12 && (found.moved - 0.4).abs() < 1e-9);
        changes[300] = 0.6;
        assert_eq!(surprise(ChangeKind::Difference, &series(&changes)).unwrap().since, None);
        assert_eq!(surprise(ChangeKind::Difference, &series(&changes[..200])), None);
    }

    #[test]
    fn only_what_is_new_and_passes_heads_the_day() {
        let fact = |p, is_new| Fact { p, is_new };
        assert_eq!(headline(&[fact(0.001, false), fact(0.04, true), fact(0.02, true), fact(0.2, true)]), Some(2));
        assert_eq!(headline(&[fact(0.001, false), fact(0.06, true)]), None);
        assert_eq!(headline(&[]), None);
    }
}
