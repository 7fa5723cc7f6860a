//! One rule stepping from close to close.

use super::{BadUnit, Condition, Rule, Side};
use crate::Day;
use crate::figure::Unit;

/// Where a rule stands. It is kept between closes.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Whether it may fire: it has been back since it last did.
    pub armed: bool,
    /// Closes in a row for which its condition has held.
    pub held: u32,
    /// Observations since it last fired; `None` if it never did.
    pub quiet: Option<u32>,
    /// The last day it has seen.
    pub seen: Option<Day>,
    /// The last verdict it has seen.
    pub word: Option<String>,
}

/// What a rule sees on a day.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A figure, or how far a value moved.
    Number(f64),
    /// A verdict.
    Word(String),
    /// Whether an observation is overdue.
    Late(bool),
}

/// A rule fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Firing {
    /// The day of the reading.
    pub day: Day,
    /// What it saw.
    pub reading: Reading,
}

impl Default for Watch {
    fn default() -> Self {
        Self { armed: true, held: 0, quiet: None, seen: None, word: None }
    }
}

/// A rule's levels in the unit of its figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Levels {
    /// On a side of a level for so many closes; armed again on the other side of the second level.
    Beyond { side: Side, level: f64, closes: u32, back: f64 },
    /// Not a matter of levels.
    None,
}

impl Levels {
    /// Brings a rule's sizes to the unit of the figure it watches.
    pub(super) fn of(rule: &Rule, unit: Unit) -> Result<Self, BadUnit> {
        Ok(match &rule.condition {
            Condition::Level { side, level, closes, until, .. } => {
                let level = level.in_unit(unit)?;
                let margin = level.abs() * 0.1;
                let usual = if *side == Side::Above { level - margin } else { level + margin };
                let back = until.map_or(Ok(usual), |until| until.in_unit(unit))?;
                // A level to return to that lies beyond the level itself would let the rule fire at every close.
                let back = if *side == Side::Above { back.min(level) } else { back.max(level) };
                Self::Beyond { side: *side, level, closes: *closes, back }
            }
            Condition::Move { size, .. } => {
                let size = size.in_unit(unit)?;
                let side = if size < 0.0 { Side::Below } else { Side::Above };
                // A move of exactly the size asked for counts.
                let level = if size < 0.0 { size.next_up() } else { size.next_down() };
                Self::Beyond { side, level, closes: 1, back: size / 2.0 }
            }
            Condition::Verdict { .. } | Condition::Late => Self::None,
        })
    }
}

impl Watch {
    /// Takes in the reading of a later day; says whether the rule fires. An earlier or equal day is nothing new.
    pub(super) fn step(&mut self, levels: Levels, cool_down: u32, day: Day, reading: &Reading) -> Option<Firing> {
        if self.seen.is_some_and(|seen| day <= seen) {
            return None;
        }
        self.seen = Some(day);
        self.quiet = self.quiet.map(|quiet| quiet.saturating_add(1));
        let is_met = match (reading, levels) {
            (Reading::Number(value), Levels::Beyond { side, level, closes, back }) => {
                self.held = if side.holds(*value, level) { self.held.saturating_add(1) } else { 0 };
                if !side.holds(*value, back) {
                    self.armed = true;
                }
                self.held >= closes
            }
            (Reading::Word(word), _) => {
                let before = self.word.replace(word.clone());
                self.armed = true;
                before.is_some_and(|before| before != *word)
            }
            (Reading::Late(late), _) => {
                self.armed |= !late;
                *late
            }
            (Reading::Number(_), Levels::None) => false,
        };
        let is_rested = self.quiet.is_none_or(|quiet| quiet >= cool_down);
        if !(is_met && self.armed && is_rested) {
            return None;
        }
        self.armed = false;
        self.quiet = Some(0);
        Some(Firing { day, reading: reading.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places at which a rule fires over a path of numbers.
    fn fired(rule: &str, values: &[f64]) -> Vec<usize> {
        let rule = Rule::parse(rule, None).unwrap();
        let levels = Levels::of(&rule, Unit::Stdevs).unwrap();
        let mut watch = Watch::default();
        let day = |at: usize| Day::from_epoch_days(at as i32).unwrap();
        let step = |(at, value): (usize, &f64)| {
            watch.step(levels, rule.cool_down, day(at), &Reading::Number(*value)).map(|_| at)
        };
        values.iter().enumerate().filter_map(step).collect()
    }

    #[test]
    fn fires_once_and_again_only_after_it_was_back() {
        let rule = "x: value above 2, at most once in 1 sessions";
        assert_eq!(fired(rule, &[1.0, 2.5, 2.6, 1.9, 2.5, 1.7, 2.5]), [1, 6]);
        assert_eq!(
            fired("x: value above 2 until below 0.5, at most once in 1 sessions", &[2.5, 1.0, 2.5, 0.4, 2.5]),
            [0, 4]
        );
    }

    #[test]
    fn counts_closes_in_a_row() {
        assert_eq!(fired("x: value above 2 for 3 closes", &[2.5, 2.5, 1.0, 2.5, 2.5, 2.5, 2.5]), [5]);
    }

    #[test]
    fn rests_after_an_alert() {
        let swings = [3.0, 0.0, 3.0, 0.0, 3.0, 0.0, 3.0];
        assert_eq!(fired("x: value above 2, at most once in 4 sessions", &swings), [0, 4]);
        assert_eq!(fired("x: value above 2, at most once in 3 sessions", &swings), [0, 4]);
        assert_eq!(fired("x: value above 2, at most once in 6 sessions", &swings), [0, 6]);
    }

    #[test]
    fn a_fall_is_a_move_below() {
        assert_eq!(fired("x: -2 in 5 sessions", &[-1.9, -2.0, -3.0, -0.5, 0.0, 0.0, -2.0]), [1, 6]);
    }

    #[test]
    fn a_verdict_is_news_only_when_it_was_another_before() {
        let mut watch = Watch::default();
        let mut at = 0;
        let mut step = |word: &str| {
            at += 1;
            let day = Day::from_epoch_days(at).unwrap();
            watch.step(Levels::None, 1, day, &Reading::Word(word.to_owned())).is_some()
        };
        assert_eq!(
            ["measured", "measured", "suggestive", "suggestive", "measured"].map(&mut step),
            [false, false, true, false, true]
        );
    }
}
