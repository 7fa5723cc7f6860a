//! The last official close, against which a value within the day is measured and judged.

use convex_core::catalog::{ChangeKind, Metric};
use convex_core::{Day, Series};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The last close of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Close {
    /// Its day.
    pub day: Day,
    /// Its value.
    pub value: f64,
    /// Standard deviation of one day's change, over about a year; `None` for a young series.
    pub usual: Option<f64>,
}

/// Changes that the usual size of a change is taken from.
const YEAR: usize = 252;
/// Fewer say nothing.
const FEWEST: usize = 20;
/// How many usual changes a value may lie from the close and still be believed at once.
const BELIEVED: f64 = 12.0;
/// What is always believed, as a logarithm: calm markets have small deviations.
const ALWAYS: f64 = 0.10;
/// What is believed of a series too young to have a usual change.
const YOUNG: f64 = 0.50;
/// Days after which a longer pause widens nothing further.
const LONGEST_PAUSE: f64 = 30.0;

impl Close {
    /// The last close of a series, with the usual size of its changes.
    pub fn of(metric: &Metric, series: &Series) -> Option<Self> {
        let (day, value) = series.last()?;
        let values = series.values();
        let recent = &values[values.len().saturating_sub(YEAR + 1)..];
        let changes: Vec<f64> = recent
            .windows(2)
            .map(|pair| match metric.change {
                ChangeKind::Log => (pair[1] / pair[0]).ln(),
                ChangeKind::Difference => pair[1] - pair[0],
            })
            .filter(|change| change.is_finite())
            .collect();
        Some(Self { day, value, usual: deviation(&changes) })
    }

    /// The instant of the close; the end of its day, UTC, where the catalogue does not say.
    pub fn instant(&self, metric: &Metric) -> Timestamp {
        let zoned = metric.close.as_ref().and_then(|close| {
            let zone = TimeZone::get(&close.zone).ok()?;
            let time: Time = close.time.parse().ok()?;
            // Midnight is the end of the day that closes.
            let date = if time == Time::midnight() { self.day.date().tomorrow().ok()? } else { self.day.date() };
            date.to_datetime(time).to_zoned(zone).ok()
        });
        let zoned = zoned.or_else(|| self.day.date().tomorrow().ok()?.to_zoned(TimeZone::UTC).ok());
        zoned.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// How many times further than believable a value lies from this close, `None` if it is believable.
    pub(super) fn beyond_belief(&self, metric: &Metric, value: f64, at: Timestamp) -> Option<f64> {
        let pause = at.duration_since(self.instant(metric)).as_secs_f64() / 86_400.0;
        let days = pause.clamp(1.0, LONGEST_PAUSE).sqrt();
        let (distance, allowed) = match metric.change {
            ChangeKind::Log if self.value > 0.0 && value > 0.0 => {
                let usual = self.usual.map_or(YOUNG, |usual| (BELIEVED * usual).max(ALWAYS));
                ((value / self.value).ln().abs(), usual * days)
            }
            // A price below zero has happened; then only the distance counts.
            ChangeKind::Log => ((value - self.value).abs(), self.value.abs() * YOUNG),
            ChangeKind::Difference => {
                let least = 0.25 * self.value.abs().max(1.0);
                ((value - self.value).abs(), self.usual.map_or(least, |usual| BELIEVED * usual * days).max(least))
            }
        };
        (distance > allowed).then(|| distance / allowed)
    }

    /// Whether a value of that instant says anything the close does not.
    pub(super) fn is_before(&self, metric: &Metric, at: Timestamp) -> bool {
        self.instant(metric) < at
    }
}

/// Sample standard deviation.
fn deviation(changes: &[f64]) -> Option<f64> {
    if changes.len() < FEWEST {
        return None;
    }
    let n = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / n;
    let squares: f64 = changes.iter().map(|change| (change - mean).powi(2)).sum();
    Some((squares / (n - 1.0)).sqrt())
}

/// Values from so long ahead of the clock are not believed: a provider's clock may be a little fast.
pub(super) fn is_from_the_future(at: Timestamp, now: Timestamp) -> bool {
    now.checked_add(2.minutes()).is_ok_and(|limit| at > limit)
}

#[cfg(test)]
mod tests {
    use convex_core::catalog::Catalog;

    use super::*;

    fn close(id: &str, day: &str, value: f64, usual: Option<f64>) -> (std::sync::Arc<Metric>, Close) {
        let metric = Catalog::builtin().metric(id).unwrap().clone();
        (metric, Close { day: day.parse().unwrap(), value, usual })
    }

    #[test]
    fn closes_have_an_instant() {
        let check = |id: &str, day: &str, expected: &str| {
            let (metric, close) = close(id, day, 1.0, None);
            assert_eq!(close.instant(&metric).to_string(), expected, "{id}");
        };
        check("dia", "2026-01-05", "2026-01-05T21:00:00Z");
        check("dia", "2026-07-06", "2026-07-06T20:00:00Z");
        check("gold", "2026-07-06", "2026-07-06T14:00:00Z");
        check("btc", "2026-07-06", "2026-07-07T00:00:00Z");
        check("cpiaucsl", "2026-07-01", "2026-07-02T00:00:00Z");
    }

    #[test]
    fn what_lies_too_far_is_not_believed() {
        let check = |id: &str, usual: f64, value: f64, at: &str, expected: bool| {
            let (metric, close) = close(id, "2026-01-05", 100.0, Some(usual));
            let beyond = close.beyond_belief(&metric, value, at.parse().unwrap());
            assert_eq!(beyond.is_none(), expected, "{id} {value} {beyond:?}");
        };
        let next_day = "2026-01-06T18:00:00Z";
        check("iwm", 0.013, 88.0, next_day, true);
        check("iwm", 0.013, 50.0, next_day, false);
        check("iwm", 0.013, 1_000.0, next_day, false);
        check("iwm", 0.001, 92.0, next_day, true);
        check("iwm", 0.001, 80.0, next_day, false);
        check("iwm", 0.013, 80.0, "2026-01-30T18:00:00Z", true);
        check("vixcls", 0.08, 220.0, next_day, true);
        check("vixcls", 0.08, 800.0, next_day, false);
        check("iwm", 0.013, -3.0, next_day, false);
        check("dgs10", 0.05, 100.6, next_day, true);
        check("dgs10", 0.05, 1_000.0, next_day, false);
    }

    #[test]
    fn the_usual_change_needs_some_history() {
        let (metric, _) = close("dia", "2026-01-05", 1.0, None);
        let series = |n: i32| {
            let first: Day = "2025-01-01".parse().unwrap();
            let values = (0..n).map(|at| if at % 2 == 0 { 100.0 } else { 101.0 }).collect();
            Series::new((0..n).map(|at| first + at).collect(), values).unwrap()
        };
        assert_eq!(Close::of(&metric, &series(0)), None);
        assert_eq!(Close::of(&metric, &series(20)).unwrap().usual, None);
        let usual = Close::of(&metric, &series(300)).unwrap().usual.unwrap();
        assert!((usual - 1.01f64.ln()).abs() < 1e-4, "{usual}");
    }
}
