//! Values within the day, beside the closes: as they stand when the page is made. A script keeps them moving after.

use convex_core::catalog::{Catalog, Metric};
use convex_core::compare::{Comparison, GapKind};
use convex_core::{Day, Series};

use crate::format::{self, Measure};
use crate::live::{Live, LiveValue, change};

/// What a page can say of a metric between two closes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) struct LiveLine {
    /// Whose values: the metric's own, or those of what stands in for it.
    pub(in crate::web) series: String,
    /// Name and address, where the line stands alone.
    pub(in crate::web) name: String,
    pub(in crate::web) href: String,
    /// `live`, `live spot`.
    pub(in crate::web) word: String,
    pub(in crate::web) value: Option<LiveNow>,
    /// What stands where there is no value.
    pub(in crate::web) missing: &'static str,
    /// Unit of the value.
    pub(in crate::web) unit: &'static str,
    /// The close it is measured from: value and day for the script, and in words.
    pub(in crate::web) close: Option<f64>,
    pub(in crate::web) close_day: String,
    pub(in crate::web) since: String,
    pub(in crate::web) measure: &'static str,
    /// Seconds after which a value is late.
    pub(in crate::web) late: u64,
    pub(in crate::web) state: &'static str,
    pub(in crate::web) sample: bool,
}

/// A value within the day, in words.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) struct LiveNow {
    pub(in crate::web) exact: f64,
    pub(in crate::web) text: String,
    pub(in crate::web) change: String,
    pub(in crate::web) direction: &'static str,
    /// The moment for machines, then for people.
    pub(in crate::web) at: String,
    pub(in crate::web) time: String,
    pub(in crate::web) age: String,
    pub(in crate::web) age_class: &'static str,
    pub(in crate::web) source: String,
    pub(in crate::web) delayed_minutes: u16,
}

/// The gap of two metrics at their latest values.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::web) struct LiveGap {
    pub(in crate::web) kind: &'static str,
    pub(in crate::web) measure: &'static str,
    /// `BTC over Gold`.
    pub(in crate::web) name: String,
    /// Series and close of each leg; the series is empty where the leg only has its close.
    pub(in crate::web) legs: [(String, f64); 2],
    pub(in crate::web) exact: f64,
    pub(in crate::web) text: String,
    pub(in crate::web) change: String,
    pub(in crate::web) direction: &'static str,
    /// The last gap of closes, exact and in words with its day.
    pub(in crate::web) close: f64,
    pub(in crate::web) against: String,
}

/// The line of a metric, if it can have values within the day.
pub(in crate::web) fn live_line(live: &Live, catalog: &Catalog, metric: &Metric, series: &Series) -> Option<LiveLine> {
    let (of, late) = spoken_for(live, catalog, metric)?;
    let is_other = of.id != metric.id;
    let close = series.last();
    let latest = live.latest(&of.id);
    let state = live.state(&of.id).unwrap_or_default();
    let missing = match (close, live.has_value(&of.id)) {
        (Some(_), true) => "none since the close",
        _ => "waiting for the first",
    };
    Some(LiveLine {
        name: of.short.clone(),
        href: format!("/metrics/{}", metric.id),
        word: if is_other { format!("live, {}", of.noun) } else { "live".to_owned() },
        value: latest.map(|latest| now(live, &latest, metric, close, late, state)),
        missing,
        unit: format::unit_words(of.unit),
        close: close.map(|(_, value)| value),
        close_day: close.map(|(day, _)| day.to_string()).unwrap_or_default(),
        since: close.map(|(day, _)| since(metric, day)).unwrap_or_default(),
        measure: measure_key(Measure::of(metric)),
        late,
        state,
        sample: live.is_sample(),
        series: of.id,
    })
}

/// The lines of all metrics that have values within the day, for the first page.
pub(in crate::web) fn live_lines<'a>(
    live: &Live,
    catalog: &Catalog,
    rows: impl Iterator<Item = (&'a Metric, Option<(Day, f64)>)>,
) -> Vec<LiveLine> {
    rows.filter(|(metric, _)| metric.live.is_none())
        .filter_map(|(metric, last)| {
            let series = last.and_then(|(day, value)| Series::new(vec![day], vec![value]).ok());
            live_line(live, catalog, metric, &series.unwrap_or_else(Series::empty))
        })
        .collect()
}

/// The gap now, if at least one leg has a value within the day.
pub(in crate::web) fn live_gap(live: &Live, catalog: &Catalog, comparison: &Comparison) -> Option<LiveGap> {
    let kind = match comparison.gap {
        GapKind::Ratio => "ratio",
        GapKind::Spread(_) => "spread",
        GapKind::None => return None,
    };
    let legs = [&comparison.a, &comparison.b].map(|leg| {
        let (_, close) = leg.series.last()?;
        let of = spoken_for(live, catalog, &leg.metric).map(|(of, _)| of.id).unwrap_or_default();
        let value = live.latest(&of).map_or(close, |latest| latest.value);
        Some((of, close, value))
    });
    let [Some((of_a, close_a, a)), Some((of_b, close_b, b))] = legs else { return None };
    if of_a.is_empty() && of_b.is_empty() {
        return None;
    }
    let (exact, close) = match (kind, comparison.common.a.last(), comparison.common.b.last()) {
        ("ratio", Some(last_a), Some(last_b)) => (a / b, last_a / last_b),
        (_, Some(last_a), Some(last_b)) => (a - b, last_a - last_b),
        _ => return None,
    };
    let (label_a, label_b) = (&comparison.a.metric.label, &comparison.b.metric.label);
    let measure = if kind == "ratio" { Measure::Percent } else { Measure::of(&comparison.a.metric) };
    let moved = if kind == "ratio" { exact / close - 1.0 } else { exact - close };
    let day = comparison.as_of.map(format::day).unwrap_or_default();
    Some(LiveGap {
        kind,
        measure: measure_key(measure),
        name: if kind == "ratio" { format!("{label_a} over {label_b}") } else { format!("{label_a} less {label_b}") },
        legs: [(of_a, close_a), (of_b, close_b)],
        exact,
        text: gap_text(kind, exact),
        change: format::live_change(moved, measure),
        direction: direction(moved),
        close,
        against: format!("{} at the closes of {day}", gap_text(kind, close)),
    })
}

fn gap_text(kind: &str, value: f64) -> String {
    if kind == "ratio" { format::significant(value, 4) } else { format::fixed(value, 2) }
}

/// Whose values stand for a metric within the day, and the seconds after which they are late.
fn spoken_for(live: &Live, catalog: &Catalog, metric: &Metric) -> Option<(Metric, u64)> {
    let stand_in = metric.live.as_deref().and_then(|id| catalog.metric(id)).map(AsRef::as_ref);
    let of = stand_in.into_iter().chain([metric]).find(|of| live.late_after(&of.id).is_some())?;
    Some((of.clone(), live.late_after(&of.id)?.as_secs()))
}

fn now(
    live: &Live,
    latest: &LiveValue,
    metric: &Metric,
    close: Option<(Day, f64)>,
    late: u64,
    state: &'static str,
) -> LiveNow {
    let now = live.now();
    let moved = close.map(|(_, close)| change(metric.change, latest.value, close));
    let seconds = now.duration_since(latest.at).as_secs();
    let late = late + u64::from(latest.delayed_minutes) * 60;
    let (age, age_class) = age(seconds, late as i64, state);
    LiveNow {
        exact: latest.value,
        text: format::level(latest.value, latest.metric.unit),
        change: moved.map(|moved| format::live_change(moved, Measure::of(metric))).unwrap_or_default(),
        direction: moved.map(direction).unwrap_or_default(),
        at: format!("{:.3}", latest.at),
        time: format::moment(latest.at, &latest.metric, now),
        age,
        age_class,
        source: latest.provider.name().to_owned(),
        delayed_minutes: latest.delayed_minutes,
    }
}

/// The age of a value in words and as a class. The script says the same in the same words.
fn age(seconds: i64, late: i64, state: &str) -> (String, &'static str) {
    let ago = format::ago(seconds);
    match seconds {
        // What was quoted a moment ago is as fresh before the opening as after it.
        _ if seconds <= late => (ago, "fresh"),
        _ if state == CLOSED => (format!("market closed, {ago}"), "closed"),
        0..3_600 => (format!("late, {ago}"), "late"),
        _ => (format!("stale, {ago}"), "stale"),
    }
}

/// The state of a series whose market rests.
const CLOSED: &str = "closed";

fn since(metric: &Metric, day: Day) -> String {
    match metric.live {
        Some(_) => format!("from the fix of {}", format::day_of_year(day)),
        None => format!("since {}", format::day_of_year(day)),
    }
}

fn direction(change: f64) -> &'static str {
    match change {
        change if change > 0.0 => "up",
        change if change < 0.0 => "down",
        _ => "flat",
    }
}

fn measure_key(measure: Measure) -> &'static str {
    match measure {
        Measure::Percent => "percent",
        Measure::BasisPoints => "bp",
        Measure::Own => "own",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_read() {
        let check = |seconds: i64, state: &str, expected: (&str, &str)| {
            let (words, class) = age(seconds, 90, state);
            assert_eq!((words.as_str(), class), expected);
        };
        check(3, "", ("3 s ago", "fresh"));
        check(90, "", ("1 min ago", "fresh"));
        check(130, "", ("late, 2 min ago", "late"));
        check(7_300, "", ("stale, 2 h ago", "stale"));
        check(7_300, "closed", ("market closed, 2 h ago", "closed"));
        check(3, "closed", ("3 s ago", "fresh"));
    }
}
