//! How old a value within the day is, by the time its market was open since.

use jiff::Timestamp;

use super::AgeState;
use crate::calendar::{Calendar, Door};
use crate::catalog::{Cadence, Metric};

/// Seconds of open market after which a streamed value is no longer called live.
const STREAMED: i64 = 5 * 60;
/// The same for one that is delayed by its provider, usually by fifteen minutes.
const DELAYED: i64 = 25 * 60;
/// Seconds of open market up to which a series that lives by its quotes is late, not stale.
const LATE: i64 = 60 * 60;

/// The state that the last value within the day gives; `None` where it says nothing and the closes must.
pub(super) fn state(metric: &Metric, quoted: Timestamp, now: Timestamp) -> Option<AgeState> {
    let calendar = Calendar::of(metric.calendar);
    // A clock that is ahead of ours makes no value old.
    let age = calendar.open_seconds_between(quoted, now);
    let live_within = if metric.cadence == Cadence::RealTime { STREAMED } else { DELAYED };
    let is_closed = matches!(calendar.door(now), Door::Closed { .. });
    if age <= live_within {
        return Some(if is_closed { AgeState::Closed } else { AgeState::Live });
    }
    match metric.cadence {
        Cadence::RealTime if age <= LATE => Some(AgeState::Late),
        Cadence::RealTime => Some(AgeState::Stale),
        // Quotes have stopped, but the close of the last session may be there.
        _ if is_closed => Some(AgeState::Closed),
        _ => None,
    }
}
