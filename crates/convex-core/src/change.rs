//! Changes between consecutive observations.

use crate::align::{Aligned, usable};
use crate::catalog::ChangeKind;
use crate::compare::Changes;
use crate::{Day, Series};

/// One change: the logarithm of the ratio, or the difference; `None` if a logarithm would touch a non-positive value.
pub fn change(kind: ChangeKind, from: f64, to: f64) -> Option<f64> {
    match kind {
        ChangeKind::Log => (from > 0.0 && to > 0.0).then(|| to.ln() - from.ln()),
        ChangeKind::Difference => Some(to - from),
    }
}

/// Changes of one series between its own consecutive observations, dated on the later day.
pub fn changes_of(kind: ChangeKind, series: &Series) -> Vec<(Day, f64)> {
    let steps = series.values().windows(2).zip(&series.days()[1.min(series.len())..]);
    steps.filter_map(|(pair, day)| Some((*day, change(kind, pair[0], pair[1])?))).collect()
}

/// Changes of two aligned legs between consecutive common days. A step on which either leg has no change is dropped and
/// counted; a step over more than one session is kept and counted.
pub fn changes_between(a: ChangeKind, b: ChangeKind, aligned: &Aligned) -> Changes {
    let common = &aligned.common;
    let mut changes = Changes::default();
    for at in 1..common.days.len() {
        let moved = change(a, common.a[at - 1], common.a[at]).zip(change(b, common.b[at - 1], common.b[at]));
        let Some((move_a, move_b)) = moved else {
            changes.dropped += 1;
            continue;
        };
        changes.begins.push(common.days[at - 1]);
        changes.days.push(common.days[at]);
        changes.a.push(move_a);
        changes.b.push(move_b);
        changes.multi_session += usize::from(aligned.skips[at - 1]);
    }
    changes
}

/// The common days on which both levels can enter a formula of their kind.
pub fn usable_levels(a: ChangeKind, b: ChangeKind, aligned: &Aligned) -> crate::compare::Common {
    let common = &aligned.common;
    let mut kept = crate::compare::Common::default();
    for at in 0..common.days.len() {
        if usable(a, common.a[at]) && usable(b, common.b[at]) {
            kept.days.push(common.days[at]);
            kept.a.push(common.a[at]);
            kept.b.push(common.b[at]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Common;

    #[test]
    fn a_negative_price_is_dropped_and_counted_not_bridged() {
        let days: Vec<Day> = (1..=5).map(|d| Day::new(2020, 4, d).unwrap()).collect();
        let aligned = Aligned {
            common: Common { days, a: vec![10.0, -37.0, 10.0, 11.0, 12.0], b: vec![1.0, 2.0, 4.0, 8.0, 16.0] },
            skips: vec![false, false, true, false],
        };
        let changes = changes_between(ChangeKind::Log, ChangeKind::Log, &aligned);
        assert_eq!((changes.days.len(), changes.dropped, changes.multi_session), (2, 2, 1));
        assert!((changes.a[0] - 1.1f64.ln()).abs() < 1e-15);
        assert_eq!(usable_levels(ChangeKind::Log, ChangeKind::Log, &aligned).days.len(), 4);
        let plain = changes_between(ChangeKind::Difference, ChangeKind::Log, &aligned);
        assert_eq!((plain.a[0], plain.dropped), (-47.0, 0));
    }
}
