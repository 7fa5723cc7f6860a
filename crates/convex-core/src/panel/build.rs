//! From a comparison to the numbers its charts show.

use std::borrow::Cow;

use convex_stats::divergence::{episodes, trailing_z};
use convex_stats::interval::Interval;
use convex_stats::{Undefined, describe, rolling};

use super::{Band, Drawdowns, Gap, Line, Options, Panels, Rebased, Rolling, Shading};
use crate::catalog::ChangeKind;
use crate::compare::{Changes, Common, Comparison, GapKind, TotalReturnPair, gap_series};
use crate::figure::Unavailable;
use crate::{Basis, Day, Series};

/// Observations of the trailing mean and deviation of the gap.
const GAP_WINDOW: usize = 252;
/// Half the width of the gap's band, in standard deviations.
const GAP_DEVIATIONS: f64 = 2.0;

/// The charts of a comparison; `None` if fewer than two usable days are to be shown. Where a leg has no total return, all
/// of it is on price, and says so.
pub fn panels(comparison: &Comparison, options: Options, shading: &Shading) -> Option<Panels> {
    let ground = Ground::of(comparison, options.basis);
    let (from, to) = options.span.of(&ground.levels.days)?;
    Some(Panels {
        span: options.span,
        basis: ground.basis,
        from,
        to,
        rebased: rebased(&ground, from, to),
        gap: gap(comparison.gap, &ground.levels, from, to),
        correlation: correlation(&ground.changes, from, to, options.window),
        beta: beta(&ground.changes, from, to, options.window),
        drawdowns: Drawdowns { a: drawdown(&ground.a, from, to), b: drawdown(&ground.b, from, to) },
        shading: shading.within(from, to),
    })
}

/// What the charts rest on: both legs, their common levels and changes, all on one basis.
struct Ground<'a> {
    basis: Basis,
    a: Side,
    b: Side,
    levels: Cow<'a, Common>,
    changes: Cow<'a, Changes>,
}

/// One leg at its own dates.
struct Side {
    series: Series,
    kind: ChangeKind,
}

impl<'a> Ground<'a> {
    fn of(comparison: &'a Comparison, basis: Basis) -> Self {
        let side = |leg: &crate::compare::Leg, series: Series| Side { series, kind: leg.metric.change };
        let (a, b) = (&comparison.a, &comparison.b);
        if basis == Basis::TotalReturn
            && let Ok(pair) = TotalReturnPair::of(a, b)
            && let (Some(total_a), Some(total_b)) = (a.with_payouts(), b.with_payouts())
        {
            return Self {
                basis,
                a: side(a, total_a),
                b: side(b, total_b),
                levels: Cow::Owned(pair.levels),
                changes: Cow::Owned(pair.changes),
            };
        }
        Self {
            basis: comparison.basis,
            a: side(a, a.series.clone()),
            b: side(b, b.series.clone()),
            levels: Cow::Borrowed(&comparison.common),
            changes: Cow::Borrowed(&comparison.changes),
        }
    }
}

fn rebased(ground: &Ground<'_>, from: Day, to: Day) -> Rebased {
    let (a, a_indexed) = from_base(&ground.a, from, to);
    let (b, b_indexed) = from_base(&ground.b, from, to);
    Rebased { base: from, a, b, a_indexed, b_indexed }
}

/// The leg at its own dates from its last value on or before the base.
fn from_base(leg: &Side, from: Day, to: Day) -> (Line, bool) {
    let indexed = leg.kind == ChangeKind::Log;
    let base = leg.series.at_or_before(from).or_else(|| leg.series.first());
    let Some((start, base)) = base else { return (Line::default(), indexed) };
    let mut line = Line::default();
    for (day, value) in leg.series.until(to).after(start - 1).iter() {
        let shown = match leg.kind {
            ChangeKind::Log if value > 0.0 && base > 0.0 => 100.0 * value / base,
            // A value that has no place on an index scale is a gap.
            ChangeKind::Log => continue,
            ChangeKind::Difference => value - base,
        };
        line.push(day, shown);
    }
    (line, indexed)
}

fn gap(kind: GapKind, levels: &Common, from: Day, to: Day) -> Option<Gap> {
    let series = gap_series(kind, levels)?.until(to);
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
    let is_ratio = kind == GapKind::Ratio;
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

fn correlation(changes: &Changes, from: Day, to: Day, window: usize) -> Result<Rolling, Unavailable> {
    let ended = Ended::of(changes, from, to, window)?;
    let found = rolling::rolling_correlation(&changes.a[ended.used()], &changes.b[ended.used()], window)?;
    Ok(ended.rolling(found.into_iter().map(|found| found.map(|found| (found.pearson, found.ewc_95)))))
}

fn beta(changes: &Changes, from: Day, to: Day, window: usize) -> Result<Rolling, Unavailable> {
    let ended = Ended::of(changes, from, to, window)?;
    let found = rolling::rolling_slope(&changes.a[ended.used()], &changes.b[ended.used()], window)?;
    Ok(ended.rolling(found.into_iter().map(|found| found.map(|found| (found.beta, found.ewc_95)))))
}

/// The windows that end within the days shown; others are not drawn, so they are not computed.
struct Ended<'a> {
    days: &'a [Day],
    window: usize,
    start: usize,
    end: usize,
}

impl<'a> Ended<'a> {
    fn of(changes: &'a Changes, from: Day, to: Day, window: usize) -> Result<Self, Unavailable> {
        let end = changes.days.partition_point(|day| *day <= to);
        if end < window {
            return Err(Unavailable::TooFew { have: end, need: window });
        }
        let first_end = changes.days.partition_point(|day| *day < from).max(window - 1);
        Ok(Self { days: &changes.days[first_end..end], window, start: first_end + 1 - window, end })
    }

    /// Places of the changes that any of these windows holds.
    fn used(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    fn rolling(&self, found: impl Iterator<Item = Result<(f64, Interval), Undefined>>) -> Rolling {
        let (mut line, mut band) = (Line::default(), Band::default());
        for (day, found) in self.days.iter().zip(found) {
            let Ok((value, interval)) = found else { continue };
            line.push(*day, value);
            band.push(*day, interval.low, interval.high);
        }
        Rolling { window: self.window, line, band }
    }
}

fn drawdown(leg: &Side, from: Day, to: Day) -> Option<Line> {
    if leg.kind == ChangeKind::Difference {
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
