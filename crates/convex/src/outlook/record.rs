//! A forecast as it is kept and as the API answers it.

use convex_core::catalog::ChangeKind;
use convex_core::forecast::{Band, Forecast, Outlook, Target};
use serde::{Deserialize, Serialize};

/// A forecast with all that is needed to score it later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastRecord {
    /// `iwm`, or `dia-vs-iwm`.
    pub target: String,
    /// By what rules it was made.
    pub rules: String,
    /// Last observation it rests on.
    pub made: String,
    /// Its value.
    pub value: f64,
    /// Whether changes are logarithms or differences.
    pub scale: String,
    /// What the level does when nothing happens: `walk`, `reverting` or `release`.
    pub law: String,
    /// Observations it rests on.
    pub n: usize,
    /// First of them.
    pub from: String,
    /// What horizons count: `sessions`, `weeks` or `months`.
    pub steps: String,
    /// Standard deviation of one change: as weighted now, and over all history.
    pub sizes: [f64; 2],
    /// The series it rests on and their versions.
    pub inputs: String,
    /// One for each horizon.
    pub horizons: Vec<HorizonRecord>,
}

/// What is said of one horizon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HorizonRecord {
    /// Observations ahead.
    pub horizon: usize,
    /// How it was made.
    pub method: String,
    /// The same in words.
    pub words: String,
    /// Whether it is the benchmark, because no model has beaten it.
    pub is_benchmark: bool,
    /// The model that was tried.
    pub model: String,
    /// Diebold and Mariano's statistic of that model, negative in its favour.
    pub statistic: Option<f64>,
    /// Bands of 50, 80 and 95 %.
    pub bands: Vec<BandRecord>,
    /// As likely to be above as below.
    pub median: f64,
    /// Quantiles at 40 levels, (i + 1/2) / 40.
    pub quantiles: Vec<f64>,
    /// Levels at which the model was read for 2.5, 10, 25, 50, 75, 90 and 97.5 %, after correction by its record.
    pub read_at: Vec<f64>,
}

/// A range and its chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BandRecord {
    /// 0.5, 0.8 or 0.95.
    pub level: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl ForecastRecord {
    /// The record of a forecast.
    pub fn of(name: &str, inputs: &str, target: &Target, forecast: &Forecast) -> Self {
        Self {
            target: name.to_owned(),
            rules: super::METHOD.to_owned(),
            made: forecast.made.to_string(),
            value: forecast.value,
            scale: match target.scale {
                ChangeKind::Log => "log",
                ChangeKind::Difference => "difference",
            }
            .to_owned(),
            law: forecast.law.word().to_owned(),
            n: forecast.n,
            from: forecast.from.to_string(),
            steps: forecast.pace.steps().to_owned(),
            sizes: forecast.sizes,
            inputs: inputs.to_owned(),
            horizons: forecast.outlooks.iter().map(HorizonRecord::of).collect(),
        }
    }
}

impl HorizonRecord {
    fn of(outlook: &Outlook) -> Self {
        let band = |band: &Band| BandRecord { level: band.level, low: band.low, high: band.high };
        Self {
            horizon: outlook.horizon,
            method: outlook.method.word().to_owned(),
            words: outlook.method.words().to_owned(),
            is_benchmark: outlook.method.is_benchmark(),
            model: outlook.model.word().to_owned(),
            statistic: outlook.statistic,
            bands: outlook.bands.iter().map(band).collect(),
            median: outlook.median,
            quantiles: outlook.quantiles.clone(),
            read_at: outlook.read_at.to_vec(),
        }
    }
}
