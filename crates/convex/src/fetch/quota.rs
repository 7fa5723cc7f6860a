//! Limits of a provider, as spans of real time.

use std::time::Duration;

use convex_sources::{Failure, Quota, Window};
use convex_store::{Limit, Spend, Store};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::answer::Stop;
use crate::clock::{Busy, Clock, after};

/// A shorter wait for the next free place is waited for; a longer one ends the asking.
const PATIENCE: Duration = Duration::from_secs(75);

/// Counts a request, after waiting for a free place if that is near. Simulated time stands still from the count on.
///
/// # Errors
/// [`Failure::QuotaSpent`] if it is not.
pub(super) async fn spend(store: &Store, clock: Clock, provider: &str, quota: &Quota) -> Result<Option<Busy>, Stop> {
    loop {
        let busy = clock.busy();
        let now = clock.now();
        let (windows, limits) = limits(quota, now);
        let Spend::Refused { limit, until } = store.spend(provider, now, &limits).await? else { return Ok(busy) };
        drop(busy);
        let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
        let spent = || Stop::Failed { failure: Failure::QuotaSpent { window: windows[limit] }, until: Some(until) };
        if wait > PATIENCE {
            return Err(spent());
        }
        clock.sleep(wait).await;
        if clock.now() <= now {
            return Err(spent());
        }
    }
}

/// The windows with a limit, and every day and month, which are counted for whoever asks how many there were.
fn limits(quota: &Quota, now: Timestamp) -> (Vec<Window>, Vec<Limit>) {
    let of = |window: Window| {
        let most = quota.limit(window);
        Some(match window {
            // The provider counts arrivals and we count departures: a tenth is left for the way.
            Window::Second => Limit::Rolling { span: Duration::from_millis(1_100), most: most? },
            Window::Minute => Limit::Rolling { span: Duration::from_secs(61), most: most? },
            Window::Hour => Limit::Rolling { span: Duration::from_secs(3_605), most: most? },
            Window::Day | Window::Month => {
                let (start, end) = calendar(window, now);
                Limit::Calendar { word: window.word(), start, end, most: most.unwrap_or(u32::MAX) }
            }
        })
    };
    Window::ALL.into_iter().filter_map(|window| Some((window, of(window)?))).unzip()
}

/// When a window that is used up now has ended for certain.
pub(super) fn end(window: Window, now: Timestamp) -> Timestamp {
    match window {
        Window::Second => after(now, Duration::from_secs(1)),
        Window::Minute => after(now, Duration::from_mins(1)),
        Window::Hour => after(now, Duration::from_hours(1)),
        Window::Day | Window::Month => calendar(window, now).1,
    }
}

/// First instant of the day or month, and of the next.
pub(crate) fn calendar(window: Window, now: Timestamp) -> (Timestamp, Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let (first, next) = if window == Window::Month {
        (today.first_of_month(), today.last_of_month().tomorrow())
    } else {
        (today, today.tomorrow())
    };
    let begin = |date: Date| date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    (begin(first).unwrap_or(Timestamp::MIN), next.and_then(begin).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_those_of_utc() {
        let check = |window, now: &str, start: &str, end: &str| {
            let found = calendar(window, now.parse().unwrap());
            assert_eq!(found, (start.parse().unwrap(), end.parse().unwrap()), "{now}");
        };
        check(Window::Day, "2028-02-28T23:59:59.999Z", "2028-02-28T00:00:00Z", "2028-02-29T00:00:00Z");
        check(Window::Month, "2028-02-29T12:00:00Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z");
        check(Window::Month, "2026-12-31T12:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z");
    }
}
