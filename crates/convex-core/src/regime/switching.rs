//! The two-state model through time: parameters from the past alone, filtered, never smoothed.

use convex_stats::switching::{Switching, switching};

use super::history::History;
use super::rule::Rule;
use crate::{Day, Series};

/// Changes between two fits.
const EVERY: usize = 252;
/// Changes a fit looks back on.
const WINDOW: usize = 2_520;
/// Changes before the first fit.
const LEAST: usize = 504;

/// The chance of the wild state after each change, by a model fitted before it.
pub(super) fn history(rule: Rule, series: &Series) -> History {
    let (days, changes): (Vec<Day>, Vec<f64>) =
        crate::change::changes_of(crate::catalog::ChangeKind::Log, series).into_iter().unzip();
    let mut history = History { rule, days: Vec::new(), states: Vec::new(), chances: Some(Vec::new()) };
    let mut fit: Option<Switching> = None;
    let mut from = LEAST;
    while from < changes.len() {
        let until = (from + EVERY).min(changes.len());
        let start = from.saturating_sub(WINDOW);
        if let Ok(found) = switching(&changes[start..from], fit.as_ref()) {
            fit = Some(found);
        }
        if let Some(fit) = &fit {
            let filtered = fit.filtered(&changes[start..until]);
            for (at, chance) in (from..until).zip(&filtered[from - start..]) {
                history.days.push(days[at]);
                history.states.push(u8::from(*chance > 0.5));
                history.chances.get_or_insert_default().push(*chance);
            }
        }
        from = until;
    }
    history
}
