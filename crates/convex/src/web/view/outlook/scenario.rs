//! Episodes, and the form of supposed shocks.

use convex_core::catalog::{ChangeKind, Metric};
use convex_core::compare::Comparison;
use convex_core::figure::Unavailable;
use convex_core::scenario::{MetricInWindow, Window, pair_in_window};
use convex_core::shock::{Answer, DRIVERS};

use super::datum::Datum;
use crate::desk::{Episode, Shocked};
use crate::format::{self, Measure};

/// The page of an episode.
#[derive(Clone, Debug)]
pub(in crate::web) struct EpisodeView {
    pub(in crate::web) title: String,
    pub(in crate::web) story: String,
    pub(in crate::web) span: String,
    pub(in crate::web) metrics: Vec<MetricRow>,
    pub(in crate::web) pairs: Vec<PairRow>,
    /// What had no data in it, in words.
    pub(in crate::web) absent: String,
}

/// One metric.
#[derive(Clone, Debug)]
pub(in crate::web) struct MetricRow {
    pub(in crate::web) name: String,
    pub(in crate::web) href: String,
    pub(in crate::web) change: Datum,
    pub(in crate::web) bar: String,
    pub(in crate::web) drawdown: Datum,
    pub(in crate::web) recovered: Datum,
}

/// One pair.
#[derive(Clone, Debug)]
pub(in crate::web) struct PairRow {
    pub(in crate::web) title: String,
    pub(in crate::web) href: String,
    pub(in crate::web) moved: Datum,
    pub(in crate::web) correlation: Datum,
    pub(in crate::web) unhedged: Datum,
    pub(in crate::web) hedged: Datum,
}

/// A change as the metric's changes are read.
pub(in crate::web) fn change_text(metric: &Metric, change: f64) -> String {
    match Measure::of(metric) {
        Measure::Percent => format::signed_percent(change),
        Measure::BasisPoints => format!("{} bp", format::signed(change * 100.0, 0)),
        Measure::Own => format::signed(change, 2),
    }
}

pub(in crate::web) fn episode_view(episode: &Episode) -> EpisodeView {
    let Window { name, story, from, to, .. } = &episode.window;
    let largest = episode
        .metrics
        .iter()
        .filter(|(metric, _)| metric.change == ChangeKind::Log)
        .filter_map(|(_, found)| found.as_ref().ok().map(|found| found.change.abs()))
        .fold(0.01, f64::max)
        .min(1.0);
    let (mut metrics, mut absent) = (Vec::new(), Vec::new());
    for (metric, found) in &episode.metrics {
        match found {
            Ok(found) => metrics.push(metric_row(metric, found, largest)),
            Err(_) => absent.push(metric.label.clone()),
        }
    }
    let pairs = episode.pairs.iter().filter_map(|(a, b, found)| {
        let found = found.as_ref().ok()?;
        let slug = format!("{}-vs-{}", a.id, b.id);
        let moved = |value: f64| {
            if a.change == ChangeKind::Log {
                format::signed_percent(value)
            } else {
                format!("{} bp", format::signed(value * 100.0, 0))
            }
        };
        let fixed = |value: f64| format::fixed(value, 2);
        let own = |value: f64| change_text(a, if a.change == ChangeKind::Log { value.exp_m1() } else { value });
        Some(PairRow {
            title: format!("{} vs {}", a.label, b.label),
            href: format!("/compare/{slug}"),
            moved: Datum::or_why("scenario.ratio_move", found.ratio_move.as_ref().copied(), moved).of(&slug),
            correlation: Datum::or_why("scenario.correlation", found.correlation.as_ref().copied(), fixed).of(&slug),
            unhedged: Datum::new("scenario.unhedged", found.unhedged, own(found.unhedged)).of(&slug),
            hedged: Datum::or_why("scenario.hedged", found.hedged.as_ref().copied(), own).of(&slug),
        })
    });
    EpisodeView {
        title: name.clone(),
        story: story.clone(),
        span: format!("From the close of {} to that of {}", format::day(*from), format::day(*to)),
        metrics,
        pairs: pairs.collect(),
        absent: absent.join(", "),
    }
}

fn metric_row(metric: &Metric, found: &MetricInWindow, largest: f64) -> MetricRow {
    let change = |value: f64| change_text(metric, value);
    let recovered = match found.days_to_recover {
        Some(days) => {
            Datum::new("scenario.days_to_recover", f64::from(days), format::plural(days.max(0) as usize, "day"))
        }
        None => Datum::or_why("scenario.days_to_recover", Err(&Unavailable::Open("not yet back where it was")), |_| {
            String::new()
        }),
    };
    let bar = if metric.change == ChangeKind::Log { bar(found.change, largest) } else { String::new() };
    MetricRow {
        name: metric.short.clone(),
        href: format!("/metrics/{}", metric.id),
        change: Datum::new("scenario.change", found.change, change(found.change)).of(&metric.id),
        bar,
        drawdown: Datum::new("scenario.drawdown", found.drawdown, change(found.drawdown)).of(&metric.id),
        recovered: recovered.of(&metric.id),
    }
}

/// A bar to the left or right of a middle line.
fn bar(change: f64, largest: f64) -> String {
    let width = (change.abs() / largest).min(1.0) * 50.0;
    let x = if change < 0.0 { 50.0 - width } else { 50.0 };
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" width=\"100%\" height=\"10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" fill=\"currentColor\"><rect x=\"{x:.1}\" y=\"1\" width=\"{width:.1}\" height=\"8\" opacity=\"0.6\"/><rect x=\"49.8\" y=\"0\" width=\"0.4\" height=\"10\"/></svg>"
    )
}

/// The episodes in which a comparison's ratio or spread moved most: title, address, move.
pub(in crate::web) fn related_episodes(comparison: &Comparison, windows: &[Window]) -> Vec<(String, String, Datum)> {
    let (a, b) = (&comparison.a, &comparison.b);
    let slug = format!("{}-vs-{}", a.metric.id, b.metric.id);
    let mut found: Vec<(f64, &Window)> = windows
        .iter()
        .filter_map(|window| {
            let found = pair_in_window((&a.metric, &a.series), (&b.metric, &b.series), window).ok()?;
            Some((found.ratio_move.ok()?, window))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| other.abs().total_cmp(&one.abs()));
    let text = |value: f64| {
        if a.metric.change == ChangeKind::Log {
            format::signed_percent(value)
        } else {
            format!("{} bp", format::signed(value * 100.0, 0))
        }
    };
    let shown = found.into_iter().take(4).map(|(moved, window)| {
        let datum = Datum::new(format!("scenario.{}.ratio_move", window.id), moved, text(moved)).of(&slug);
        (window.name.clone(), format!("/scenarios/{}", window.id), datum)
    });
    shown.collect()
}

/// The answers to a shock.
#[derive(Clone, Debug)]
pub(in crate::web) struct ShockView {
    pub(in crate::web) title: String,
    /// Dates of the nearest windows, once for all targets.
    pub(in crate::web) cases: Vec<[String; 3]>,
    pub(in crate::web) rows: Vec<ShockRow>,
    pub(in crate::web) alike: String,
}

/// The answers for one target.
#[derive(Clone, Debug)]
pub(in crate::web) struct ShockRow {
    pub(in crate::web) name: String,
    pub(in crate::web) href: String,
    pub(in crate::web) median: Datum,
    pub(in crate::web) quartiles: String,
    pub(in crate::web) rose: String,
    pub(in crate::web) expected: Datum,
    pub(in crate::web) range: String,
    pub(in crate::web) n: String,
}

pub(in crate::web) fn shock_view(found: &Shocked, label: impl Fn(&str) -> (String, String, bool)) -> ShockView {
    let moves: Vec<String> = found
        .shock
        .moves
        .iter()
        .map(|one| format!("{} {} {}", one.driver.name, format::signed(one.amount, 0), one.driver.unit))
        .collect();
    let title = format!("{} within {}", moves.join(" and "), format::plural(found.shock.sessions, "session"));
    let first = found.answers.iter().find_map(|(_, answer)| answer.as_ref().ok());
    let cases = first
        .map(|answer| {
            answer
                .cases
                .iter()
                .map(|case| {
                    let moves: Vec<String> = case
                        .moves
                        .iter()
                        .zip(&found.shock.moves)
                        .map(|(moved, one)| {
                            format!("{} {} {}", one.driver.name, format::signed(*moved, 1), one.driver.unit)
                        })
                        .collect();
                    [format!("{} to {}", case.from, case.to), moves.join(", "), format::fixed(case.distance, 2)]
                })
                .collect()
        })
        .unwrap_or_default();
    let alike = first.map_or_else(
        || "Nothing is stored that this could be told from.".to_owned(),
        |answer| {
            if answer.median.is_err() {
                format!("Too few cases: {} windows moved at least half as far the same way, and 8 are needed before anything is said from cases. The nearest windows are listed, the regression stands alone.", answer.alike)
            } else {
                format!("{} windows that do not overlap moved at least half as far the same way.", answer.alike)
            }
        },
    );
    let rows = found.answers.iter().map(|(name, answer)| {
        let (title, href, in_percent) = label(name);
        shock_row(name, title, href, in_percent, answer)
    });
    ShockView { title, cases, rows: rows.collect(), alike }
}

fn shock_row(
    name: &str,
    title: String,
    href: String,
    in_percent: bool,
    answer: &Result<Answer, Unavailable>,
) -> ShockRow {
    let text = |value: f64| {
        if in_percent { format::signed_percent(value) } else { format!("{} bp", format::signed(value * 100.0, 0)) }
    };
    let answer = answer.as_ref();
    let median = answer.and_then(|answer| answer.median.as_ref().copied());
    let regression = answer.and_then(|answer| answer.regression.as_ref());
    let ok = answer.ok();
    ShockRow {
        median: Datum::or_why("shock.median", median, text).of(name),
        quartiles: ok
            .and_then(|answer| answer.quartiles.as_ref().ok())
            .map(|(low, high)| format!("{} to {}", text(*low), text(*high)))
            .unwrap_or_default(),
        rose: ok.and_then(|answer| answer.rose.as_ref().ok()).map(|share| format::percent(*share)).unwrap_or_default(),
        expected: Datum::or_why("shock.expected", regression.map(|found| found.expected), text).of(name),
        range: regression
            .map(|found| {
                format!(
                    "{} to {}{}",
                    text(found.low),
                    text(found.high),
                    if found.beyond { ", beyond anything seen" } else { "" }
                )
            })
            .unwrap_or_default(),
        n: regression.map(|found| format!("{}, r² {}", found.n, format::fixed(found.r2, 2))).unwrap_or_default(),
        name: title,
        href,
    }
}

/// The fields of the form: key, name, unit, largest move, what stands in it.
pub(in crate::web) fn fields(
    typed: impl Fn(&str) -> String,
) -> Vec<(&'static str, &'static str, &'static str, i32, String)> {
    DRIVERS.iter().map(|driver| (driver.key, driver.name, driver.unit, driver.most, typed(driver.key))).collect()
}
