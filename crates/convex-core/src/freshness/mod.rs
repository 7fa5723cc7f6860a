//! How old a series is, as a state: against its calendar, the time its observations can be had, and what is quoted now.

mod due;
mod quoted;
mod words;

use jiff::Timestamp;

use crate::Day;
use crate::align::period_end;
use crate::calendar::{Calendar, Coverage, Door};
use crate::catalog::{Cadence, Metric};
use crate::figure::Unavailable;

pub use due::{due, next_expected};

/// When one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Now: what is due is judged to the minute, and the market is open or closed.
    Now(Timestamp),
    /// At the end of a past day, as a page of that day does: what was due by then is judged by days.
    AsOf(Day),
}

/// What is known of a series besides its observations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The instant of the last value within the day, by the provider's word.
    pub quoted: Option<Timestamp>,
    /// First day the provider still gives, where that is later than what is kept.
    pub shortened: Option<Day>,
    /// The provider withholds the series: its licence no longer allows it.
    pub withheld: bool,
}

/// The age of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The state a reader sees.
    pub state: AgeState,
    /// Day of the last observation; `None` if there is none.
    pub last: Option<Day>,
    /// The instant by which the next observation should be had; `None` where none is expected.
    pub due: Option<Timestamp>,
    /// The day of that instant where it is published.
    pub due_day: Option<Day>,
    /// Calendar days from the last observation (for a release: from the end of its period) to the day of the look.
    pub days_old: i32,
    /// Observations that should have come since and have not.
    pub missed: usize,
    /// On how many days they should have been published: rates of a week that come together are one.
    pub publications: usize,
    /// What is counted: `session` or `release`.
    pub counted: &'static str,
    /// Whether its market is open; `None` for a look at a past day and for what has no market.
    pub market: Option<Door>,
    /// The zone of its market, for showing hours.
    pub zone: jiff::tz::TimeZone,
    /// What is known besides.
    pub facts: Facts,
    /// The next observation falls after the last listed holiday of its calendar, so that holidays count as sessions.
    pub beyond_calendar: bool,
}

/// The states of age. One series may be in several; the one that says most about the value shown comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeState {
    /// A value within the day has just come, and the market is open.
    Live,
    /// Nothing is overdue.
    Fresh,
    /// Nothing is overdue, and the market that its value within the day comes from is closed.
    Closed,
    /// One or two observations are overdue.
    Late,
    /// More are overdue.
    Stale,
    /// Nothing is overdue, but the provider now gives less history than is kept.
    Shortened,
    /// No further observation is expected.
    Discontinued,
    /// The provider withholds it.
    Withheld,
    /// There is no observation at all.
    Empty,
}

impl AgeState {
    /// Every state, those of most concern first.
    pub const ALL: [Self; 9] = [
        Self::Stale,
        Self::Late,
        Self::Withheld,
        Self::Shortened,
        Self::Live,
        Self::Fresh,
        Self::Closed,
        Self::Discontinued,
        Self::Empty,
    ];

    /// The word a reader sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Fresh => "fresh",
            Self::Closed => "closed",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Shortened => "shortened upstream",
            Self::Discontinued => "discontinued",
            Self::Withheld => "withheld",
            Self::Empty => "nothing stored",
        }
    }

    /// The word for a class or an attribute.
    pub fn key(self) -> &'static str {
        match self {
            Self::Shortened => "shortened",
            Self::Empty => "empty",
            other => other.word(),
        }
    }

    /// What the state means, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Live => "A value within the day has just come.",
            Self::Fresh => "Nothing is overdue.",
            Self::Closed => "Nothing is overdue, and the market is closed.",
            Self::Late => "One or two observations are overdue.",
            Self::Stale => "More than two observations are overdue.",
            Self::Shortened => "Nothing is overdue, but the provider now gives less history than is kept here.",
            Self::Discontinued => "The publisher has ended the series.",
            Self::Withheld => "The provider no longer gives the series away.",
            Self::Empty => "There is no observation.",
        }
    }

    /// The one of two that a figure of both carries: what most speaks against quoting it as of today.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        let weight = |state: Self| match state {
            Self::Live => 0,
            Self::Fresh => 1,
            Self::Closed => 2,
            Self::Shortened => 3,
            Self::Late => 4,
            Self::Stale => 5,
            Self::Discontinued => 6,
            Self::Withheld => 7,
            Self::Empty => 8,
        };
        if weight(other) > weight(self) { other } else { self }
    }

    /// Whether the last observation is what one should expect to have now.
    pub fn is_current(self) -> bool {
        matches!(self, Self::Live | Self::Fresh | Self::Closed | Self::Shortened)
    }

    /// Whether nothing that needs a value of today may rest on it.
    pub fn is_dead(self) -> bool {
        matches!(self, Self::Stale | Self::Discontinued | Self::Withheld | Self::Empty)
    }
}

/// Overdue observations up to which a series is called late, not stale.
const LATE_UP_TO: usize = 2;

/// The age of a series whose last observation describes `last`, at the time of a look.
///
/// ```
/// use convex_core::catalog::Catalog;
/// use convex_core::freshness::{AgeState, Facts, Look, freshness};
/// let metric = Catalog::builtin().metric("iwm").unwrap();
/// // A Wednesday's close, seen on the Friday after Thanksgiving, before the close.
/// let last = "2025-11-26".parse().ok();
/// let age = freshness(metric, last, Look::Now("2025-11-28T12:00:00Z".parse().unwrap()), Facts::default());
/// assert_eq!((age.state, age.missed), (AgeState::Fresh, 0));
/// // That Friday closes at 13:00 in New York.
/// assert_eq!(age.due.unwrap().to_string(), "2025-11-28T20:00:00Z");
/// ```
pub fn freshness(metric: &Metric, last: Option<Day>, look: Look, facts: Facts) -> Freshness {
    let calendar = Calendar::of(metric.calendar);
    let today = match look {
        Look::Now(now) => calendar.day_at(now),
        Look::AsOf(day) => day,
    };
    let expects_more = metric.discontinued.is_none_or(|end| last.is_none_or(|last| last < end) && today <= end);
    let next = last.filter(|_| expects_more).map(|last| next_expected(metric, last));
    let (missed, publications) = last.filter(|_| expects_more).map_or((0, 0), |last| due::overdue(metric, last, look));
    let has_market = !matches!(metric.cadence, Cadence::Weekly | Cadence::Monthly);
    let mut age = Freshness {
        state: AgeState::Fresh,
        last,
        due: next.map(|day| due(metric, day)),
        due_day: next.map(|day| due::day_of(metric, day)),
        days_old: last.map_or(0, |last| (today - period_end(metric.cadence, last)).max(0)),
        missed,
        publications,
        counted: if has_market { "session" } else { "release" },
        market: match look {
            Look::Now(now) if has_market => Some(calendar.door(now)),
            _ => None,
        },
        zone: calendar.zone().clone(),
        facts,
        beyond_calendar: next.is_some_and(|day| calendar.coverage(day) == Coverage::Beyond),
    };
    age.state = state(metric, &age, look, expects_more);
    age
}

fn state(metric: &Metric, age: &Freshness, look: Look, expects_more: bool) -> AgeState {
    if age.facts.withheld {
        return AgeState::Withheld;
    }
    let quote = match look {
        Look::Now(now) => age.facts.quoted.and_then(|quoted| quoted::state(metric, quoted, now)),
        Look::AsOf(_) => None,
    };
    let Some(_) = age.last else { return quote.unwrap_or(AgeState::Empty) };
    if !expects_more {
        return AgeState::Discontinued;
    }
    // What is quoted all day is as old as its last quote; what is published once a day, as its last close.
    let by_closes = match age.publications {
        0 => AgeState::Fresh,
        1..=LATE_UP_TO => AgeState::Late,
        _ => AgeState::Stale,
    };
    match quote {
        Some(state) if metric.cadence == Cadence::RealTime || by_closes == AgeState::Fresh => state,
        _ if by_closes == AgeState::Fresh && age.facts.shortened.is_some() => AgeState::Shortened,
        _ => by_closes,
    }
}

impl Freshness {
    /// Nothing, or why a figure that needs the series today cannot be had.
    pub fn usable(&self, id: &str) -> Result<(), Unavailable> {
        match self.last {
            None => Err(Unavailable::Needs(id.to_owned())),
            Some(last) if self.state.is_dead() => Err(Unavailable::Stale { id: id.to_owned(), last }),
            Some(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
