//! Days and moments as providers write them.

use std::sync::LazyLock;

use convex_core::Day;
use jiff::civil::{DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

/// New York, where US markets close.
pub(crate) static NEW_YORK: LazyLock<TimeZone> = LazyLock::new(|| zone("America/New_York").unwrap_or(TimeZone::UTC));

// The database within the program: the machine's own may be old, and reading it would be reading files.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The time zone of an IANA name.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok()
}

/// `2025-12-31`, also with a time behind it, which says nothing about the day: `2025-12-31T00:00:00`, `2025-12-31 16:00`.
pub(crate) fn iso_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    if rest.is_empty() || rest.starts_with(['T', ' ']) { date.parse().ok() } else { None }
}

/// `12/31/2025` or `1/2/2025`: month, day, year.
pub(crate) fn american_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Day::new(digits(year, 4)?, digits(month, 2)? as i8, digits(day, 2)? as i8)
}

/// The first day of a period: `2025-12-31`, `2025-12`, `2025-Q4` or `2025`.
pub(crate) fn period_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (year, rest) = text.split_at_checked(4)?;
    let year: i16 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    match rest.as_bytes() {
        [] => Day::new(year, 1, 1),
        [b'-', b'Q', quarter @ b'1'..=b'4'] => Day::new(year, 3 * (quarter - b'0') as i8 - 2, 1),
        [b'-', tens @ b'0'..=b'1', ones @ b'0'..=b'9'] => Day::new(year, (10 * (tens - b'0') + ones - b'0') as i8, 1),
        _ => iso_day(text),
    }
}

/// The civil day of a moment in a zone.
pub(crate) fn day_in(at: Timestamp, zone: &TimeZone) -> Option<Day> {
    Day::from_date(zone.to_datetime(at).date())
}

/// The day it is in a zone at a moment.
pub(crate) fn today(at: Timestamp, zone: &TimeZone) -> Day {
    day_in(at, zone).unwrap_or(Day::MAX)
}

/// A moment as written: its own offset counts, else it is the local time of `zone`.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let local: DateTime = text.parse().ok()?;
    zone.to_timestamp(local).ok()
}

/// The last day whose `close`, a local time of `zone`, had passed at a moment: later days are unfinished.
pub(crate) fn last_closed(at: Timestamp, zone: &TimeZone, close: Time) -> Day {
    let local = zone.to_datetime(at);
    let date = if local.time() >= close { local.date() } else { local.date().saturating_sub(1.day()) };
    Day::from_date(date).unwrap_or(Day::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(read: fn(&str) -> Option<Day>, text: &str, expected: Option<&str>) {
        assert_eq!(read(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn days_as_written() {
        check(iso_day, "2025-12-31", Some("2025-12-31"));
        check(iso_day, " 2025-12-31T00:00:00.000Z ", Some("2025-12-31"));
        check(iso_day, "2025-12-31 16:00:00", Some("2025-12-31"));
        for text in ["", "2025-12", "2025-12-3", "2025-02-30", "2025-12-311", "20251231", "31.12.2025", "2025-12-3é"] {
            check(iso_day, text, None);
        }
        check(american_day, "12/31/2025", Some("2025-12-31"));
        check(american_day, "1/2/2025", Some("2025-01-02"));
        for text in ["", "31/12/2025", "12/31/25", "12/31", "12/31/2025/1", "-1/2/2025", "é/2/2025", "12-31-2025"] {
            check(american_day, text, None);
        }
    }

    #[test]
    fn periods_begin_with_a_day() {
        check(period_day, "2025-12-31", Some("2025-12-31"));
        check(period_day, "2025-11", Some("2025-11-01"));
        check(period_day, "2025-Q3", Some("2025-07-01"));
        check(period_day, "2025", Some("2025-01-01"));
        for text in ["", "25", "2025-13", "2025-00", "2025-Q5", "2025-1", "+025-11", "20é5"] {
            check(period_day, text, None);
        }
    }

    #[test]
    fn moments_take_their_offset_or_the_zone() {
        let moment = |text| moment(text, &NEW_YORK).map(|at| at.to_string());
        let expected = Some("2026-01-05T21:14:59Z".to_owned());
        for text in ["2026-01-05 16:14:59", "2026-01-05T16:14:59", "2026-01-05T21:14:59Z", "2026-01-05T22:14:59+01:00"]
        {
            assert_eq!(moment(text), expected, "{text}");
        }
        assert_eq!(moment("2026-07-06T16:14:59").as_deref(), Some("2026-07-06T20:14:59Z"), "summer time");
        assert_eq!(moment("16:14:59"), None);
    }

    #[test]
    fn a_day_ends_with_its_close() {
        let last = |at: &str| last_closed(at.parse().expect("a moment"), &NEW_YORK, jiff::civil::time(16, 0, 0, 0));
        assert_eq!(last("2026-01-05T20:59:59Z").to_string(), "2026-01-04");
        assert_eq!(last("2026-01-05T21:00:00Z").to_string(), "2026-01-05");
        assert_eq!(last("2026-01-06T04:59:59Z").to_string(), "2026-01-05");
        assert_eq!(last("2026-07-06T20:00:00Z").to_string(), "2026-07-06");
    }
}
