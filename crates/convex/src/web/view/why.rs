//! Why a comparison matters: its rationale, what each leg ahead has meant, and which of the two holds now.

use convex_core::catalog::{Meaning, MetricUnit, Role};
use convex_core::claim::{Print, at_start};
use convex_core::compare::{Comparison, GapKind};

use super::figures::Reader;
use crate::format;
use crate::web::shown::{Prose, Shown};

/// The block of that title.
#[derive(Clone, Debug)]
pub(in crate::web) struct Why {
    pub(in crate::web) rationale: String,
    pub(in crate::web) a_ahead: String,
    pub(in crate::web) b_ahead: String,
    /// Whether the rationale was written for this pair; else it is composed from the two types.
    pub(in crate::web) is_written: bool,
    pub(in crate::web) now: Vec<Prose>,
}

pub(in crate::web) fn why(comparison: &Comparison, meaning: Meaning) -> Why {
    let Meaning { rationale, a_ahead, b_ahead } = meaning;
    Why { rationale, a_ahead, b_ahead, is_written: comparison.pair.is_some(), now: now(comparison) }
}

/// Which of the two is ahead over 90 days, by how much, since when; and where that leaves the gap.
fn now(comparison: &Comparison) -> Vec<Prose> {
    if let Some(why) = &comparison.apart {
        return vec![Prose::from(format!("Nothing can be said about the two together: {}.", format::why(why)))];
    }
    let mut said = vec![ahead(comparison)];
    said.extend(standing(comparison));
    said.extend(basis_note(comparison));
    said
}

/// The sentence that names the leg ahead.
pub(in crate::web) fn ahead(comparison: &Comparison) -> Prose {
    let read = Reader::new(comparison);
    let (a, b) = (comparison.a.metric.noun.as_str(), comparison.b.metric.noun.as_str());
    let Some(name) = read.gap_name("change_90d") else { return both_moved(comparison) };
    let shown = read.show(&name);
    let Some(estimate) = comparison.figures.estimate(&name) else {
        let reason = shown.reason().unwrap_or("not computed").to_owned();
        return Prose::from("Which of the two is ahead over 90 days is not known: ").say(reason).say(".");
    };
    let since = format::day(estimate.from);
    let moved = estimate.as_number().unwrap_or_default();
    match comparison.gap {
        GapKind::Ratio if moved == 0.0 => {
            Prose::default().strong(format!("{} and {b} are level", at_start(a))).say(format!(" with {since}."))
        }
        GapKind::Ratio => {
            let leader = if moved > 0.0 { a } else { b };
            Prose::default()
                .strong(format!("{} is ahead", at_start(leader)))
                .say(format!(": {a} over {b} moved "))
                .figure(shown)
                .say(format!(" since {since}, 90 days back."))
        }
        _ => {
            let word = if moved > 0.0 {
                "risen"
            } else if moved < 0.0 {
                "fallen"
            } else {
                "not moved"
            };
            let said = Prose::default().strong(format!("{} less {b} has {word}", at_start(a)));
            said.say(": ").figure(shown).say(format!(" since {since}, 90 days back."))
        }
    }
}

/// For a pair without ratio or spread: what each leg did.
fn both_moved(comparison: &Comparison) -> Prose {
    let read = Reader::new(comparison);
    let (a, b) = (comparison.a.metric.noun.as_str(), comparison.b.metric.noun.as_str());
    Prose::from(format!("In 90 days {a} moved "))
        .figure(read.show("a.change.90d"))
        .say(format!(" and {b} "))
        .figure(read.show("b.change.90d"))
        .say(". One is measured in per cent, the other in its own unit, so the two have neither a ratio nor a spread.")
}

/// Value of the gap and its distance from its own means.
fn standing(comparison: &Comparison) -> Option<Prose> {
    let read = Reader::new(comparison);
    let (value, short, long) = (read.gap_name("value")?, read.gap_name("z_90d")?, read.gap_name("z_1y")?);
    if !read.has(&value) {
        return None;
    }
    let word = if matches!(comparison.gap, GapKind::Ratio) { "ratio" } else { "spread" };
    let mut said = Prose::from(format!("The {word} stands at ")).figure(read.show(&value));
    if matches!(comparison.gap, GapKind::Spread(MetricUnit::Percent)) {
        said = said.say(" percentage points");
    }
    if read.has(&short) {
        said = said.say(", ").figure(read.show(&short)).say(" deviations from its 90-day mean");
    }
    if read.has(&long) {
        let link = if read.has(&short) { " and " } else { ", " };
        let unit = if read.has(&short) { " from its one-year mean" } else { " deviations from its one-year mean" };
        said = said.say(link).figure(read.show(&long)).say(unit);
    }
    let walk = "divergence.p_walk";
    if read.has(walk) {
        let text = format::in_sentence(walk, Print::Percent, comparison);
        let share = Shown::with_text(&comparison.figures, walk, text);
        said = said.say("; a walk without any tie stands as far from its mean on ").figure(share).say(" of days");
    }
    Some(said.say("."))
}

/// What a reader must know before drawing long-run conclusions.
fn basis_note(comparison: &Comparison) -> Option<Prose> {
    let signal = [&comparison.a.metric, &comparison.b.metric].into_iter().find(|metric| metric.role == Role::Signal);
    if let (GapKind::Ratio, Some(signal)) = (comparison.gap, signal) {
        return Some(Prose::from(format!(
            "{} is a signal, not something one holds: the ratio only shows which moved further, the correlation comes first.",
            signal.label
        )));
    }
    let is_price = comparison.basis == convex_core::Basis::Price;
    let is_bought = |metric: &convex_core::catalog::Metric| metric.role == Role::Investable;
    (is_price && (is_bought(&comparison.a.metric) || is_bought(&comparison.b.metric)))
        .then(|| Prose::from("Price only: payouts are left out, so nothing is said here about the long run."))
}
