//! Whether two providers of one series agree.

use crate::catalog::{ChangeKind, Metric, MetricUnit};
use crate::{Day, Series};

/// How far two providers' values of a day may lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// In the unit of the values.
    pub absolute: f64,
    /// As a share of the larger value.
    pub relative: f64,
}

/// What a comparison of two providers found.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossCheck {
    /// Days both have.
    pub compared: usize,
    /// First and last of them.
    pub span: Option<(Day, Day)>,
    /// Days on which they lie further apart than allowed, in order.
    pub disagreements: Vec<Disagreement>,
    /// The day of the largest difference, be it allowed or not.
    pub largest: Option<Disagreement>,
}

/// Two values of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement {
    /// The day.
    pub day: Day,
    /// The first provider's value.
    pub primary: f64,
    /// The second provider's value.
    pub second: f64,
}

impl Tolerance {
    /// What is allowed for a metric: a tick or so for rates, two parts in a thousand for prices.
    pub fn of(metric: &Metric) -> Self {
        match (metric.change, metric.unit) {
            (ChangeKind::Difference, MetricUnit::Percent | MetricUnit::Points) => {
                Self { absolute: 0.011, relative: 0.0 }
            }
            (ChangeKind::Difference, _) => Self { absolute: 0.01, relative: 0.002 },
            (ChangeKind::Log, _) => Self { absolute: 0.0, relative: 0.002 },
        }
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { absolute: factor * self.absolute, relative: factor * self.relative }
    }

    /// Whether two values count as the same.
    pub fn allows(self, one: f64, other: f64) -> bool {
        (one - other).abs() <= self.absolute + self.relative * one.abs().max(other.abs())
    }
}

impl CrossCheck {
    /// Whether there was anything to compare and nothing lies too far apart.
    pub fn agrees(&self) -> bool {
        self.compared > 0 && self.disagreements.is_empty()
    }

    /// What a reader is told.
    pub fn words(&self) -> String {
        let Some((from, to)) = self.span else { return "the two providers share no day".to_owned() };
        let compared = format!("{} days from {from} to {to}", self.compared);
        match (self.disagreements.len(), self.largest) {
            (0, _) | (_, None) => format!("the two providers agree on {compared}"),
            (apart, Some(most)) => format!(
                "the two providers disagree on {apart} of {compared}, most on {}: {} against {}",
                most.day, most.primary, most.second
            ),
        }
    }
}

/// Compares the values of the days that two providers share.
pub fn cross_check(primary: &Series, second: &Series, tolerance: Tolerance) -> CrossCheck {
    let mut found = CrossCheck { compared: 0, span: None, disagreements: Vec::new(), largest: None };
    let mut rest = second.iter().peekable();
    for (day, value) in primary.iter() {
        while rest.next_if(|(other, _)| *other < day).is_some() {}
        let Some((_, other)) = rest.next_if(|(other, _)| *other == day) else { continue };
        let both = Disagreement { day, primary: value, second: other };
        found.compared += 1;
        found.span = Some((found.span.map_or(day, |(from, _)| from), day));
        if !tolerance.allows(value, other) {
            found.disagreements.push(both);
        }
        if found.largest.is_none_or(|most| both.distance() > most.distance()) {
            found.largest = Some(both);
        }
    }
    found
}

impl Disagreement {
    /// How far apart the two values are, as a share of the larger or, near zero, in their own unit.
    pub fn distance(self) -> f64 {
        (self.primary - self.second).abs() / self.primary.abs().max(self.second.abs()).max(1.0)
    }
}
