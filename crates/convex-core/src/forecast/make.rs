//! The forecast of one day.

use super::distribution::{Quantiles, TARGETS};
use super::fit::{Fit, Method};
use super::target::{Law, Pace, Target};
use super::track::Track;
use crate::Day;

/// A range and the chance it is meant to have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// 0.5, 0.8 or 0.95.
    pub level: f64,
    /// Lower bound, in the target's own unit.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// What is said of one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Observations ahead.
    pub horizon: usize,
    /// How it was made: the benchmark where no model has beaten it.
    pub method: Method,
    /// The model that was tried.
    pub model: Method,
    /// Diebold and Mariano's statistic of that model against the benchmark, negative for the model; `None` before there is a record.
    pub statistic: Option<f64>,
    /// Bands of 50, 80 and 95 %.
    pub bands: [Band; 3],
    /// The middle: as likely to be above as below.
    pub median: f64,
    /// Quantiles at 40 levels, (i + 1/2) / 40, in the target's own unit; what scores are computed from.
    pub quantiles: Vec<f64>,
    /// The levels at which the model was read for the seven quantiles, after correction.
    pub read_at: [f64; 7],
}

/// Bands at three horizons.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Last observation it rests on.
    pub made: Day,
    /// Its value.
    pub value: f64,
    /// Observations it rests on.
    pub n: usize,
    /// First of them.
    pub from: Day,
    /// What the level does when nothing happens.
    pub law: Law,
    /// How often it is observed.
    pub pace: Pace,
    /// Standard deviation of one change, on the scale changes are measured on: as weighted now, and over all history.
    pub sizes: [f64; 2],
    /// One for each horizon.
    pub outlooks: Vec<Outlook>,
}

pub(super) fn forecast(target: &Target, at: usize, fit: &Fit, tracks: &[Track], paths: usize) -> Forecast {
    let found = fit.distributions(target, at, paths);
    let there = found.each_ref().map(Option::is_some);
    let level = target.levels[at];
    let mut outlooks = Vec::with_capacity(tracks.len());
    for (place, track) in tracks.iter().enumerate() {
        let shown = track.shown(there);
        let Some((method, distributions)) = &found[shown] else { continue };
        let choice = track.choice();
        let model = found[choice.model].as_ref().or(found[0].as_ref()).map_or(*method, |(model, _)| *model);
        let levels = track.corrected(shown);
        let Quantiles { targets, grid } = distributions[place].corrected(levels);
        let value = |change: f64| target.value(level + change);
        let band = |low: usize| Band {
            level: ((TARGETS[6 - low] - TARGETS[low]) * 1e9).round() / 1e9,
            low: value(targets[low]),
            high: value(targets[6 - low]),
        };
        outlooks.push(Outlook {
            horizon: track.horizon(),
            method: *method,
            model,
            statistic: choice.statistic,
            bands: [band(2), band(1), band(0)],
            median: value(targets[3]),
            quantiles: grid.into_iter().map(value).collect(),
            read_at: levels.map(|level| level.level()),
        });
    }
    Forecast {
        made: target.days[at],
        value: target.value(level),
        n: at + 1,
        from: target.days[0],
        law: target.law,
        pace: target.pace,
        sizes: [fit.size_now(target, at), fit.steady()],
        outlooks,
    }
}
