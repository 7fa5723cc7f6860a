//! Bands of a metric or a ratio, as a table with a drawing.

use convex_core::catalog::Metric;

use super::datum::Datum;
use crate::desk::Kept;
use crate::format;
use crate::outlook::{BandRecord, ForecastRecord};

/// The bands of one target, or why there are none.
#[derive(Clone, Debug)]
pub(in crate::web) struct BandsView {
    pub(in crate::web) rows: Vec<BandsRow>,
    /// What the bands are, made when, from what.
    pub(in crate::web) note: String,
    /// Where they come from as JSON.
    pub(in crate::web) json: String,
}

/// One horizon.
#[derive(Clone, Debug)]
pub(in crate::web) struct BandsRow {
    pub(in crate::web) ahead: String,
    pub(in crate::web) drawing: String,
    pub(in crate::web) bands: [Datum; 3],
    pub(in crate::web) made_by: String,
}

/// The bands of a target; `unit` prints a level.
pub(in crate::web) fn bands_view(
    target: &str,
    title: &str,
    kept: Option<&Kept>,
    unit: impl Fn(f64) -> String,
) -> BandsView {
    let json = format!("/api/v1/forecasts/{target}");
    let Some(Kept { record, made }) = kept else {
        let note = format!(
            "No bands are kept for {title}. The worker makes them after each close for every series and named pair; convex forecast {target} makes them at once."
        );
        return BandsView { rows: Vec::new(), note, json };
    };
    let (low, high) = record
        .horizons
        .iter()
        .filter_map(|horizon| horizon.bands.last())
        .fold((record.value, record.value), |(low, high), band| (low.min(band.low), high.max(band.high)));
    let rows = record.horizons.iter().map(|horizon| {
        let band = |at: usize| {
            let found: Option<&BandRecord> = horizon.bands.get(at);
            let level = [50, 80, 95][at];
            let name = format!("forecast.{}.band_{level}", horizon.horizon);
            match found {
                Some(band) => {
                    Datum::new(name, band.low, format!("{} to {}", unit(band.low), unit(band.high))).of(target)
                }
                None => Datum::default(),
            }
        };
        let against = if horizon.is_benchmark {
            "the benchmark: no model has beaten it so far".to_owned()
        } else {
            format!(
                "has beaten the benchmark{}",
                horizon.statistic.map(|t| format!(" (t {})", format::fixed(t, 1))).unwrap_or_default()
            )
        };
        BandsRow {
            ahead: ahead(horizon.horizon, record),
            drawing: drawing(&horizon.bands, record.value, low, high, &format!("{title}, {} ahead", horizon.horizon)),
            bands: [band(0), band(1), band(2)],
            made_by: format!("{}; {against}", horizon.words),
        }
    });
    let note = format!(
        "Ranges, not a prediction, and no advice: if bands like these keep the promise they have kept on average, one value in two falls inside the first, four in five inside the second, nineteen in twenty inside the third. From {} at the close of {}, made {}, resting on {} observations since {}. Bands do not know news that has not happened.",
        unit(record.value),
        record.made,
        made.strftime("%Y-%m-%d %H:%M UTC"),
        format::count(record.n),
        record.from,
    );
    BandsView { rows: rows.collect(), note, json }
}

fn ahead(horizon: usize, record: &ForecastRecord) -> String {
    let one = record.steps.strip_suffix('s').unwrap_or(&record.steps);
    format::plural(horizon, one)
}

/// How a level of a metric is printed with its unit.
pub(in crate::web) fn level_of(metric: &Metric) -> impl Fn(f64) -> String + use<> {
    let unit = metric.unit;
    move |value| {
        let text = format::level(value, unit);
        if unit.is_percentage() { format!("{text} %") } else { text }
    }
}

/// The three bands on one line: darker where likelier, a stroke where the value stands.
fn drawing(bands: &[BandRecord], value: f64, low: f64, high: f64, label: &str) -> String {
    let width = if high > low { high - low } else { 1.0 };
    let x = |value: f64| (value - low) / width * 300.0;
    let mut parts = String::new();
    for (band, opacity) in bands.iter().rev().zip([0.18, 0.3, 0.55]) {
        parts += &format!(
            "<rect x=\"{:.1}\" y=\"3\" width=\"{:.1}\" height=\"10\" fill=\"currentColor\" opacity=\"{opacity}\"/>",
            x(band.low),
            (x(band.high) - x(band.low)).max(0.5)
        );
    }
    format!(
        "<svg class=\"bands\" viewBox=\"0 0 300 16\" width=\"100%\" height=\"16\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{parts}<rect x=\"{:.1}\" y=\"0\" width=\"1.6\" height=\"16\" fill=\"currentColor\"/></svg>",
        crate::chart::escape(label),
        x(value)
    )
}
