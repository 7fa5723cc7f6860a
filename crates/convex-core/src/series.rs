//! One series of dated values, well-formed by construction.

use std::sync::Arc;

use crate::Day;

/// Observations in order: strictly increasing days, finite values. There is no way to build another kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    days: Arc<[Day]>,
    values: Arc<[f64]>,
}

/// Why days and values do not make a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The two arrays have different lengths.
    #[error("{days} days but {values} values")]
    Lengths {
        /// Number of days given.
        days: usize,
        /// Number of values given.
        values: usize,
    },
    /// A day is not later than the day before it.
    #[error("{0} is not later than the day before it")]
    Order(Day),
    /// A value is infinite or not a number.
    #[error("the value of {0} is not finite")]
    NotFinite(Day),
}

impl Series {
    /// Checks order and finiteness.
    pub fn new(days: Vec<Day>, values: Vec<f64>) -> Result<Self, Malformed> {
        if days.len() != values.len() {
            return Err(Malformed::Lengths { days: days.len(), values: values.len() });
        }
        if let Some(pair) = days.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(Malformed::Order(pair[1]));
        }
        if let Some(at) = values.iter().position(|value| !value.is_finite()) {
            return Err(Malformed::NotFinite(days[at]));
        }
        Ok(Self { days: days.into(), values: values.into() })
    }

    /// A series without observations.
    pub fn empty() -> Self {
        Self { days: Arc::new([]), values: Arc::new([]) }
    }

    /// The days, strictly increasing.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The values, one for each day.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Number of observations.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there is no observation.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// First observation.
    pub fn first(&self) -> Option<(Day, f64)> {
        Some((*self.days.first()?, *self.values.first()?))
    }

    /// Last observation.
    pub fn last(&self) -> Option<(Day, f64)> {
        Some((*self.days.last()?, *self.values.last()?))
    }

    /// The last observation dated on or before `day`.
    pub fn at_or_before(&self, day: Day) -> Option<(Day, f64)> {
        let end = self.days.partition_point(|d| *d <= day);
        (end > 0).then(|| (self.days[end - 1], self.values[end - 1]))
    }

    /// The observations dated on or before `day`.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        let end = self.days.partition_point(|d| *d <= day);
        self.slice(0, end)
    }

    /// The observations dated later than `day`.
    #[must_use]
    pub fn after(&self, day: Day) -> Self {
        let start = self.days.partition_point(|d| *d <= day);
        self.slice(start, self.len())
    }

    /// Day and value of each observation, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Day, f64)> + '_ {
        self.days.iter().copied().zip(self.values.iter().copied())
    }

    fn slice(&self, start: usize, end: usize) -> Self {
        if start == 0 && end == self.len() {
            return self.clone();
        }
        Self { days: self.days[start..end].into(), values: self.values[start..end].into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn refuses_disorder_and_infinities() {
        let (one, two) = (day("2025-01-02"), day("2025-01-03"));
        assert_eq!(Series::new(vec![two, one], vec![1.0, 2.0]), Err(Malformed::Order(one)));
        assert_eq!(Series::new(vec![one, one], vec![1.0, 2.0]), Err(Malformed::Order(one)));
        assert_eq!(Series::new(vec![one], vec![f64::NAN]), Err(Malformed::NotFinite(one)));
        assert_eq!(Series::new(vec![one], vec![]), Err(Malformed::Lengths { days: 1, values: 0 }));
    }

    #[test]
    fn cuts_on_dates() {
        let series = Series::new(vec![day("2025-01-02"), day("2025-01-06")], vec![1.0, 2.0]).unwrap();
        assert_eq!(series.at_or_before(day("2025-01-05")), Some((day("2025-01-02"), 1.0)));
        assert_eq!(series.at_or_before(day("2025-01-01")), None);
        assert_eq!(series.until(day("2025-01-02")).len(), 1);
        assert_eq!(series.after(day("2025-01-02")).first(), Some((day("2025-01-06"), 2.0)));
    }
}
