//! What is forecast: the path of one series, or of the ratio or spread of two, on the scale its changes are measured on.

use crate::align::align;
use crate::catalog::{Cadence, Category, ChangeKind, Metric};
use crate::{Day, Series};

/// What the level does when nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Stays where it is: prices, indices, exchange rates, ratios of them.
    Walk,
    /// Returns to a centre: implied volatility, yields, spreads.
    Reverting,
    /// Follows from its own past: releases.
    Release,
}

/// How often a target is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Each session.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
}

impl Pace {
    /// How many observations ahead is forecast.
    pub fn horizons(self) -> [usize; 3] {
        match self {
            Self::Daily => [5, 21, 63],
            Self::Weekly => [1, 4, 13],
            Self::Monthly => [1, 3, 12],
        }
    }

    /// What one observation is called, in the plural.
    pub fn steps(self) -> &'static str {
        match self {
            Self::Daily => "sessions",
            Self::Weekly => "weeks",
            Self::Monthly => "months",
        }
    }

    /// Observations between two forecasts of the record.
    pub(super) fn stride(self) -> usize {
        if self == Self::Daily { 5 } else { 1 }
    }

    /// Observations before the first forecast.
    pub(super) fn least(self) -> usize {
        match self {
            Self::Daily => 504,
            Self::Weekly => 156,
            Self::Monthly => 120,
        }
    }

    /// Observations that a fit looks back on.
    pub(super) fn window(self) -> usize {
        match self {
            Self::Daily => 2_520,
            Self::Weekly => 1_040,
            Self::Monthly => 480,
        }
    }

    fn of(cadence: Cadence) -> Self {
        match cadence {
            Cadence::RealTime | Cadence::Delayed | Cadence::Daily => Self::Daily,
            Cadence::Weekly => Self::Weekly,
            Cadence::Monthly => Self::Monthly,
        }
    }
}

/// Days and levels to forecast: logarithms where changes are logarithmic.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What the level does when nothing happens.
    pub law: Law,
    /// Whether the levels are logarithms of the values, or the values.
    pub scale: ChangeKind,
    /// How often it is observed.
    pub pace: Pace,
    /// Days, in order.
    pub days: Vec<Day>,
    /// One level for each day.
    pub levels: Vec<f64>,
}

impl Target {
    /// One metric. Values that have no logarithm are left out where changes are logarithmic.
    pub fn of_metric(metric: &Metric, series: &Series) -> Self {
        let pace = Pace::of(metric.cadence);
        let law = if pace == Pace::Daily { law(metric) } else { Law::Release };
        let (days, levels) = series.iter().filter_map(|(day, value)| Some((day, level(metric.change, value)?))).unzip();
        Self { law, scale: metric.change, pace, days, levels }
    }

    /// The ratio of two (or the spread, where both are measured in differences), on common days; `None` where there is neither.
    pub fn of_pair(a: &Metric, a_series: &Series, b: &Metric, b_series: &Series) -> Option<Self> {
        if a.change != b.change {
            return None;
        }
        let common = align(a, a_series, b, b_series).common;
        let pace = Pace::of(a.cadence.max(b.cadence));
        let law = match (pace, law(a), law(b)) {
            (Pace::Weekly | Pace::Monthly, _, _) => Law::Release,
            (Pace::Daily, Law::Walk, Law::Walk) => Law::Walk,
            (Pace::Daily, _, _) => Law::Reverting,
        };
        let mut target = Self { law, scale: a.change, pace, days: Vec::new(), levels: Vec::new() };
        for at in 0..common.days.len() {
            if let Some((a, b)) = level(a.change, common.a[at]).zip(level(b.change, common.b[at])) {
                target.days.push(common.days[at]);
                target.levels.push(a - b);
            }
        }
        Some(target)
    }

    /// The target as it was known at the end of `day`.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        let end = self.days.partition_point(|dated| *dated <= day);
        Self { days: self.days[..end].to_vec(), levels: self.levels[..end].to_vec(), ..*self }
    }

    /// The value of a level: its exponential where levels are logarithms.
    pub fn value(&self, level: f64) -> f64 {
        match self.scale {
            ChangeKind::Log => level.exp(),
            ChangeKind::Difference => level,
        }
    }

    /// Number of observations.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there is no observation.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
}

fn law(metric: &Metric) -> Law {
    match metric.category {
        Category::Volatility
        | Category::InterestRate
        | Category::YieldCurve
        | Category::CreditSpread
        | Category::InflationExpectation
        | Category::FinancialConditions => Law::Reverting,
        _ if metric.change == ChangeKind::Difference => Law::Reverting,
        _ => Law::Walk,
    }
}

fn level(scale: ChangeKind, value: f64) -> Option<f64> {
    match scale {
        ChangeKind::Log => (value > 0.0).then(|| value.ln()),
        ChangeKind::Difference => Some(value),
    }
}
