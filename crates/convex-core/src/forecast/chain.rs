//! The walk through time.

use super::fit::Fit;
use super::make::{Forecast, forecast};
use super::target::Target;
use super::track::{Score, Track};

/// How forecasts are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Paths of a forecast that is shown.
    pub paths: usize,
    /// Paths of each forecast of the record.
    pub record_paths: usize,
    /// How far one outcome may move a corrected quantile at the shortest horizon.
    pub rate: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { paths: 5_000, record_paths: 1_000, rate: 0.01 }
    }
}

/// All that the observations so far have taught: the fit of the month, corrections, the record of losses.
///
/// A chain goes forward only. What it says of a day rests on the observations up to that day, whatever it is shown later.
#[derive(Clone, Debug)]
pub struct Chain {
    options: Options,
    /// Place of the next forecast of the record.
    next: usize,
    fit: Option<Fit>,
    tracks: Vec<Track>,
    scores: Vec<Score>,
}

impl Chain {
    /// A chain at the first observation of a target.
    pub fn new(target: &Target, options: Options) -> Self {
        let pace = target.pace;
        let tracks = pace.horizons().map(|horizon| Track::new(horizon, pace.stride(), options.rate)).to_vec();
        Self { options, next: pace.least(), fit: None, tracks, scores: Vec::new() }
    }

    /// Goes on through the observations of `target`, which begin with those seen before.
    ///
    /// Every fifth session (each release) a forecast is made for the record and settled when its day comes; the first one of
    /// a month fits the models again.
    pub fn advance(&mut self, target: &Target) {
        while self.next < target.len() {
            let at = self.next;
            for track in &mut self.tracks {
                track.settle(target, at, &mut self.scores);
            }
            self.fit_again(target, at);
            self.next += target.pace.stride();
            let Some(fit) = &self.fit else { continue };
            let found = fit.distributions(target, at, self.options.record_paths);
            for (place, track) in self.tracks.iter_mut().enumerate() {
                let of_horizon = found
                    .each_ref()
                    .map(|found| found.as_ref().map(|(method, distributions)| (*method, &distributions[place])));
                track.keep(at, of_horizon, fit.steady());
            }
        }
    }

    /// The forecast of the last observation; `None` where there are too few or nothing moves. [`Chain::advance`] comes first.
    pub fn forecast(&self, target: &Target) -> Option<Forecast> {
        let at = target.len().checked_sub(1)?;
        let mut tracks = self.tracks.clone();
        for track in &mut tracks {
            track.settle(target, at, &mut Vec::new());
        }
        let fit = self.fit.as_ref()?;
        Some(forecast(target, at, fit, &tracks, self.options.paths))
    }

    /// The forecasts of the record that are settled, in the order of their outcomes.
    pub fn scores(&self) -> &[Score] {
        &self.scores
    }

    fn fit_again(&mut self, target: &Target, at: usize) {
        let month = |at: usize| target.days[at].end_of_month();
        let is_new = at < target.pace.stride() || month(at) != month(at - target.pace.stride()) || self.fit.is_none();
        if is_new && let Some(fit) = Fit::make(target, at, self.fit.as_ref()) {
            self.fit = Some(fit);
        }
    }
}
