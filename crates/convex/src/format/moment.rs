//! Moments within a day, and changes since its last close.

use convex_core::Day;
use convex_core::catalog::Metric;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::date::day_of_year;
use super::number::{signed, signed_percent};
use super::style::Measure;

/// `21:05:48 UTC` or `16:05:48 New York`, in the zone of the metric's close; with the day where that is not the reader's:
/// `7 Aug 16:59:58 New York`.
pub fn moment(at: Timestamp, metric: &Metric, now: Timestamp) -> String {
    let name = metric.close.as_ref().map_or("UTC", |close| close.zone.as_str());
    let (zone, place) = match TimeZone::get(name) {
        Ok(zone) => (zone, place(name)),
        Err(_) => (TimeZone::UTC, "UTC".to_owned()),
    };
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone));
    let time = format!("{:02}:{:02}:{:02} {place}", at.hour(), at.minute(), at.second());
    match Day::from_date(at.date()) {
        Some(day) if at.date() != now.date() => format!("{} {time}", day_of_year(day)),
        _ => time,
    }
}

/// The place a time zone is named after: `New York`.
pub fn place(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// `3 s ago`, `2 min ago`, `5 h ago`.
pub fn ago(seconds: i64) -> String {
    match seconds.max(0) {
        seconds @ 0..60 => format!("{seconds} s ago"),
        seconds @ 60..3_600 => format!("{} min ago", seconds / 60),
        seconds => format!("{} h ago", seconds / 3_600),
    }
}

/// A change since the last close, in the way the metric's changes are read.
pub fn live_change(change: f64, measure: Measure) -> String {
    match measure {
        Measure::Percent => signed_percent(change),
        Measure::BasisPoints => format!("{} bp", signed(change * 100.0, 0)),
        Measure::Own => signed(change, 2),
    }
}

#[cfg(test)]
mod tests {
    use convex_core::catalog::Catalog;

    use super::*;

    #[test]
    fn moments_as_read() {
        let check = |id: &str, at: &str, now: &str, expected: &str| {
            let metric = Catalog::builtin().metric(id).unwrap();
            assert_eq!(moment(at.parse().unwrap(), metric, now.parse().unwrap()), expected);
        };
        check("btc", "2026-08-09T21:05:48.9Z", "2026-08-09T21:05:50Z", "21:05:48 UTC");
        check("dia", "2026-08-07T19:44:00Z", "2026-08-07T20:00:00Z", "15:44:00 New York");
        check("xauusd", "2026-08-07T20:59:58Z", "2026-08-09T12:00:00Z", "7 Aug 16:59:58 New York");
    }

    #[test]
    fn ages_and_changes_as_read() {
        for (seconds, expected) in [(-2, "0 s ago"), (59, "59 s ago"), (125, "2 min ago"), (7_300, "2 h ago")] {
            assert_eq!(ago(seconds), expected);
        }
        assert_eq!(live_change(-0.0123, Measure::Percent), "−1.23 %");
        assert_eq!(live_change(0.04, Measure::BasisPoints), "+4 bp");
        assert_eq!(live_change(0.5, Measure::Own), "+0.50");
    }
}
