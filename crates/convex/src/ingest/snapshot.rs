//! What is only quoted gets its own history: after each close, the last value before it becomes the day's value.

use std::time::Duration;

use convex_core::calendar::Calendar;
use convex_core::catalog::{Catalog, Metric};
use convex_core::{Day, Series, SeriesId};
use convex_sources::{Access, Adjustment, Failure, Purpose, Want, registry};
use convex_store::{Batch, Store, StoreError, Write};
use jiff::Timestamp;

/// A value older than this at the close is not the day's value: the day stays empty.
const OLDEST: Duration = Duration::from_hours(2);

/// Days looked back for closes that are not written yet.
const LOOK_BACK: i32 = 13;

/// Writes what is missing; says how many days.
pub async fn take(store: &Store, catalog: &Catalog, now: Timestamp) -> Result<usize, StoreError> {
    let mut written = 0;
    for metric in catalog.metrics().filter(|metric| is_only_quoted(metric, now)) {
        written += take_one(store, metric, now).await?;
    }
    Ok(written)
}

async fn take_one(store: &Store, metric: &Metric, now: Timestamp) -> Result<usize, StoreError> {
    let id = SeriesId::price(&metric.id);
    let calendar = Calendar::of(metric.calendar);
    let today = calendar.day_at(now);
    let known = store.load(&id).await?.map_or_else(Series::empty, |stored| stored.series);
    let mut written = 0;
    for day in calendar.sessions(today - LOOK_BACK, today) {
        let Some(close) = closed_by(calendar, day, now).filter(|_| known.days().binary_search(&day).is_err()) else {
            continue;
        };
        let Some(quote) = store.quote_at(&id, close).await? else { continue };
        if close.duration_since(quote.at).unsigned_abs() > OLDEST {
            continue;
        }
        let Ok(value) = Series::new(vec![day], vec![quote.value]) else { continue };
        let write = Write { adjustment: Some(Adjustment::None.key()), ..Write::new(&quote.provider, now) };
        store.append(&write, &[Batch { id: &id, observations: &value }]).await?;
        written += 1;
    }
    Ok(written)
}

/// The close of a day, if it is past.
fn closed_by(calendar: &Calendar, day: Day, now: Timestamp) -> Option<Timestamp> {
    calendar.hours(day).map(|hours| hours.closes).filter(|&close| close <= now)
}

/// Whether nobody gives its history without a key, and somebody quotes it.
pub fn is_only_quoted(metric: &Metric, now: Timestamp) -> bool {
    let asks = |purpose: Purpose| {
        metric.sources.iter().any(|reference| {
            registry::source(reference.provider).is_some_and(|source| {
                let symbols = [reference.symbol.as_str()];
                let want = Want { symbols: &symbols, purpose, now, access: Access::Keyless };
                !matches!(source.requests(&want), Err(Failure::NotServed | Failure::KeyMissing))
            })
        })
    };
    asks(Purpose::Quote) && !asks(Purpose::History { since: None })
}
