//! A civil day, counted from 1970-01-01.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// A civil (calendar) day without a time zone; ordered, and one is one day later than the other by plain subtraction.
///
/// ```
/// use convex_core::Day;
/// let day: Day = "2025-12-31".parse().unwrap();
/// assert_eq!(day - "2025-12-01".parse::<Day>().unwrap(), 30);
/// assert_eq!((day + 1).to_string(), "2026-01-01");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The text is not a day of the form `YYYY-MM-DD` that exists, between the years 1700 and 2999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date of the form YYYY-MM-DD")]
pub struct NotADay(pub String);

impl Day {
    /// The first day Convex accepts: 1700-01-01.
    pub const MIN: Self = Self(-98_615);
    /// The last day Convex accepts: 2999-12-31.
    pub const MAX: Self = Self(376_199);

    /// The day so many days after (before, if negative) 1970-01-01; `None` outside [`Day::MIN`]..=[`Day::MAX`].
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Days since 1970-01-01.
    pub fn epoch_days(self) -> i32 {
        self.0
    }

    /// The day of a calendar date; `None` if there is no such date.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::from_date(Date::new(year, month, day).ok()?)
    }

    /// The day of a civil date; `None` outside the accepted range.
    pub fn from_date(date: Date) -> Option<Self> {
        Self::from_epoch_days((date - EPOCH).get_days())
    }

    /// The civil date.
    pub fn date(self) -> Date {
        EPOCH.saturating_add(self.0.days())
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        self.date().year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.date().month()
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// Whether the day is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        // 1970-01-01 was a Thursday, the day with offset 3 from Monday.
        (self.0 + 3).rem_euclid(7) >= 5
    }

    /// The last day of the day's month.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        let date = self.date();
        Self(self.0 + i32::from(date.days_in_month()) - i32::from(date.day()))
    }
}

impl Add<i32> for Day {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self((self.0.saturating_add(days)).clamp(Self::MIN.0, Self::MAX.0))
    }
}

impl Sub<i32> for Day {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        self.add(days.saturating_neg())
    }
}

impl Sub for Day {
    type Output = i32;
    fn sub(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let refuse = || NotADay(text.chars().take(40).collect());
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return Err(refuse()) };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0i16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(digit - b'0')))
        };
        let parsed = number(&[y1, y2, y3, y4]).zip(number(&[m1, m2])).zip(number(&[d1, d2]));
        let Some(((year, month), day)) = parsed else { return Err(refuse()) };
        Self::new(year, month as i8, day as i8).ok_or_else(refuse)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_the_documented_ones() {
        assert_eq!(Day::MIN.to_string(), "1700-01-01");
        assert_eq!(Day::MAX.to_string(), "2999-12-31");
    }

    #[test]
    fn weekday_and_month_end() {
        let day: Day = "2024-02-10".parse().unwrap();
        assert!(day.is_weekend());
        assert_eq!(day.weekday(), Weekday::Saturday);
        assert_eq!(day.end_of_month().to_string(), "2024-02-29");
    }

    #[test]
    fn refuses_what_is_not_a_day() {
        for text in
            ["", "2025-13-01", "2025-02-30", "20250101", "2025-1-1", "2025-01-01T00:00", "١٢٣٤-٠١-٠١", "1699-12-31"]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
