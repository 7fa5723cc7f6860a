//! When a session opens and closes, and whether a market is open at an instant.

use jiff::Timestamp;
use jiff::civil::Time;

use super::Calendar;
use crate::Day;

/// A session from its opening to its close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The instant it opens; the evening before, for a market that goes on through the night.
    pub opens: Timestamp,
    /// The instant it closes.
    pub closes: Timestamp,
    /// Whether it closes before its usual time.
    pub early: bool,
}

/// Whether a market is open at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// It is, until that instant.
    Open {
        /// When it closes.
        closes: Timestamp,
    },
    /// It is not, until that instant.
    Closed {
        /// When it opens again.
        opens: Timestamp,
    },
    /// It is always open.
    Always,
}

/// Days looked ahead for the next opening.
const LOOK_AHEAD: i32 = 40;

/// Days over which open time is added up: by then anything is old.
const LONGEST_SPAN: i32 = 60;

impl Calendar {
    /// The hours of a day; `None` if the market is closed on it.
    ///
    /// ```
    /// use convex_core::calendar::Calendar;
    /// use convex_core::catalog::TradingCalendar;
    /// let nyse = Calendar::of(TradingCalendar::Nyse);
    /// let eve = nyse.hours("2024-07-03".parse().unwrap()).unwrap();
    /// assert_eq!((eve.closes.to_string(), eve.early), ("2024-07-03T17:00:00Z".to_owned(), true));
    /// ```
    pub fn hours(&self, day: Day) -> Option<Hours> {
        if !self.is_open_on(day) {
            return None;
        }
        let (opens, days_before) = self.opens;
        let early = self.early_close(day);
        let closes = match early {
            Some(time) => self.instant(day, time),
            None if self.closes == Time::midnight() => self.instant(day + 1, self.closes),
            None => self.instant(day, self.closes),
        };
        let opens = self.instant(day - i32::from(days_before), opens);
        Some(Hours { opens, closes, early: early.is_some() })
    }

    /// The local time at which a day closes early; `None` if it does not.
    pub fn early_close(&self, day: Day) -> Option<Time> {
        let at = self.early.binary_search_by_key(&day, |(day, _)| *day).ok()?;
        Some(self.early[at].1)
    }

    /// Whether the market is open at an instant, and until when it is or is not.
    pub fn door(&self, now: Timestamp) -> Door {
        if self.listed.is_none() {
            return Door::Always;
        }
        let today = self.day_at(now);
        // A session may begin the evening before, so tomorrow's is looked at too.
        for hours in (0..=LOOK_AHEAD).filter_map(|step| self.hours(today + step)) {
            if now < hours.opens {
                return Door::Closed { opens: hours.opens };
            }
            if now < hours.closes {
                return Door::Open { closes: hours.closes };
            }
        }
        Door::Closed { opens: self.instant(today + LOOK_AHEAD, self.opens.0) }
    }

    /// The market's local day at an instant.
    pub fn day_at(&self, now: Timestamp) -> Day {
        Day::from_date(self.zone.to_datetime(now).date()).unwrap_or(Day::MAX)
    }

    /// The time the market was open between two instants, in seconds; of a longer span, only the first sixty days count.
    pub fn open_seconds_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        if to <= from {
            return 0;
        }
        if self.listed.is_none() {
            return to.as_second() - from.as_second();
        }
        let first = self.day_at(from);
        let last = (self.day_at(to) + 1).min(first + LONGEST_SPAN);
        let sessions = (0..=last - first).filter_map(|step| self.hours(first + step));
        sessions.map(|hours| (hours.closes.min(to).as_second() - hours.opens.max(from).as_second()).max(0)).sum()
    }

    /// The instant of a local time; one that a change of clocks skips or repeats is taken as the zone's rules say.
    fn instant(&self, day: Day, time: Time) -> Timestamp {
        let local = day.date().to_datetime(time);
        self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
    }
}
