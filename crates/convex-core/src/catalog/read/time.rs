//! When a value is fixed and when it can be had.

use jiff::civil::Weekday;
use jiff::tz::TimeZoneDatabase;

use super::fields::Fields;
use crate::catalog::{Available, CloseTime, Wait};

const WEEKDAYS: [(&str, Weekday); 5] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
];

/// A year: beyond that a wait is a slip of the pen.
const LONGEST_WAIT: u16 = 366;

/// `close = { time = "16:00", zone = "America/New_York" }`.
pub(super) fn close(fields: &mut Fields<'_, '_, '_>, zones: &TimeZoneDatabase) -> Option<CloseTime> {
    let value = fields.value("close")?;
    fields.inner("close", value, |close| {
        close.only(&["time", "zone"]);
        time_and_zone(close, zones)
    })
}

/// `available = { sessions = 1, time = "18:00", zone = "America/New_York" }`, or `days`, or `weekday`.
pub(super) fn available(fields: &mut Fields<'_, '_, '_>, zones: &TimeZoneDatabase) -> Option<Available> {
    let value = fields.value("available")?;
    fields.inner("available", value, |available| {
        available.only(&["sessions", "days", "weekday", "time", "zone"]);
        let sessions = available.optional_count("sessions", LONGEST_WAIT).map(Wait::Sessions);
        let days = available.optional_count("days", LONGEST_WAIT).map(Wait::Days);
        let weekday = weekday(available).map(Wait::Weekday);
        let time = time_and_zone(available, zones);
        let given: Vec<Wait> = [sessions, days, weekday].into_iter().flatten().collect();
        let [after] = given[..] else {
            let named = ["sessions", "days", "weekday"].iter().any(|key| available.value(key).is_some());
            if !named {
                available.missing("sessions", "one of sessions, days and weekday");
            } else if given.len() > 1 {
                available.wrong("time", "sessions, days and weekday exclude one another: use one");
            }
            return None;
        };
        Some(Available { after, time: time? })
    })
}

fn weekday(fields: &mut Fields<'_, '_, '_>) -> Option<Weekday> {
    let typed = fields.optional_text("weekday")?;
    let found = WEEKDAYS.iter().find(|(name, _)| *name == typed);
    if found.is_none() {
        fields.wrong("weekday", format_args!("unknown weekday \"{typed}\": use monday to friday"));
    }
    found.map(|(_, weekday)| *weekday)
}

fn time_and_zone(fields: &mut Fields<'_, '_, '_>, zones: &TimeZoneDatabase) -> Option<CloseTime> {
    let time = fields.text("time");
    if let Some(time) = time.as_deref().filter(|time| !is_clock_time(time)) {
        fields.wrong("time", format_args!("\"{time}\" is not a time of day: use HH:MM, 00:00 to 23:59"));
    }
    let zone = fields.text("zone");
    if let Some(zone) = zone.as_deref().filter(|zone| zones.get(zone).is_err()) {
        fields.wrong("zone", format_args!("unknown time zone \"{zone}\": use an IANA name such as America/New_York"));
    }
    Some(CloseTime { time: time?, zone: zone? })
}

fn is_clock_time(text: &str) -> bool {
    let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return false };
    [h1, h2, m1, m2].iter().all(u8::is_ascii_digit) && (h1, h2) <= (b'2', b'3') && m1 <= b'5'
}
