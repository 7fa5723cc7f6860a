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
}
