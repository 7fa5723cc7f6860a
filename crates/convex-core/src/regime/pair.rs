//! What a pair did in each state.

use convex_stats::Interval;
use convex_stats::conditional::Conditional;
use convex_stats::long_run::half_width;

use super::history::History;
use super::rule::Known;
use crate::catalog::Metric;
use crate::compare::{Changes, fixed_before_new_york};
use crate::figure::Unavailable;
use crate::state::known_before;
use crate::{Day, Series};

/// Changes a state needs.
const LEAST: usize = 60;
/// Sessions that a mean move is told for.
const SPAN: f64 = 21.0;

/// A pair in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct InState {
    /// Number of the state.
    pub state: u8,
    /// Changes that began in it.
    pub n: usize,
    /// Pearson's correlation of the changes in it, interval by equal-weighted cosines.
    pub correlation: Result<(f64, Interval), Unavailable>,
    /// Mean change of a less b over 21 sessions, interval likewise.
    pub ahead_21: Result<(f64, Interval), Unavailable>,
}

/// Correlation and mean move of a pair's changes in each state of a history, the state being known when a change began,
/// and strictly before where a leg is fixed hours before New York closes.
pub fn pair_by_state(changes: &Changes, history: &History, legs: [&Metric; 2]) -> Vec<InState> {
    let early = legs.into_iter().any(fixed_before_new_york);
    let states = Series::new(history.days.clone(), history.states.iter().map(|state| f64::from(*state)).collect())
        .unwrap_or_else(|_| Series::empty());
    let known: Vec<Option<u8>> = match history.rule.known {
        Known::Before => known_before(&states, &changes.begins, early)
            .into_iter()
            .map(|state| state.map(|state| state as u8))
            .collect(),
        // What is dated afterwards is looked up on the day itself, and ends with the last day it is told for.
        Known::Later => changes.begins.iter().map(|day| on_day(history, *day)).collect(),
    };
    let pair = Conditional::new(&changes.a, &changes.b);
    let first = known.iter().position(Option::is_some).unwrap_or(known.len());
    (0..history.rule.states.len() as u8)
        .map(|state| {
            let mask: Vec<bool> = known.iter().map(|known| *known == Some(state)).collect();
            let n = mask.iter().filter(|inside| **inside).count();
            let few = Unavailable::TooFew { have: n, need: LEAST };
            let correlation = match &pair {
                _ if n < LEAST => Err(few.clone()),
                Err(why) => Err((*why).into()),
                Ok(pair) => pair.in_state(&mask).map(|found| (found.pearson, found.ewc_95)).map_err(Into::into),
            };
            let ahead_21 = if n < LEAST { Err(few) } else { mean_move(changes, &mask, first, n) };
            InState { state, n, correlation, ahead_21 }
        })
        .collect()
}

fn on_day(history: &History, day: Day) -> Option<u8> {
    let last = *history.days.last()?;
    (day <= last).then(|| history.at_or_before(day))?
}

/// Mean of a less b in the state, over 21 sessions; its influence is zero outside the state.
fn mean_move(changes: &Changes, mask: &[bool], first: usize, n: usize) -> Result<(f64, Interval), Unavailable> {
    let gaps: Vec<f64> = changes.a.iter().zip(&changes.b).map(|(a, b)| a - b).collect();
    let sum: f64 = gaps.iter().zip(mask).filter(|(_, inside)| **inside).map(|(gap, _)| gap).sum();
    let mean = sum / n as f64;
    let weight = (mask.len() - first) as f64 / n as f64;
    let score: Vec<f64> = gaps[first..]
        .iter()
        .zip(&mask[first..])
        .map(|(gap, inside)| if *inside { (gap - mean) * weight } else { 0.0 })
        .collect();
    let half = half_width(&score)?;
    Ok((mean * SPAN, Interval::around(mean * SPAN, half * SPAN)))
}
