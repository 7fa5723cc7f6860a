//! When markets are open: sessions, hours, early closes.
//!
//! The days come from the files of `catalog/calendars`, which `cargo xtask calendars` makes from other people's software.
//! They list every holiday between two dates; outside those, a calendar knows only its weekdays and says so
//! ([`Coverage`]). A market has three kinds of day: a *session*, on which an observation is due; a day *besides*, on which
//! one may come but none is due (VIX on many holidays of the share market); and a day it is *closed*.

mod hours;
mod read;
mod sessions;

use std::sync::LazyLock;

use jiff::civil::Time;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::Day;
use crate::catalog::TradingCalendar;

pub use hours::{Door, Hours};

/// The days and hours of one market.
#[derive(Clone, Debug)]
pub struct Calendar {
    market: TradingCalendar,
    /// Which weekdays the market works, Monday first.
    weekdays: [bool; 7],
    /// First and last day listed; `None` where no list is needed.
    listed: Option<(Day, Day)>,
    /// Working weekdays on which no observation is due, in order: the days besides and the closed ones.
    off: Vec<Day>,
    /// Those of `off` on which one may come, in order.
    besides: Vec<Day>,
    /// Days that close early, with the local time, in order.
    early: Vec<(Day, Time)>,
    zone: TimeZone,
    /// Local time of the opening, and by how many days it lies before the session.
    opens: (Time, i8),
    /// Local time of the close; midnight ends the day.
    closes: Time,
}

/// What a calendar knows about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coverage {
    /// Its holidays are listed.
    Listed,
    /// It lies before the first listed day: every working weekday counts as a session.
    Earlier,
    /// It lies after the last listed day: every working weekday counts as a session.
    Beyond,
}

/// What kind of day it is for a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An observation is due.
    Session,
    /// An observation may come, none is due.
    Besides,
    /// None comes: a holiday.
    Holiday,
    /// None comes: not a working day of the week.
    Weekend,
}

const FILES: [(TradingCalendar, &str); 7] = [
    (TradingCalendar::Nyse, include_str!("../../../../catalog/calendars/nyse.txt")),
    (TradingCalendar::Cboe, include_str!("../../../../catalog/calendars/cboe.txt")),
    (TradingCalendar::Cme, include_str!("../../../../catalog/calendars/cme.txt")),
    (TradingCalendar::Ice, include_str!("../../../../catalog/calendars/ice.txt")),
    (TradingCalendar::London, include_str!("../../../../catalog/calendars/london.txt")),
    (TradingCalendar::Target, include_str!("../../../../catalog/calendars/target.txt")),
    (TradingCalendar::UsGovernment, include_str!("../../../../catalog/calendars/us-government.txt")),
];

/// The bundled zones, so that an hour means the same on every machine and nothing is read from disk.
pub(crate) static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

static CALENDARS: LazyLock<Vec<Calendar>> = LazyLock::new(|| {
    let read = FILES.iter().map(|(market, text)| match read::calendar(*market, text) {
        Ok(calendar) => calendar,
        // The files are part of the program and a test reads them, so this is never seen by a user.
        Err(mistake) => panic!("the calendar {} has a mistake: {mistake}", market.key()),
    });
    read.chain([Calendar::every_day(TradingCalendar::SevenDay), Calendar::every_day(TradingCalendar::Release)])
        .collect()
});

impl Calendar {
    /// The calendar of a market, read once.
    ///
    /// ```
    /// use convex_core::calendar::Calendar;
    /// use convex_core::catalog::TradingCalendar;
    /// let nyse = Calendar::of(TradingCalendar::Nyse);
    /// assert!(!nyse.is_session("2025-12-25".parse().unwrap()));
    /// assert_eq!(nyse.next_session("2025-12-24".parse().unwrap()).to_string(), "2025-12-26");
    /// ```
    pub fn of(market: TradingCalendar) -> &'static Self {
        let found = CALENDARS.iter().find(|calendar| calendar.market == market);
        // Every market is in the list, as a test holds.
        found.unwrap_or(&CALENDARS[CALENDARS.len() - 1])
    }

    /// Whose calendar it is.
    pub fn market(&self) -> TradingCalendar {
        self.market
    }

    /// The time zone of its hours.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// First and last day whose holidays are listed; `None` if the market has none.
    pub fn listed(&self) -> Option<(Day, Day)> {
        self.listed
    }

    /// What is known about a day.
    pub fn coverage(&self, day: Day) -> Coverage {
        match self.listed {
            Some((first, _)) if day < first => Coverage::Earlier,
            Some((_, last)) if day > last => Coverage::Beyond,
            _ => Coverage::Listed,
        }
    }

    /// A market that never rests, by Greenwich time.
    fn every_day(market: TradingCalendar) -> Self {
        Self {
            market,
            weekdays: [true; 7],
            listed: None,
            off: Vec::new(),
            besides: Vec::new(),
            early: Vec::new(),
            zone: TimeZone::UTC,
            opens: (Time::midnight(), 0),
            closes: Time::midnight(),
        }
    }
}

#[cfg(test)]
mod tests;
