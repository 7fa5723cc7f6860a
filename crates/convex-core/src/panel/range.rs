//! The ranges of days a page can show.

use jiff::ToSpan;

use crate::Day;

/// The range of days a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    /// One calendar month back from the last common day.
    Month1,
    /// Three months.
    Month3,
    /// Six months.
    Month6,
    /// From the last day of the year before.
    YearToDate,
    /// One year.
    Year1,
    /// Three years.
    Year3,
    /// Five years.
    Year5,
    /// Ten years.
    Year10,
    /// All history.
    Max,
}

impl Range {
    /// All ranges, shortest first.
    pub const ALL: [Self; 9] = [
        Self::Month1,
        Self::Month3,
        Self::Month6,
        Self::YearToDate,
        Self::Year1,
        Self::Year3,
        Self::Year5,
        Self::Year10,
        Self::Max,
    ];

    /// The label on the button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Month1 => "1M",
            Self::Month3 => "3M",
            Self::Month6 => "6M",
            Self::YearToDate => "YTD",
            Self::Year1 => "1Y",
            Self::Year3 => "3Y",
            Self::Year5 => "5Y",
            Self::Year10 => "10Y",
            Self::Max => "Max",
        }
    }

    /// The range of that label, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.label().eq_ignore_ascii_case(text))
    }

    /// The day the range is measured from: values are rebased at the last common day on or before it; `None` for all history.
    pub fn base(self, end: Day) -> Option<Day> {
        let back = |months: i32| Day::from_date(end.date().saturating_sub(months.months()));
        match self {
            Self::Month1 => back(1),
            Self::Month3 => back(3),
            Self::Month6 => back(6),
            Self::YearToDate => Day::new(end.year() - 1, 12, 31),
            Self::Year1 => back(12),
            Self::Year3 => back(36),
            Self::Year5 => back(60),
            Self::Year10 => back(120),
            Self::Max => None,
        }
    }
}

/// The days a page shows: one of the named ranges, or a stretch of days of the reader's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// A named range, measured back from the last common day.
    Range(Range),
    /// From one day to another, both within what there is.
    Days {
        /// The day the lines start from: values are rebased at the last common day on or before it.
        from: Day,
        /// Nothing later is shown.
        to: Day,
    },
}

impl Span {
    /// The named range, if it is one.
    pub fn range(self) -> Option<Range> {
        match self {
            Self::Range(range) => Some(range),
            Self::Days { .. } => None,
        }
    }

    /// First and last of the days shown, out of the common days; `None` if fewer than two are left.
    pub fn of(self, days: &[Day]) -> Option<(Day, Day)> {
        let first = *days.first()?;
        let (base, end) = match self {
            Self::Range(range) => (range.base(*days.last()?).unwrap_or(first), *days.last()?),
            Self::Days { from, to } => (from, to),
        };
        let to = last_on_or_before(days, end)?;
        let from = last_on_or_before(days, base).unwrap_or(first);
        (from < to).then_some((from, to))
    }
}

fn last_on_or_before(days: &[Day], day: Day) -> Option<Day> {
    let end = days.partition_point(|d| *d <= day);
    (end > 0).then(|| days[end - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_back_and_bases_are_calendar_dates() {
        let end: Day = "2024-03-31".parse().unwrap();
        for range in Range::ALL {
            assert_eq!(Range::parse(&range.label().to_lowercase()), Some(range));
        }
        let base = |range: Range| range.base(end).map(|day| day.to_string());
        assert_eq!(base(Range::Month1).as_deref(), Some("2024-02-29"));
        assert_eq!(base(Range::YearToDate).as_deref(), Some("2023-12-31"));
        assert_eq!(base(Range::Year10).as_deref(), Some("2014-03-31"));
        assert_eq!(base(Range::Max), None);
        assert_eq!(Range::parse("2Y"), None);
    }
    #[test]
    fn a_span_starts_and_ends_on_days_there_are() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let days = ["2024-01-05", "2024-01-08", "2024-01-10", "2024-01-12"].map(day);
        let of = |from: &str, to: &str| Span::Days { from: day(from), to: day(to) }.of(&days);
        assert_eq!(of("2024-01-09", "2024-01-11"), Some((days[1], days[2])));
        assert_eq!(of("2020-01-01", "2030-01-01"), Some((days[0], days[3])));
        assert_eq!(of("2024-01-10", "2024-01-11"), None);
        assert_eq!(of("2020-01-01", "2021-01-01"), None);
        assert_eq!(Span::Range(Range::Max).of(&days), Some((days[0], days[3])));
        assert_eq!(Span::Range(Range::Max).of(&[]), None);
    }
}
