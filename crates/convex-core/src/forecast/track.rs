//! The record of one horizon: forecasts not yet settled, corrections, losses.

use std::collections::VecDeque;

use convex_stats::conformal::Adaptive;
use convex_stats::score::{crps_quantiles, pinball};

use super::choice::{Choice, MEMORY};
use super::distribution::{Distribution, Quantiles, TARGETS};
use super::fit::Method;
use super::target::Target;
use crate::Day;

/// A forecast that was shown, and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Day it was made.
    pub made: Day,
    /// Day of the outcome.
    pub settled: Day,
    /// Observations between the two.
    pub horizon: usize,
    /// How it was made.
    pub method: Method,
    /// Share of the forecast below what came (probability integral transform).
    pub below: f64,
    /// Whether each of the seven quantiles lay at or above what came.
    pub under: [bool; 7],
    /// Continuous ranked probability score, over the size of a usual change of that horizon.
    pub crps: f64,
    /// The same of the walk with the volatility of the moment, uncorrected.
    pub crps_walk: f64,
    /// The same of the walk with constant volatility, uncorrected.
    pub crps_steady: f64,
    /// Mean pinball loss of the seven quantiles, over the same size.
    pub pinball: f64,
}

impl Score {
    /// Whether what came lay inside the band of 50, 80 or 95 %.
    pub fn inside(&self) -> [bool; 3] {
        let inside = |low: usize| !self.under[low] && self.under[6 - low];
        [inside(2), inside(1), inside(0)]
    }
}

#[derive(Clone, Debug)]
struct Pending {
    at: usize,
    /// Corrected quantiles of each method there was.
    methods: [Option<(Method, Quantiles)>; 4],
    /// Uncorrected quantiles of the two benchmarks.
    plain: [Option<Quantiles>; 2],
    shown: usize,
    size: f64,
}

/// The record of one horizon.
#[derive(Clone, Debug)]
pub(super) struct Track {
    horizon: usize,
    lag: usize,
    corrected: [[Adaptive; 7]; 4],
    pending: VecDeque<Pending>,
    losses: [VecDeque<f64>; 4],
    choice: Choice,
}

impl Track {
    pub(super) fn new(horizon: usize, stride: usize, rate: f64) -> Self {
        let lag = horizon.div_ceil(stride);
        // Outcomes that overlap say less each, and come late: they may move a quantile less.
        let rate = rate / (lag as f64).sqrt();
        // Quantiles far out are crossed seldom: a step of one size would make them noise.
        let corrected =
            TARGETS.map(|target: f64| Adaptive::new(target, rate * (2.0 * target.min(1.0 - target)).sqrt()));
        Self {
            horizon,
            lag,
            corrected: [corrected; 4],
            pending: VecDeque::new(),
            losses: Default::default(),
            choice: Choice::first(),
        }
    }

    pub(super) fn choice(&self) -> Choice {
        self.choice
    }

    pub(super) fn corrected(&self, method: usize) -> &[Adaptive; 7] {
        &self.corrected[method]
    }

    /// The horizon in observations.
    pub(super) fn horizon(&self) -> usize {
        self.horizon
    }

    /// Settles what was due by place `at`, oldest first.
    pub(super) fn settle(&mut self, target: &Target, at: usize, scores: &mut Vec<Score>) {
        while self.pending.front().is_some_and(|pending| pending.at + self.horizon <= at) {
            let Some(pending) = self.pending.pop_front() else { break };
            let end = pending.at + self.horizon;
            let change = target.levels[end] - target.levels[pending.at];
            for (method, found) in pending.methods.iter().enumerate() {
                let Some((_, quantiles)) = found else {
                    self.losses[method].clear();
                    continue;
                };
                for (level, quantile) in self.corrected[method].iter_mut().zip(quantiles.targets) {
                    level.learn(change <= quantile);
                }
                self.losses[method].push_back(crps_quantiles(&quantiles.grid, change) / pending.size);
                if self.losses[method].len() > MEMORY {
                    self.losses[method].pop_front();
                }
            }
            self.choice = self.choice.again(&self.losses, self.lag);
            if let Some((method, shown)) = &pending.methods[pending.shown] {
                let plain = |at: usize| {
                    let quantiles = pending.plain[at].as_ref().unwrap_or(shown);
                    crps_quantiles(&quantiles.grid, change) / pending.size
                };
                let losses =
                    TARGETS.iter().zip(shown.targets).map(|(level, quantile)| pinball(*level, quantile, change));
                scores.push(Score {
                    made: target.days[pending.at],
                    settled: target.days[end],
                    horizon: self.horizon,
                    method: *method,
                    below: shown.share_below(change),
                    under: shown.targets.map(|quantile| change <= quantile),
                    crps: crps_quantiles(&shown.grid, change) / pending.size,
                    crps_walk: plain(0),
                    crps_steady: plain(1),
                    pinball: losses.sum::<f64>() / TARGETS.len() as f64 / pending.size,
                });
            }
        }
    }

    /// Keeps a forecast of place `at` until it can be settled; `size` is a usual change of one observation.
    pub(super) fn keep(&mut self, at: usize, found: [Option<(Method, &Distribution)>; 4], size: f64) {
        let plain = [2, 3].map(|method: usize| found[method].map(|(_, distribution)| distribution.plain()));
        let mut methods = [None, None, None, None];
        for (place, found) in found.into_iter().enumerate() {
            methods[place] =
                found.map(|(method, distribution)| (method, distribution.corrected(&self.corrected[place])));
        }
        let shown = self.shown(methods.each_ref().map(Option::is_some));
        let size = size * (self.horizon as f64).sqrt();
        self.pending.push_back(Pending { at, methods, plain, shown, size });
    }

    /// The place of the method to show, of those there are.
    pub(super) fn shown(&self, there: [bool; 4]) -> usize {
        let shown = self.choice.shown();
        if there[shown] { shown } else { self.choice.benchmark }
    }
}
