//! `/forecasts`: the record.

use super::datum::Datum;
use crate::format;
use crate::outlook::{LineRecord, ScorecardRecord};

/// The scorecard.
#[derive(Clone, Debug)]
pub(in crate::web) struct ScorecardView {
    pub(in crate::web) note: String,
    pub(in crate::web) tables: Vec<(&'static str, Vec<CardRow>)>,
    pub(in crate::web) by_series: Vec<CardRow>,
    pub(in crate::web) exceptions: Vec<String>,
    pub(in crate::web) tenths: String,
}

/// One row.
#[derive(Clone, Debug)]
pub(in crate::web) struct CardRow {
    pub(in crate::web) name: String,
    pub(in crate::web) ahead: String,
    pub(in crate::web) n: String,
    pub(in crate::web) coverage: [Datum; 3],
    pub(in crate::web) constant: Datum,
    pub(in crate::web) constant_95: String,
    pub(in crate::web) same: String,
    pub(in crate::web) shown: String,
}

pub(in crate::web) fn scorecard_view(card: &ScorecardRecord) -> ScorecardView {
    let rows = |lines: &[LineRecord], key: &str| lines.iter().map(|line| row(line, key)).collect::<Vec<_>>();
    let tables = [
        ("All daily series", rows(&card.overall, "all")),
        ("By state of the market when the forecast was made", rows(&card.regimes, "regimes")),
        ("Ratios and spreads of named pairs", rows(&card.pairs, "pairs")),
        ("Releases, by autoregression", rows(&card.releases, "releases")),
        ("Made in public, and since settled", rows(&card.live, "live")),
    ];
    let note = format!(
        "{} daily series, one forecast every fifth session from {} to {}, each from what was known on its day and by the code that makes today’s. Forecasts made in public are scored beside them once their day has come.",
        card.series, card.from, card.to
    );
    ScorecardView {
        note,
        tables: tables.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        by_series: rows(&card.by_series, "series"),
        exceptions: card.exceptions.clone(),
        tenths: card.overall.first().map(|line| tenths(&line.card.tenths)).unwrap_or_default(),
    }
}

fn row(line: &LineRecord, key: &str) -> CardRow {
    let LineRecord { name, horizon, card } = line;
    let ahead = horizon.map_or_else(|| "all".to_owned(), |horizon| horizon.to_string());
    let coverage = [0, 1, 2].map(|band: usize| {
        let level = [50, 80, 95][band];
        let interval = card.coverage_95[band]
            .map(|[low, high]| format!("interval of 95 %: {} to {}", format::percent(low), format::percent(high)))
            .unwrap_or_default();
        Datum::new(
            format!("scorecard.{key}.{ahead}.coverage_{level}"),
            card.coverage[band],
            format::percent(card.coverage[band]),
        )
        .titled(format!("{name}: {interval}"))
    });
    CardRow {
        name: name.clone(),
        n: format::count(card.n),
        coverage,
        constant: Datum::new(
            format!("scorecard.{key}.{ahead}.crps_against_constant"),
            card.against_constant,
            format::signed_percent(card.against_constant),
        )
        .titled(name.clone()),
        constant_95: card
            .against_constant_95
            .map(|[low, high]| format!("[{}, {}]", format::signed_percent(low), format::signed_percent(high)))
            .unwrap_or_default(),
        same: format::signed_percent(card.against_same),
        shown: format::percent(card.model_shown),
        ahead,
    }
}

/// Outcomes in each tenth of the forecast distributions, as columns; the line is what calibration would show.
fn tenths(tenths: &[f64; 10]) -> String {
    let mut bars = String::new();
    for (at, share) in tenths.iter().enumerate() {
        let (x, height) = (at * 30 + 2, (share * 300.0).min(60.0));
        let (y, title) = (60.0 - height, format::percent(*share));
        bars += &format!(
            "<rect x=\"{x}\" y=\"{y:.1}\" width=\"26\" height=\"{height:.1}\" opacity=\"0.5\"><title>{title}</title></rect>"
        );
    }
    format!(
        "<svg class=\"tenths\" viewBox=\"0 0 300 60\" width=\"300\" height=\"60\" fill=\"currentColor\" role=\"img\" aria-label=\"Share of outcomes in each tenth of the forecast distributions; 10 % each is calibrated\">{bars}<rect x=\"0\" y=\"29.5\" width=\"300\" height=\"1\"/></svg>"
    )
}
