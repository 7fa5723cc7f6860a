//! Many rules at a close: every figure is computed once, however many rules watch it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::path::moves;
use super::watch::Levels;
use super::{BadUnit, Condition, Firing, Path, Reading, Rule, Subject, Watch, metric_path, pair_path};
use crate::align::align;
use crate::catalog::{ChangeKind, Metric};
use crate::change::{changes_between, usable_levels};
use crate::compare::{Changes, Common, GapKind, gap_kind};
use crate::figure::Unit;
use crate::{Day, Series};

/// What two legs have in common, brought together once for all rules about them.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Levels on the common days.
    pub levels: Common,
    /// Changes between them.
    pub changes: Changes,
    /// Which gap the pair has.
    pub gap: GapKind,
    /// Days after a common day until both legs can be known.
    pub lag: i32,
}

/// A rule and where it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The rule.
    pub rule: Rule,
    /// Where it stands.
    pub watch: Watch,
}

/// What the rules ask of the caller besides series: readings that only a whole comparison or a calendar can give.
#[derive(Clone, Debug, Default)]
pub struct Wants {
    /// Readings of rules about verdicts, ages and figures without a path: by place of the rule the day, the reading and its unit.
    pub readings: BTreeMap<usize, (Day, Reading, Unit)>,
}

impl Ground {
    /// Brings two legs together, as their comparison does.
    pub fn of(a: (&Metric, &Series), b: (&Metric, &Series)) -> Self {
        let aligned = align(a.0, a.1, b.0, b.1);
        let (kind_a, kind_b) = (a.0.change, b.0.change);
        let lag = [a.0, b.0].map(|metric| i32::from(metric.publication_lag_days));
        Self {
            levels: usable_levels(kind_a, kind_b, &aligned),
            changes: changes_between(kind_a, kind_b, &aligned),
            gap: gap_kind(a.0, b.0),
            lag: lag[0].max(lag[1]),
        }
    }

    /// The logarithm of the ratio, or the spread.
    pub(super) fn path(&self) -> Option<Vec<f64>> {
        let pairs = self.levels.a.iter().zip(&self.levels.b);
        match self.gap {
            GapKind::Ratio => Some(pairs.map(|(a, b)| a.ln() - b.ln()).collect()),
            GapKind::Spread(_) => Some(pairs.map(|(a, b)| a - b).collect()),
            GapKind::None => None,
        }
    }
}

/// What came of a close.
#[derive(Clone, Debug, Default)]
pub struct Evaluated {
    /// What fired, by place of the rule.
    pub fired: Vec<(usize, Firing)>,
    /// Rules whose sizes do not fit their figures, by place.
    pub bad: Vec<(usize, BadUnit)>,
}

/// A subject with what is stored of it.
pub(super) enum Known<'a> {
    One(&'a Metric, &'a Series),
    Two(Ground),
}

impl<'a> Known<'a> {
    pub(super) fn of<F>(subject: &Subject, lookup: &F) -> Option<Self>
    where
        F: Fn(&str) -> Option<(&'a Metric, &'a Series)>,
    {
        match subject {
            Subject::Metric(id) => lookup(id).map(|(metric, series)| Self::One(metric, series)),
            Subject::Pair(a, b) => Some(Self::Two(Ground::of(lookup(a)?, lookup(b)?))),
        }
    }

    /// The path of the figure a rule watches, later than a day.
    pub(super) fn path(&self, rule: &Rule, after: Option<Day>) -> Option<Path> {
        let figure = rule.figure()?;
        match (&rule.condition, self) {
            (Condition::Move { sessions, .. }, Self::One(metric, series)) => {
                let all = metric_path(metric, series, "value", None)?;
                Some(moves(&all, metric.change, *sessions, after))
            }
            (Condition::Move { sessions, .. }, Self::Two(ground)) => {
                let kind = if ground.gap == GapKind::Ratio { ChangeKind::Log } else { ChangeKind::Difference };
                Some(moves(&pair_path(ground, "gap", None)?, kind, *sessions, after))
            }
            (_, Self::One(metric, series)) => metric_path(metric, series, figure, after),
            (_, Self::Two(ground)) => pair_path(ground, figure, after),
        }
    }

    /// The level from which is told what followed, by the day it was known.
    pub(super) fn level(&self) -> Option<(ChangeKind, Series)> {
        let (kind, path) = match self {
            Self::One(metric, series) => (metric.change, metric_path(metric, series, "value", None)?),
            Self::Two(ground) => {
                let kind = if ground.gap == GapKind::Ratio { ChangeKind::Log } else { ChangeKind::Difference };
                (kind, pair_path(ground, "gap", None)?)
            }
        };
        let (days, values) = path.readings.into_iter().unzip();
        Some((kind, Series::new(days, values).ok()?))
    }
}

/// Steps rules through every close they have not seen. Returns what fired, by place of the rule; a rule whose sizes do not
/// fit its figure is named instead.
///
/// A figure is computed once for all rules that watch it, and only for days that one of them has not seen.
pub fn evaluate<'a, F>(rules: &mut [Standing], lookup: F, wants: &Wants) -> Evaluated
where
    F: Fn(&str) -> Option<(&'a Metric, &'a Series)> + Sync,
{
    let mut by_subject: BTreeMap<Subject, Vec<(usize, &mut Standing)>> = BTreeMap::new();
    for (place, standing) in rules.iter_mut().enumerate() {
        by_subject.entry(standing.rule.subject.clone()).or_default().push((place, standing));
    }
    let groups: Vec<(Subject, Vec<(usize, &mut Standing)>)> = by_subject.into_iter().collect();
    let found: Vec<Evaluated> =
        groups.into_par_iter().map(|(subject, group)| of_subject(&subject, group, &lookup, wants)).collect();
    let mut all = Evaluated::default();
    for one in found {
        all.fired.extend(one.fired);
        all.bad.extend(one.bad);
    }
    all.fired.sort_by_key(|(place, firing)| (*place, firing.day));
    all
}

/// The unit of the figure a rule watches, if it has a path.
pub fn unit_of<'a, F>(rule: &Rule, lookup: F) -> Option<Unit>
where
    F: Fn(&str) -> Option<(&'a Metric, &'a Series)>,
{
    Some(Known::of(&rule.subject, &lookup)?.path(rule, Some(Day::MAX))?.unit)
}

/// What decides a path: the name of the figure, and over how many sessions a move is taken.
fn key(rule: &Rule) -> (String, u32) {
    let sessions = if let Condition::Move { sessions, .. } = rule.condition { sessions } else { 0 };
    (rule.figure().unwrap_or_default().to_owned(), sessions)
}

fn of_subject<'a, F>(subject: &Subject, group: Vec<(usize, &mut Standing)>, lookup: &F, wants: &Wants) -> Evaluated
where
    F: Fn(&str) -> Option<(&'a Metric, &'a Series)>,
{
    let mut found = Evaluated::default();
    let mut by_figure: BTreeMap<(String, u32), Vec<(usize, &mut Standing)>> = BTreeMap::new();
    for (place, standing) in group {
        if let Some((day, reading, unit)) = wants.readings.get(&place) {
            match Levels::of(&standing.rule, *unit) {
                Ok(levels) => {
                    let firing = standing.watch.step(levels, standing.rule.cool_down, *day, reading);
                    found.fired.extend(firing.map(|firing| (place, firing)));
                }
                Err(error) => found.bad.push((place, error)),
            }
        } else if standing.rule.figure().is_some() {
            by_figure.entry(key(&standing.rule)).or_default().push((place, standing));
        }
    }
    if by_figure.is_empty() {
        return found;
    }
    let Some(known) = Known::of(subject, lookup) else { return found };
    for group in by_figure.into_values() {
        let Some((_, first)) = group.first() else { continue };
        let seen = group.iter().map(|(_, standing)| standing.watch.seen).min().flatten();
        let Some(path) = known.path(&first.rule, seen) else { continue };
        for (place, standing) in group {
            let levels = match Levels::of(&standing.rule, path.unit) {
                Ok(levels) => levels,
                Err(error) => {
                    found.bad.push((place, error));
                    continue;
                }
            };
            for (day, value) in &path.readings {
                let firing = standing.watch.step(levels, standing.rule.cool_down, *day, &Reading::Number(*value));
                found.fired.extend(firing.map(|firing| (place, firing)));
            }
        }
    }
    found
}
