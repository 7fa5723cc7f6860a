//! The age of a series in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{AgeState, Freshness};
use crate::calendar::Door;

impl Freshness {
    /// The state with what makes it understood: `late: 3 days old, 1 session missed`, `closed until Mon 25 Aug 09:30, New York`.
    pub fn words(&self) -> String {
        self.words_counting(self.counted)
    }

    /// The same where the kind of observation does not matter: `late: 3 days old, 1 observation missed`.
    pub fn plain_words(&self) -> String {
        self.words_counting("observation")
    }

    fn words_counting(&self, one: &str) -> String {
        let state = self.state.word();
        let old = plural(self.days_old.max(0) as usize, "day");
        match self.state {
            AgeState::Live | AgeState::Fresh | AgeState::Empty => state.to_owned(),
            AgeState::Closed => match self.market {
                Some(Door::Closed { opens }) => format!("{state} until {}", local(opens, &self.zone)),
                _ => state.to_owned(),
            },
            AgeState::Discontinued | AgeState::Withheld => format!("{state}: {old} old"),
            AgeState::Shortened => match self.facts.shortened {
                Some(from) => format!("{state}: the provider gives values from {from} only"),
                None => state.to_owned(),
            },
            // A quote that stopped within a session has missed no close yet.
            AgeState::Late | AgeState::Stale if self.missed == 0 => match self.facts.quoted {
                Some(quoted) => format!("{state}: nothing since {}", local(quoted, &self.zone)),
                None => state.to_owned(),
            },
            AgeState::Late | AgeState::Stale => format!("{state}: {old} old, {} missed", plural(self.missed, one)),
        }
    }

    /// When the market opens again, if it is closed: `market closed until Mon 25 Aug 09:30, New York`.
    pub fn market_words(&self) -> Option<String> {
        match self.market {
            Some(Door::Closed { opens }) => Some(format!("market closed until {}", local(opens, &self.zone))),
            _ => None,
        }
    }

    /// What the calendar does not know, if that matters: holidays after its last listed year.
    pub fn calendar_words(&self) -> Option<&'static str> {
        self.beyond_calendar.then_some("holidays of that year are not listed yet: each would count as missed")
    }
}

/// `Mon 25 Aug 09:30, New York`.
fn local(instant: Timestamp, zone: &TimeZone) -> String {
    let place = zone.iana_name().map_or("UTC", |name| name.rsplit('/').next().unwrap_or(name)).replace('_', " ");
    format!("{}, {place}", instant.to_zoned(zone.clone()).strftime("%a %-d %b %H:%M"))
}

/// `1 day`, `1,324 days`.
fn plural(number: usize, one: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {one}{}", if number == 1 { "" } else { "s" })
}
