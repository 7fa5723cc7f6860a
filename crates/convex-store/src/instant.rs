//! Instants and days, as numbers in rows.

use convex_core::Day;
use jiff::Timestamp;

use crate::StoreError;

/// The instant of a number of microseconds.
pub(crate) fn instant(microseconds: i64, what: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|_| StoreError::Impossible(what))
}

/// The day of a number of days.
pub(crate) fn day(days: i32, what: &'static str) -> Result<Day, StoreError> {
    Day::from_epoch_days(days).ok_or(StoreError::Impossible(what))
}
