//! Figures: numbers with unit, sample, dates, method and interval, or the reason why there is none.

mod caution;
mod unavailable;
mod unit;

use indexmap::IndexMap;

use crate::Day;

pub use convex_stats::interval::Interval;

pub use caution::caution;
pub use unavailable::Unavailable;
pub use unit::Unit;

/// A figure: an estimate, or why there is none.
pub type Figure = Result<Estimate, Unavailable>;

/// A number a reader may quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The value itself.
    pub value: Value,
    /// Interval of 95 % around it, where sampling error matters.
    pub interval: Option<Interval>,
    /// Unit of value and interval.
    pub unit: Unit,
    /// Observations it rests on.
    pub n: usize,
    /// First day of those observations.
    pub from: Day,
    /// Last day of those observations.
    pub to: Day,
    /// How it was computed, in a few words.
    pub method: &'static str,
}

/// What a figure can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// A day.
    Day(Day),
    /// Finite numbers in a stated order.
    List(Vec<f64>),
    /// Nothing but the interval: the figure is one.
    IntervalOnly,
}

impl Estimate {
    /// A figure that is one number without an interval; refused if the number is not finite.
    pub fn number(value: f64, unit: Unit, n: usize, span: (Day, Day), method: &'static str) -> Figure {
        if !value.is_finite() {
            return Err(Unavailable::NotMeaningful("the number is not finite"));
        }
        Ok(Self { value: Value::Number(value), interval: None, unit, n, from: span.0, to: span.1, method })
    }

    /// A figure that is a day.
    pub fn day(day: Day, n: usize, span: (Day, Day), method: &'static str) -> Figure {
        Ok(Self { value: Value::Day(day), interval: None, unit: Unit::Date, n, from: span.0, to: span.1, method })
    }

    /// A figure that is an interval and nothing else.
    pub fn interval(interval: Interval, unit: Unit, n: usize, span: (Day, Day), method: &'static str) -> Figure {
        if !(interval.low.is_finite() && interval.high.is_finite()) {
            return Err(Unavailable::NotMeaningful("the interval is not finite"));
        }
        Ok(Self { value: Value::IntervalOnly, interval: Some(interval), unit, n, from: span.0, to: span.1, method })
    }

    /// The same estimate with an interval around it.
    #[must_use]
    pub fn within(self, interval: Interval) -> Self {
        Self { interval: Some(interval), ..self }
    }

    /// The number, if the figure is one.
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// All figures of a comparison, by dotted name, in the order they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(IndexMap<String, Figure>);

impl Figures {
    /// Adds a figure; a name stands for one figure only, so a second one under the same name replaces the first.
    pub fn put(&mut self, name: impl Into<String>, figure: Figure) {
        self.0.insert(name.into(), figure);
    }

    /// Adds all figures of another set, after these.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// The figure of that name.
    pub fn get(&self, name: &str) -> Option<&Figure> {
        self.0.get(name)
    }

    /// The estimate of that name, if it could be computed.
    pub fn estimate(&self, name: &str) -> Option<&Estimate> {
        self.0.get(name)?.as_ref().ok()
    }

    /// The number of that name, if it could be computed and is one.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.estimate(name)?.as_number()
    }

    /// Names and figures in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Figure)> {
        self.0.iter().map(|(name, figure)| (name.as_str(), figure))
    }

    /// Names spelled most like what was typed, nearest first.
    pub fn nearest(&self, typed: &str, limit: usize) -> Vec<&str> {
        let mut scored: Vec<(f64, &str)> =
            self.iter().map(|(name, _)| (strsim::normalized_damerau_levenshtein(typed, name), name)).collect();
        scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        scored.into_iter().take(limit).map(|(_, name)| name).collect()
    }

    /// How many figures there are, computed or not.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
