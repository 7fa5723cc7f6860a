//! Which days are sessions, and how many lie between two days.

use super::{Calendar, Kind};
use crate::Day;

/// Longest run of days without a session that is looked through; the longest ever were seven (September 2001).
const LONGEST_REST: i32 = 40;

impl Calendar {
    /// What kind of day it is.
    pub fn kind(&self, day: Day) -> Kind {
        if !self.works_on(day) {
            return Kind::Weekend;
        }
        if self.off.binary_search(&day).is_err() {
            return Kind::Session;
        }
        if self.besides.binary_search(&day).is_ok() { Kind::Besides } else { Kind::Holiday }
    }

    /// Whether an observation is due on that day.
    pub fn is_session(&self, day: Day) -> bool {
        self.kind(day) == Kind::Session
    }

    /// Whether the market works on that day, be an observation due or not.
    pub fn is_open_on(&self, day: Day) -> bool {
        matches!(self.kind(day), Kind::Session | Kind::Besides)
    }

    /// The first session after a day.
    #[must_use]
    pub fn next_session(&self, day: Day) -> Day {
        (1..=LONGEST_REST).map(|step| day + step).find(|day| self.is_session(*day)).unwrap_or(day + 1)
    }

    /// The last session before a day.
    #[must_use]
    pub fn previous_session(&self, day: Day) -> Day {
        (1..=LONGEST_REST).map(|step| day - step).find(|day| self.is_session(*day)).unwrap_or(day - 1)
    }

    /// The day itself if it is a session, else the last session before it.
    #[must_use]
    pub fn session_at_or_before(&self, day: Day) -> Day {
        if self.is_session(day) { day } else { self.previous_session(day) }
    }

    /// Sessions strictly between two days; none if `before` is not later than `after`.
    pub fn sessions_between(&self, after: Day, before: Day) -> usize {
        if before - after < 2 {
            return 0;
        }
        let off = self.off.partition_point(|day| *day < before) - self.off.partition_point(|day| *day <= after);
        (self.worked_before(before) - self.worked_before(after + 1)) as usize - off
    }

    /// The sessions from one day to another, both included, in order.
    pub fn sessions(&self, from: Day, to: Day) -> impl Iterator<Item = Day> + '_ {
        (0..=to - from).map(move |step| from + step).filter(|day| self.is_session(*day))
    }

    fn works_on(&self, day: Day) -> bool {
        self.weekdays[weekday(day)]
    }

    /// Working weekdays before a day, counted from some Monday long ago.
    fn worked_before(&self, day: Day) -> i32 {
        let days = day - Day::MIN + weekday(Day::MIN) as i32;
        let in_week = self.weekdays.iter().filter(|works| **works).count() as i32;
        let rest = self.weekdays[..(days % 7) as usize].iter().filter(|works| **works).count() as i32;
        days / 7 * in_week + rest
    }
}

/// Days since Monday.
fn weekday(day: Day) -> usize {
    // 1970-01-01 was a Thursday.
    (day.epoch_days() + 3).rem_euclid(7) as usize
}
