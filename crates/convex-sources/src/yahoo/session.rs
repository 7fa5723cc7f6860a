//! Whether a bar is final.

use convex_core::Day;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::shape::Meta;
use crate::read::days::day_in;
use crate::read::session::{SETTLING, us_session_over};

/// Whether the session of a day was over at a moment: by the end of the session that the answer names, which knows of
/// short days; else by the usual close of US exchanges; else when the day itself has ended where the exchange is. For
/// futures and currencies, which trade on in the evening, the session named ends at midnight.
pub(super) fn over(day: Day, meta: &Meta, zone: &TimeZone, at: Timestamp) -> bool {
    let Some(today) = day_in(at, zone) else { return false };
    if day != today {
        return day < today;
    }
    match end_of_session(meta).filter(|end| day_in(*end, zone) == Some(day)) {
        Some(end) => end.checked_add(SETTLING).is_ok_and(|settled| at >= settled),
        None => closes_at_four(meta) && us_session_over(day, at),
    }
}

fn end_of_session(meta: &Meta) -> Option<Timestamp> {
    let end = meta.current_trading_period.as_ref()?.regular.as_ref()?.end.0?;
    moment(end)
}

fn closes_at_four(meta: &Meta) -> bool {
    let shares = matches!(meta.instrument_type.as_deref(), Some("ETF" | "EQUITY" | "MUTUALFUND"));
    shares && meta.exchange_timezone_name.as_deref() == Some("America/New_York")
}

/// A moment given in seconds since 1970.
pub(super) fn moment(seconds: f64) -> Option<Timestamp> {
    (seconds.fract() == 0.0 && seconds.abs() < 1e12).then(|| Timestamp::from_second(seconds as i64).ok()).flatten()
}
