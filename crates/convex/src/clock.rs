//! The one place that knows what time it is.

use convex_core::Day;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A fixed instant, for tests and replays.
    Fixed(Timestamp),
}

impl Clock {
    /// The instant now.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(instant) => instant,
        }
    }

    /// The day now, in UTC.
    pub fn today(self) -> Day {
        let date = self.now().to_zoned(TimeZone::UTC).date();
        Day::from_date(date).unwrap_or(Day::MAX)
    }
}
