//! From a comparison to the numbers its charts show.

use convex_stats::divergence::{episodes, trailing_z};
use convex_stats::{describe, rolling};

use super::{Band, Drawdowns, Gap, Line, Panels, Range, Rebased, RollingCorrelation};
use crate::catalog::ChangeKind;
use crate::compare::{Comparison, GapKind, Leg, gap_series};
use crate::figure::Unavailable;
use crate::{Day, Series};

/// Observations of the trailing mean and deviation of the gap.
const GAP_WINDOW: usize = 252;
/// Half the width of the gap's band, in standard deviations.
const GAP_DEVIATIONS: f64 = 2.0;

/// The charts of a comparison over a range, with a rolling correlation over `window` changes; `None` if the legs share
/// fewer than two usable days.
pub fn panels(comparison: &Comparison, range: Range, window: usize) -> Option<Panels> {
    let days = &comparison.common.days;
    let (first, to) = (*days.first()?, *days.last()?);
    if days.len() < 2 {
        return None;
    }
    let from = range.base(to).map_or(first, |base| last_on_or_before(days, base).unwrap_or(first));
    Some(Panels {
        range,
        from,
        to,
        rebased: rebased(comparison, from, to),
        gap: gap(comparison, from),
        correlation: correlation(comparison, from, window),
        drawdowns: Drawdowns { a: drawdown(&comparison.a, from, to), b: drawdown(&comparison.b, from, to) },
    })
}

fn last_on_or_before(days: &[Day], day: Day) -> Option<Day> {
    let end = days.partition_point(|d| *d <= day);
    (end > 0).then(|| days[end - 1])
}

fn rebased(comparison: &Comparison, from: Day, to: Day) -> Rebased {
    let (a, a_indexed) = from_base(&comparison.a, from, to);
    let (b, b_indexed) = from_base(&comparison.b, from, to);
    Rebased { base: from, a, b, a_indexed, b_indexed }
}

/// The leg at its own dates from its last value on or before the base.
fn from_base(leg: &Leg, from: Day, to: Day) -> (Line, bool) {
    let indexed = leg.metric.change == ChangeKind::Log;
    let base = leg.series.at_or_before(from).or_else(|| leg.series.first());
    let Some((start, base)) = base else { return (Line::default(), indexed) };
    let mut line = Line::default();
    for (day, value) in leg.series.until(to).after(start - 1).iter() {
        let shown = match leg.metric.change {
            ChangeKind::Log if value > 0.0 && base > 0.0 => 100.0 * value / base,
            // A value that has no place on an index scale is a gap.
            ChangeKind::Log => continue,
            ChangeKind::Difference => value - base,
        };
        line.push(day, shown);
    }
    (line, indexed)
}

fn gap(comparison: &Comparison, from: Day) -> Option<Gap> {
    let series = gap_series(comparison.gap, &comparison.common)?;
    let (mut mean, mut band) = (Line::default(), Band::default());
    if let Ok(windows) = rolling::rolling_moments(series.values(), GAP_WINDOW) {
        let days = &series.days()[GAP_WINDOW - 1..];
        for (day, window) in days.iter().zip(windows).filter(|(day, _)| **day >= from) {
            mean.push(*day, window.mean);
            let reach = GAP_DEVIATIONS * window.stdev;
            band.push(*day, window.mean - reach, window.mean + reach);
        }
    }
    let line = line_of(&series.after(from - 1));
    let is_ratio = comparison.gap == GapKind::Ratio;
    let episodes = if is_ratio { wide_episodes(&series, from) } else { Vec::new() };
    Some(Gap { is_ratio, line, mean, band, episodes })
}

/// Episodes that reach into the range, cut at its first day.
fn wide_episodes(ratio: &Series, from: Day) -> Vec<(Day, Day)> {
    let logs: Vec<f64> = ratio.values().iter().map(|value| value.ln()).collect();
    let Ok(z) = trailing_z(&logs) else { return Vec::new() };
    // The first z stands for the last day of the first window.
    let days = &ratio.days()[ratio.len() - z.len()..];
    let last = days.len() - 1;
    let spans = episodes(&z).into_iter().map(|episode| (days[episode.first], days[episode.closed.unwrap_or(last)]));
    spans.filter(|(_, end)| *end >= from).map(|(begin, end)| (begin.max(from), end)).collect()
}

fn correlation(comparison: &Comparison, from: Day, window: usize) -> Result<RollingCorrelation, Unavailable> {
    let changes = &comparison.changes;
    let have = changes.days.len();
    if have < window {
        return Err(Unavailable::TooFew { have, need: window });
    }
    // Windows that end before the range are not drawn, so they are not computed.
    let first_end = changes.days.partition_point(|day| *day < from).max(window - 1);
    let start = first_end + 1 - window;
    let found = rolling::rolling_correlation(&changes.a[start..], &changes.b[start..], window)?;
    let (mut line, mut band) = (Line::default(), Band::default());
    for (day, found) in changes.days[first_end..].iter().zip(found) {
        let Ok(found) = found else { continue };
        line.push(*day, found.pearson);
        band.push(*day, found.ewc_95.low, found.ewc_95.high);
    }
    Ok(RollingCorrelation { window, line, band })
}

fn drawdown(leg: &Leg, from: Day, to: Day) -> Option<Line> {
    if leg.metric.change == ChangeKind::Difference {
        return None;
    }
    let series = leg.series.until(to);
    let falls = describe::drawdowns(series.values()).ok()?;
    let falls = Series::new(series.days().to_vec(), falls).ok()?;
    Some(line_of(&falls.after(from - 1)))
}

fn line_of(series: &Series) -> Line {
    Line { days: series.days().to_vec(), values: series.values().to_vec() }
}
