//! Whose data a page rests on, and how to get the page again.

use convex_core::compare::{Comparison, Leg};

use super::tile::unit;
use crate::format;

/// The block at the end of a comparison.
#[derive(Clone, Debug)]
pub(in crate::web) struct Sources {
    pub(in crate::web) legs: Vec<SourceLine>,
    pub(in crate::web) attribution: Vec<String>,
    pub(in crate::web) command: String,
    pub(in crate::web) figure_command: String,
    pub(in crate::web) json: String,
    pub(in crate::web) versions: String,
}

/// One leg's source.
#[derive(Clone, Debug)]
pub(in crate::web) struct SourceLine {
    pub(in crate::web) id: String,
    pub(in crate::web) label: String,
    pub(in crate::web) definition: String,
    pub(in crate::web) provider: String,
    pub(in crate::web) licence: &'static str,
    pub(in crate::web) unit: String,
    pub(in crate::web) span: String,
}

pub(in crate::web) fn sources(comparison: &Comparison) -> Sources {
    let (a, b) = (&comparison.a, &comparison.b);
    let day = comparison.requested_as_of.or(comparison.as_of);
    let flag = day.map(|day| format!(" --as-of {day}")).unwrap_or_default();
    let query = day.map(|day| format!("?as_of={day}")).unwrap_or_default();
    Sources {
        legs: [a, b].map(line).to_vec(),
        attribution: comparison.attribution.iter().map(|entry| entry.text.clone()).collect(),
        command: format!("convex compare {} {}{flag}", a.metric.id, b.metric.id),
        figure_command: format!("convex figure {}-vs-{} correlation.all.spearman{flag}", a.metric.id, b.metric.id),
        json: format!("/api/v1/compare/{}-vs-{}{query}", a.metric.id, b.metric.id),
        versions: format!("{}@{} {}@{}", a.metric.id, a.version, b.metric.id, b.version),
    }
}

fn line(leg: &Leg) -> SourceLine {
    let metric = &leg.metric;
    let span = match leg.series.first().zip(leg.series.last()) {
        Some(((first, _), (last, _))) => {
            format!("{} observations, {}", format::count(leg.series.len()), format::span(first, last))
        }
        None => "no observations".to_owned(),
    };
    SourceLine {
        id: metric.id.clone(),
        label: metric.label.clone(),
        definition: metric.definition.clone(),
        provider: leg.provider.map_or_else(|| "no source".to_owned(), |provider| provider.name().to_owned()),
        licence: metric.licence.words(),
        unit: unit(metric),
        span,
    }
}
