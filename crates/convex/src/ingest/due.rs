//! What should have come by now.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use convex_core::calendar::Calendar;
use convex_core::catalog::{Cadence, Catalog, Metric};
use convex_core::{Day, SeriesId};
use convex_store::{Store, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::core_legs::in_order;
use super::snapshot::is_only_quoted;
use crate::clock::after;

/// The metrics whose next observation should be there, in the order in which people will look at them, each with the
/// instant from which it was expected (`None` for the first of all), and how many are not due.
pub async fn metrics(store: &Store, catalog: &Catalog, now: Timestamp) -> Result<(Vec<Due>, usize), StoreError> {
    let is_asked = |metric: &Arc<Metric>| !metric.sources.is_empty() && !is_only_quoted(metric, now);
    let asked: Vec<Arc<Metric>> = in_order(catalog).into_iter().filter(is_asked).collect();
    let due = of(store, &asked, now).await?;
    let count = asked.len();
    let metrics: Vec<Due> =
        asked.into_iter().filter_map(|metric| Some((Arc::clone(&metric), *due.get(&metric.id)?))).collect();
    let not_due = count - metrics.len();
    Ok((metrics, not_due))
}

/// A metric that is due, and since when.
pub type Due = (Arc<Metric>, Option<Timestamp>);

/// Those of some metrics whose next observation should be there, by id, and since when.
pub async fn of(
    store: &Store,
    metrics: &[Arc<Metric>],
    now: Timestamp,
) -> Result<BTreeMap<String, Option<Timestamp>>, StoreError> {
    let ids: Vec<SeriesId> = metrics.iter().map(|metric| SeriesId::price(&metric.id)).collect();
    let stored = store.load_many(&ids).await?;
    let mut due = BTreeMap::new();
    for (metric, stored) in metrics.iter().zip(stored).filter(|(metric, _)| metric.discontinued.is_none()) {
        let last = stored.and_then(|stored| stored.series.last());
        let expected = last.map(|(day, _)| expected_at(metric, day));
        if expected.is_none_or(|expected| expected <= now) {
            due.insert(metric.id.clone(), expected);
        }
    }
    Ok(due)
}

/// When the observation after that of `last` is there at the earliest: after the next close, or on the day of release.
pub fn expected_at(metric: &Metric, last: Day) -> Timestamp {
    let calendar = Calendar::of(metric.calendar);
    let lag = i32::from(metric.publication_lag_days);
    let midnight = |day: Day| day.date().to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp());
    match metric.cadence {
        Cadence::Weekly => midnight(last + 7 + lag),
        Cadence::Monthly => midnight((last.end_of_month() + 1).end_of_month() + lag),
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => {
            let next = calendar.next_session(last);
            let close = calendar.hours(next).map_or_else(|| midnight(next + 1), |hours| hours.closes);
            after(close, Duration::from_hours(24 * u64::from(metric.publication_lag_days)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_value_is_expected_after_the_next_close_or_on_the_day_of_release() {
        let check = |id: &str, last: &str, expected: &str| {
            let metric = Catalog::builtin().resolve(id).unwrap();
            assert_eq!(expected_at(metric, last.parse().unwrap()).to_string(), expected, "{id} after {last}");
        };
        check("dia", "2026-11-20", "2026-11-23T21:00:00Z");
        check("dia", "2026-11-25", "2026-11-27T18:00:00Z");
        check("btc", "2026-11-20", "2026-11-22T00:00:00Z");
        check("gold", "2026-11-20", "2026-11-23T16:30:00Z");
        let lag = i32::from(Catalog::builtin().resolve("unrate").unwrap().publication_lag_days);
        let release = "2026-11-30".parse::<Day>().unwrap() + lag;
        check("unrate", "2026-10-01", &format!("{release}T00:00:00Z"));
    }
}
