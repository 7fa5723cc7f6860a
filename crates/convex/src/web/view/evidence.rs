//! Drawings behind the answers: leads by lag, and same-day changes.

use convex_core::compare::Comparison;
use convex_core::figure::Value;

use crate::chart::{HalfLine, Numbers, Square, cross_correlations, scatter};
use crate::format;

/// Changes in the scatter.
const POINTS: usize = 252;

/// The drawings a comparison has.
pub(in crate::web) fn evidence(comparison: &Comparison) -> Vec<Square> {
    leads(comparison).into_iter().chain(same_day(comparison)).collect()
}

fn leads(comparison: &Comparison) -> Option<Square> {
    let (a, b) = (&comparison.a.metric.noun, &comparison.b.metric.noun);
    let Value::List(ccf) = &comparison.figures.estimate("lead_lag.ccf")?.value else { return None };
    let limit = comparison.figures.number("lead_lag.limit_95")?;
    let same_day = ccf.get(ccf.len() / 2)?;
    let note = format!(
        "Cross-correlation of prewhitened changes by lag; left of zero {b} is ahead, right of it {a}. Lines mark the ±{} that \
         the largest of 40 leads would have to pass. The link at lag 0, {}, is cut at the edge.",
        format::fixed(limit, 2),
        format::fixed(*same_day, 2)
    );
    cross_correlations("Leads by lag".to_owned(), note, ccf, limit)
}

/// Only for two legs measured in log changes, which share per cent as a unit.
fn same_day(comparison: &Comparison) -> Option<Square> {
    use convex_core::catalog::ChangeKind;
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    if a.change != ChangeKind::Log || b.change != ChangeKind::Log {
        return None;
    }
    let changes = &comparison.changes;
    let start = changes.days.len().saturating_sub(POINTS);
    let (first, last) = (*changes.days.get(start)?, *changes.days.last()?);
    let slope = |name: &str, rises| Some(HalfLine { slope: comparison.figures.number(name)?, rises });
    let slopes: Vec<HalfLine> =
        [slope("asymmetry.beta_up", true), slope("asymmetry.beta_down", false)].into_iter().flatten().collect();
    let note = format!(
        "Changes of {} (upward) against those of {} (sideways), {}; the ring is the last. Lines: slopes of rises and of falls \
         over all history.",
        a.noun,
        b.noun,
        format::span(first, last)
    );
    let (x, y) = (&changes.b[start..], &changes.a[start..]);
    let rows = changes.days[start..].iter().zip(y.iter().zip(x));
    let numbers = Numbers {
        heads: vec!["Day".to_owned(), a.label.clone(), b.label.clone()],
        rows: rows.map(|(day, (a, b))| (day.to_string(), vec![*a, *b])).collect(),
        are_shares: true,
    };
    scatter("Same-day changes".to_owned(), note, (x, y), &slopes, numbers)
}
