//! Kept forecasts whose day has come, scored against what came.

use convex_core::Day;
use convex_core::catalog::ChangeKind;
use convex_core::forecast::{Method, Score, Target};
use convex_stats::score::{crps_normal, crps_quantiles, pinball};

use super::record::ForecastRecord;

/// The scores of a kept forecast at the horizons that are over.
pub fn settled(record: &ForecastRecord, target: &Target) -> Vec<Score> {
    let Some(at) = record.made.parse::<Day>().ok().and_then(|made| target.days.binary_search(&made).ok()) else {
        return Vec::new();
    };
    let level = |value: f64| match target.scale {
        ChangeKind::Log => value.ln(),
        ChangeKind::Difference => value,
    };
    let start = level(record.value);
    let mut scores = Vec::new();
    for horizon in &record.horizons {
        let end = at + horizon.horizon;
        let (Some(outcome), [half, most, nearly]) = (target.levels.get(end), &horizon.bands[..]) else { continue };
        let size = (horizon.horizon as f64).sqrt();
        let change = outcome - start;
        let targets = [nearly.low, most.low, half.low, horizon.median, half.high, most.high, nearly.high]
            .map(|value| level(value) - start);
        let quantiles: Vec<f64> = horizon.quantiles.iter().map(|value| level(*value) - start).collect();
        let below = quantiles.iter().filter(|quantile| **quantile < change).count() as f64;
        let losses = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975].iter().zip(targets);
        let unit = record.sizes[1] * size;
        scores.push(Score {
            made: target.days[at],
            settled: target.days[end],
            horizon: horizon.horizon,
            method: if horizon.is_benchmark { Method::Walk } else { Method::Ewma },
            below: (below + 0.5) / (quantiles.len() as f64 + 1.0),
            under: targets.map(|quantile| change <= quantile),
            crps: crps_quantiles(&quantiles, change) / unit,
            crps_walk: crps_normal(0.0, record.sizes[0] * size, change) / unit,
            crps_steady: crps_normal(0.0, record.sizes[1] * size, change) / unit,
            pinball: losses.map(|(share, quantile)| pinball(*share, quantile, change)).sum::<f64>() / 7.0 / unit,
        });
    }
    scores
}
