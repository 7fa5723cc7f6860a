//! The panels of one page over one range of days: of a comparison, or of a single metric.

use convex_core::catalog::{Cadence, ChangeKind, Metric, Role};
use convex_core::compare::{Comparison, Leg};
use convex_core::figure::Unavailable;
use convex_core::panel::{Drawdowns, Line, Panels, Shading, Span};
use convex_core::{Basis, Day, Series};
use convex_stats::describe;

use super::panels::{LegLabel, beta, correlation, drawdowns, gap, level, rebased};
use super::plot::{Plot, Window};
use super::value_axis::Scale;
use super::{Chart, Key};
use crate::format::{self, Measure};

/// Panels over one range of days, and words for those that cannot be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// The days they share.
    pub window: Window,
    /// Recessions and times of fear in it.
    pub shading: Shading,
    /// The panels, from the top.
    pub plots: Vec<Plot>,
    /// What is not drawn, and why.
    pub notes: Vec<String>,
}

impl Stack {
    /// The charts of a comparison; without common days each leg alone.
    pub fn of_comparison(comparison: &Comparison, panels: Option<&Panels>, scale: Scale) -> Option<Self> {
        let (a, b) = (label(&comparison.a.metric), label(&comparison.b.metric));
        let Some(panels) = panels else {
            return comparison.apart.as_ref().and_then(|why| legs_alone(comparison, why, scale));
        };
        let mut plots = rebased(&panels.rebased, a, b, basis_words(comparison, panels), scale);
        let mut notes = Vec::new();
        let gap = panels.gap.as_ref().map(|found| gap(found, a, b, scale));
        if gap.is_none() {
            notes.push(
                "Neither a ratio nor a spread is drawn: one leg is measured in per cent, the other in its own unit."
                    .to_owned(),
            );
        }
        let cadence = changes_word(&comparison.a.metric, &comparison.b.metric);
        let mut rolling = Vec::new();
        match (&panels.correlation, &panels.beta) {
            (Ok(link), Ok(slope)) => rolling.extend([correlation(link, cadence), beta(slope, a, b)]),
            (Err(why), _) | (_, Err(why)) => {
                notes.push(format!("Rolling correlation and beta are not drawn: {}.", format::why(why)));
            }
        }
        // With a leg that only signals (VIX) the ratio comes second to the correlation.
        let signals = |leg: &Leg| leg.metric.role == Role::Signal;
        let slope = rolling.pop();
        if signals(&comparison.a) || signals(&comparison.b) {
            plots.extend(rolling.into_iter().chain(gap));
        } else {
            plots.extend(gap.into_iter().chain(rolling));
        }
        plots.extend(slope);
        plots.push(drawdowns(&panels.drawdowns, a, b));
        plots.retain(|plot| plot.axis().is_some());
        let window = Window { from: panels.from, to: panels.to };
        Some(Self { window, shading: panels.shading.clone(), plots, notes })
    }

    /// The charts of one metric; `None` if it has no value in those days.
    pub fn of_metric(
        metric: &Metric,
        series: &Series,
        basis: Basis,
        span: Span,
        shading: &Shading,
        scale: Scale,
    ) -> Option<Self> {
        let (first, last) = (series.first()?.0, series.last()?.0);
        let (from, to) = match span {
            Span::Range(range) => (range.base(last).map_or(first, |base| base.max(first)), last),
            Span::Days { from, to } => (from.max(first), to.min(last)),
        };
        let leg = label(metric);
        let cut = |values: &[f64]| {
            let days = series.days();
            let inside = days.partition_point(|day| *day < from)..days.partition_point(|day| *day <= to);
            (from <= to).then(|| Line { days: days[inside.clone()].to_vec(), values: values[inside].to_vec() })
        };
        let unit = format::unit_words(metric.unit);
        let note = if basis == Basis::TotalReturn { format!("{unit}, total return") } else { unit.to_owned() };
        let mut plots = vec![level("level", "a", &cut(series.values())?, leg, note, scale)];
        if metric.change == ChangeKind::Log
            && let Ok(falls) = describe::drawdowns(series.values())
        {
            plots.push(drawdowns(&Drawdowns { a: cut(&falls), b: None }, leg, leg));
        }
        plots.retain(|plot| plot.axis().is_some());
        if plots.is_empty() {
            return None;
        }
        let window = Window { from, to };
        Some(Self { window, shading: shading.within(from, to), plots, notes: Vec::new() })
    }

    /// All panels as drawn on a page.
    pub fn draw(&self) -> Vec<Chart> {
        self.plots.iter().filter_map(|plot| plot.draw(self.window, &self.shading)).collect()
    }

    /// The legend of what is marked on every panel.
    pub fn marks(&self) -> Vec<Key> {
        let mark = |class, label: &str, spans: &[(Day, Day)]| {
            (!spans.is_empty()).then(|| Key { class, label: label.to_owned(), last: String::new() })
        };
        let recession = mark("recession", "recession, dated afterwards", &self.shading.recessions);
        let stress = mark("stress", "VIX from 25 until below 20", &self.shading.stress);
        recession.into_iter().chain(stress).collect()
    }
}

/// The word for the changes two metrics share: that of the slower one.
pub fn changes_word(a: &Metric, b: &Metric) -> &'static str {
    match a.cadence.max(b.cadence) {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => "daily",
        Cadence::Weekly => "weekly",
        Cadence::Monthly => "monthly",
    }
}

fn label(metric: &Metric) -> LegLabel<'_> {
    LegLabel { label: &metric.label, measure: Measure::of(metric), unit: metric.unit }
}

/// Said only where it matters: where a leg pays something out.
fn basis_words(comparison: &Comparison, panels: &Panels) -> &'static str {
    let pays = |leg: &Leg| leg.metric.pays_out() || leg.total_return.is_some();
    match panels.basis {
        Basis::TotalReturn => "total return",
        Basis::Price if pays(&comparison.a) || pays(&comparison.b) => "price",
        Basis::Price => "",
    }
}

/// Without common days each leg is still drawn, both over the same years, so that a reader sees why they do not meet.
fn legs_alone(comparison: &Comparison, why: &Unavailable, scale: Scale) -> Option<Stack> {
    let why = format::why(why);
    let legs = [("level-a", "a", &comparison.a), ("level-b", "b", &comparison.b)];
    let is_itself = comparison.a.metric.id == comparison.b.metric.id;
    let legs = if is_itself { &legs[..1] } else { &legs[..] };
    let ends = |leg: &Leg| leg.series.first().zip(leg.series.last());
    let days: Vec<Day> =
        legs.iter().filter_map(|(_, _, leg)| ends(leg)).flat_map(|(first, last)| [first.0, last.0]).collect();
    let window = Window { from: *days.iter().min()?, to: *days.iter().max()? };
    let plots = legs.iter().map(|(id, class, leg)| {
        let line = Line { days: leg.series.days().to_vec(), values: leg.series.values().to_vec() };
        level(id, class, &line, label(&leg.metric), format::unit_words(leg.metric.unit).to_owned(), scale)
    });
    let plots = plots.filter(|plot| plot.axis().is_some()).collect();
    let notes = vec![format!("Only each series by itself can be drawn: {why}.")];
    Some(Stack { window, shading: Shading::default(), plots, notes })
}
