//! Whether a day's value is final.

use convex_core::Day;
use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::days::{NEW_YORK, day_in, last_closed};

/// Time from a close until its value is settled: closing auctions print late, and delayed venues a quarter of an hour later.
pub(crate) const SETTLING: SignedDuration = SignedDuration::from_mins(15);

/// Whether the session of US exchanges of that day had closed, and settled, at a moment.
pub(crate) fn us_session_over(day: Day, at: Timestamp) -> bool {
    let settled = at.checked_sub(SETTLING).unwrap_or(at);
    day <= last_closed(settled, &NEW_YORK, time(16, 0, 0, 0))
}

/// Whether the civil day had ended in UTC at a moment.
pub(crate) fn utc_day_over(day: Day, at: Timestamp) -> bool {
    civil_day_over(day, &TimeZone::UTC, at)
}

/// Whether the civil day had ended in a zone at a moment.
pub(crate) fn civil_day_over(day: Day, zone: &TimeZone, at: Timestamp) -> bool {
    day_in(at, zone).is_some_and(|today| day < today)
}

/// The UTC day that begins exactly at a count of seconds since 1970.
pub(crate) fn utc_midnight(seconds: f64) -> Option<Day> {
    let days = seconds / 86_400.0;
    (days.fract() == 0.0 && days.abs() < 1e6).then(|| Day::from_epoch_days(days as i32)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end_with_their_close_and_days_with_midnight() {
        let day: Day = "2026-01-05".parse().unwrap();
        let check = |over: fn(Day, Timestamp) -> bool, at: &str, expected: bool| {
            assert_eq!(over(day, at.parse().unwrap()), expected, "{at}");
        };
        check(us_session_over, "2026-01-05T21:14:59Z", false);
        check(us_session_over, "2026-01-05T21:15:00Z", true);
        check(us_session_over, "2026-01-04T22:00:00Z", false);
        check(utc_day_over, "2026-01-05T23:59:59Z", false);
        check(utc_day_over, "2026-01-06T00:00:00Z", true);
    }

    #[test]
    fn midnights_only() {
        assert_eq!(utc_midnight(86_400.0).map(Day::epoch_days), Some(1));
        assert_eq!(utc_midnight(-86_400.0).map(Day::epoch_days), Some(-1));
        for seconds in [1.0, 86_399.0, 3_600.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(utc_midnight(seconds), None, "{seconds}");
        }
    }
}
