//! Figures that belong together: one dotted name in front, one sample behind.

use convex_stats::{Interval, Undefined};

use crate::Day;
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};

/// Puts figures of one group under its name.
pub(super) struct Group<'a> {
    figures: &'a mut Figures,
    name: String,
    n: usize,
    span: (Day, Day),
}

impl<'a> Group<'a> {
    /// A group over `n` observations between two days.
    pub(super) fn new(figures: &'a mut Figures, name: impl Into<String>, n: usize, span: (Day, Day)) -> Self {
        Self { figures, name: name.into(), n, span }
    }

    /// Any figure under the group's name.
    pub(super) fn put(&mut self, leaf: &str, figure: Figure) -> &mut Self {
        self.figures.put(format!("{}.{leaf}", self.name), figure);
        self
    }

    /// A number.
    pub(super) fn number(&mut self, leaf: &str, value: f64, unit: Unit, method: &'static str) -> &mut Self {
        let figure = Estimate::number(value, unit, self.n, self.span, method);
        self.put(leaf, figure)
    }

    /// A count of things.
    pub(super) fn count(&mut self, leaf: &str, count: usize, method: &'static str) -> &mut Self {
        self.number(leaf, count as f64, Unit::Count, method)
    }

    /// A day.
    pub(super) fn day(&mut self, leaf: &str, day: Day, method: &'static str) -> &mut Self {
        let figure = Estimate::day(day, self.n, self.span, method);
        self.put(leaf, figure)
    }

    /// An interval that is a figure of its own.
    pub(super) fn interval(&mut self, leaf: &str, interval: Interval, unit: Unit, method: &'static str) -> &mut Self {
        let figure = Estimate::interval(interval, unit, self.n, self.span, method);
        self.put(leaf, figure)
    }

    /// A number with an interval around it.
    pub(super) fn within(
        &mut self,
        leaf: &str,
        value: f64,
        interval: Interval,
        unit: Unit,
        method: &'static str,
    ) -> &mut Self {
        let figure = Estimate::number(value, unit, self.n, self.span, method).map(|found| found.within(interval));
        self.put(leaf, figure)
    }
}

/// A group that could not be computed stands under its own name and under each of its leaves.
pub(super) fn absent(figures: &mut Figures, group: &str, leaves: &[&str], why: &Unavailable) {
    figures.put(group, Err(why.clone()));
    for leaf in leaves {
        figures.put(format!("{group}.{leaf}"), Err(why.clone()));
    }
}

/// Puts a group if it could be computed, else says why under its name and under each of its leaves.
pub(super) fn put_or_absent<T>(
    figures: &mut Figures,
    group: &str,
    leaves: &[&str],
    found: Result<T, Undefined>,
    sample: (usize, (Day, Day)),
    put: impl FnOnce(&mut Group<'_>, T),
) {
    match found {
        Ok(found) => put(&mut Group::new(figures, group, sample.0, sample.1), found),
        Err(why) => absent(figures, group, leaves, &why.into()),
    }
}

/// First and last of some days.
pub(super) fn span(days: &[Day]) -> (Day, Day) {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => (Day::MIN, Day::MAX),
    }
}
