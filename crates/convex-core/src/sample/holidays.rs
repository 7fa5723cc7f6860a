//! Days on which the simulated markets are shut: rules, not a list, so that no end date runs out.

use jiff::civil::Weekday;

use crate::Day;

/// Whose days a simulated series follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Venue {
    /// New York: shares and funds.
    NewYork,
    /// US government bonds: New York's holidays and two more.
    Bonds,
    /// London: the gold fix.
    London,
    /// Every day of the week.
    SevenDay,
}

impl Venue {
    pub(super) const ALL: [Self; 4] = [Self::NewYork, Self::Bonds, Self::London, Self::SevenDay];

    /// Whether there is an observation on that day.
    pub(super) fn is_open(self, day: Day) -> bool {
        match self {
            Self::SevenDay => true,
            Self::NewYork => !day.is_weekend() && !new_york_holiday(day),
            Self::Bonds => !day.is_weekend() && !new_york_holiday(day) && !federal_only(day),
            Self::London => !day.is_weekend() && !london_holiday(day),
        }
    }
}

fn new_york_holiday(day: Day) -> bool {
    let (month, date) = month_and_date(day);
    match month {
        // A New Year's Day on a Saturday is not made up for: the Friday before belongs to the old year.
        1 => observed(day, 1, 1) && date != 31 || nth(day, Weekday::Monday, 3),
        2 => nth(day, Weekday::Monday, 3),
        3 | 4 => day == easter(day.year()) - 2,
        5 => last(day, Weekday::Monday),
        6 => day.year() >= 2022 && observed(day, 6, 19),
        7 => observed(day, 7, 4),
        9 => nth(day, Weekday::Monday, 1),
        11 => nth(day, Weekday::Thursday, 4),
        12 => observed(day, 12, 25),
        _ => false,
    }
}

/// Columbus Day and Veterans Day: banks and bonds rest, shares trade.
fn federal_only(day: Day) -> bool {
    match month_and_date(day).0 {
        10 => nth(day, Weekday::Monday, 2),
        11 => observed(day, 11, 11),
        _ => false,
    }
}

fn london_holiday(day: Day) -> bool {
    let (month, date) = month_and_date(day);
    let weekday = day.weekday();
    match month {
        1 => date == 1 || (date <= 3 && weekday == Weekday::Monday),
        3 | 4 => day == easter(day.year()) - 2 || day == easter(day.year()) + 1,
        5 => nth(day, Weekday::Monday, 1) || last(day, Weekday::Monday),
        8 => last(day, Weekday::Monday),
        // Christmas and Boxing Day, moved to the next weekdays where they meet a weekend.
        12 => {
            matches!(date, 25 | 26)
                || (matches!(date, 27 | 28) && matches!(weekday, Weekday::Monday | Weekday::Tuesday))
        }
        _ => false,
    }
}

/// Whether `day` is the day on which a fixed-date holiday is kept: Friday for a Saturday, Monday for a Sunday.
fn observed(day: Day, month: i8, date: i8) -> bool {
    let Some(holiday) = Day::new(day.year(), month, date) else { return false };
    let kept = match holiday.weekday() {
        Weekday::Saturday => holiday - 1,
        Weekday::Sunday => holiday + 1,
        _ => holiday,
    };
    day == kept
}

fn nth(day: Day, weekday: Weekday, n: i8) -> bool {
    day.weekday() == weekday && (month_and_date(day).1 - 1) / 7 + 1 == n
}

fn last(day: Day, weekday: Weekday) -> bool {
    day.weekday() == weekday && day.end_of_month() - day < 7
}

fn month_and_date(day: Day) -> (i8, i8) {
    let date = day.date();
    (date.month(), date.day())
}

/// Easter Sunday by the anonymous Gregorian computus (Nature, 20 April 1876).
fn easter(year: i16) -> Day {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let date = (h + l - 7 * m + 114) % 31 + 1;
    Day::new(year as i16, month as i8, date as i8).expect("the computus names a day of March or April")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(venue: Venue, shut: &[&str], open: &[&str]) {
        for text in shut {
            assert!(!venue.is_open(text.parse().unwrap()), "{text} should be shut in {venue:?}");
        }
        for text in open {
            assert!(venue.is_open(text.parse().unwrap()), "{text} should be open in {venue:?}");
        }
    }

    #[test]
    fn new_york() {
        check(
            Venue::NewYork,
            &[
                "2025-01-01",
                "2025-01-20",
                "2025-02-17",
                "2025-04-18",
                "2025-05-26",
                "2025-06-19",
                "2025-07-04",
                "2025-09-01",
                "2025-11-27",
                "2025-12-25",
                "2023-01-02",
                "2021-07-05",
                "2020-07-03",
                "2021-12-24",
                "2025-12-27",
                "2008-03-21",
            ],
            &["2021-12-31", "2021-06-18", "2025-10-13", "2025-11-11", "2025-12-26", "2025-04-21", "2025-11-20"],
        );
    }

    #[test]
    fn bonds_rest_twice_more() {
        check(Venue::Bonds, &["2025-10-13", "2025-11-11", "2025-12-25"], &["2025-10-14", "2025-11-12"]);
    }

    #[test]
    fn london() {
        check(
            Venue::London,
            &[
                "2025-01-01",
                "2025-04-18",
                "2025-04-21",
                "2025-05-05",
                "2025-05-26",
                "2025-08-25",
                "2025-12-25",
                "2025-12-26",
                "2021-12-27",
                "2021-12-28",
                "2022-01-03",
                "2022-12-27",
            ],
            &["2025-07-04", "2025-11-27", "2025-12-29", "2025-01-20", "2022-01-04"],
        );
    }

    #[test]
    fn every_day_is_a_day_for_seven_days() {
        check(Venue::SevenDay, &[], &["2025-12-25", "2025-12-27"]);
    }
}
