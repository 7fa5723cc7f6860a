//! The one place that knows what time it is, and that waits.

mod simulation;
mod work;

use std::time::Duration;

use convex_core::Day;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use simulation::{Busy, Simulation};

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A fixed instant, for tests and replays. Waiting is over at once, and no time has passed.
    Fixed(Timestamp),
    /// Time that passes only by waiting: whoever waits for the nearest instant moves it on. A year takes seconds.
    Simulated(&'static Simulation),
}

impl Clock {
    /// Simulated time from an instant on. Its state stays for as long as the program runs.
    pub fn simulated(start: Timestamp) -> Self {
        Self::Simulated(Box::leak(Box::new(Simulation::new(start))))
    }

    /// The instant now, in whole microseconds, which is what the database keeps.
    pub fn now(self) -> Timestamp {
        let now = match self {
            Self::System => Timestamp::now(),
            Self::Fixed(instant) => instant,
            Self::Simulated(simulation) => simulation.now(),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The day now, in UTC.
    pub fn today(self) -> Day {
        let date = self.now().to_zoned(TimeZone::UTC).date();
        Day::from_date(date).unwrap_or(Day::MAX)
    }

    /// Waits. May be dropped at any time.
    pub async fn sleep(self, length: Duration) {
        match self {
            Self::System => tokio::time::sleep(length).await,
            Self::Fixed(_) => tokio::task::yield_now().await,
            Self::Simulated(simulation) => {
                work::Waiting::new(simulation.sleep_until(after(self.now(), length))).await;
            }
        }
    }

    /// Waits until an instant, which may be past. The machine's clock may be set meanwhile: it is looked at every minute.
    pub async fn sleep_until(self, instant: Timestamp) {
        match self {
            Self::System => {
                while let Ok(rest) = Duration::try_from(instant.duration_since(Timestamp::now()))
                    && !rest.is_zero()
                {
                    tokio::time::sleep(rest.min(Duration::from_mins(1))).await;
                }
            }
            Self::Fixed(_) => tokio::task::yield_now().await,
            Self::Simulated(simulation) => work::Waiting::new(simulation.sleep_until(instant)).await,
        }
    }

    /// Does work that now and then waits for time. Simulated time passes only while all such work waits for it.
    pub async fn at_work<T>(self, work: impl Future<Output = T>) -> T {
        match self {
            Self::Simulated(simulation) => work::Work::new(simulation, work).await,
            Self::System | Self::Fixed(_) => work.await,
        }
    }

    /// Waits for another task, within work: simulated time may pass meanwhile.
    pub async fn waiting<T>(self, wait: impl Future<Output = T>) -> T {
        match self {
            Self::Simulated(_) => work::Waiting::new(wait).await,
            Self::System | Self::Fixed(_) => wait.await,
        }
    }

    /// While this is held, simulated time stands still: real work, such as an exchange over a socket, takes no time.
    pub fn busy(self) -> Option<Busy> {
        match self {
            Self::Simulated(simulation) => Some(simulation.busy()),
            Self::System | Self::Fixed(_) => None,
        }
    }
}

/// The instant so much later, or the last there is; in whole microseconds, rather too late than too early.
pub fn after(instant: Timestamp, length: Duration) -> Timestamp {
    let length = Duration::from_micros(u64::try_from(length.as_nanos().div_ceil(1_000)).unwrap_or(u64::MAX));
    instant.checked_add(length).unwrap_or(Timestamp::MAX)
}
