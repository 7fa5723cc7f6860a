//! What a month's forecasts rest on: how the level moves, how its variance does, and the shocks of the past.

use convex_stats::autoregression::{Autoregression, autoregression};
use convex_stats::reversion::reversion;
use convex_stats::simulation::{Dynamics, simulate};
use convex_stats::volatility::{DECAY, Garch, Recursion, garch};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::distribution::Distribution;
use super::target::{Law, Target};
use crate::seed::seed;

/// How a forecast was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Filtered historical simulation, variance weighted exponentially.
    Ewma,
    /// Filtered historical simulation, variance by GARCH(1,1) with Student's t.
    Garch,
    /// Autoregression by BIC, residuals drawn again.
    Autoregression,
    /// A driftless normal walk with the exponentially weighted volatility of the moment.
    Walk,
    /// A driftless normal walk with the volatility of all the past.
    SteadyWalk,
}

impl Method {
    /// The word used on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ewma => "filtered-simulation-ewma",
            Self::Garch => "filtered-simulation-garch",
            Self::Autoregression => "autoregression",
            Self::Walk => "walk-same-volatility",
            Self::SteadyWalk => "walk-constant-volatility",
        }
    }

    /// What it is, in words a reader knows.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ewma => "past shocks, scaled to recent volatility",
            Self::Garch => "past shocks, scaled to volatility that returns to its average (GARCH)",
            Self::Autoregression => "its own past (autoregression)",
            Self::Walk => "a walk without direction, with recent volatility",
            Self::SteadyWalk => "a walk without direction, with the volatility of all its history",
        }
    }

    /// Whether it is what models are measured against.
    pub fn is_benchmark(self) -> bool {
        matches!(self, Self::Walk | Self::SteadyWalk)
    }
}

/// A way the variance moves, its state when the fit was made, and past shocks under it, of mean square one.
#[derive(Clone, Debug)]
struct Filter {
    recursion: Recursion,
    variance: f64,
    shocks: Vec<f64>,
    floor: f64,
}

/// What was estimated from the observations up to one of them.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Place of the last observation looked at.
    at: usize,
    law: Law,
    centre: f64,
    pull: f64,
    drift: f64,
    ewma: Filter,
    garch: Option<(Garch, Filter)>,
    release: Option<Autoregression>,
    /// Root mean square of all changes so far.
    steady: f64,
    seed: [u8; 32],
}

impl Fit {
    /// Estimates from observations up to place `at`; the fit before it tells the search where to begin. `None` if nothing moves.
    pub(super) fn make(target: &Target, at: usize, before: Option<&Self>) -> Option<Self> {
        let from = (at + 1).saturating_sub(target.pace.window());
        let levels = &target.levels[from..=at];
        let (centre, pull) = match target.law {
            Law::Reverting => reversion(levels).map(|found| (found.centre, found.pull)).ok()?,
            Law::Walk | Law::Release => (0.0, 0.0),
        };
        let residuals: Vec<f64> = levels.windows(2).map(|pair| pair[1] - pair[0] - pull * (centre - pair[0])).collect();
        let square = mean_square(&residuals);
        if square <= 0.0 {
            return None;
        }
        let floor = square * 0.01;
        let ewma = Filter::of(Recursion::exponential(DECAY), &residuals, floor);
        let near = before.and_then(|fit| fit.garch.as_ref()).map(|(garch, _)| garch);
        let garch = (target.law != Law::Release).then(|| fitted(&residuals, near)).flatten();
        let garch = garch.map(|garch| {
            let centred: Vec<f64> = residuals.iter().map(|residual| residual - garch.mean).collect();
            (garch, Filter::of(garch.recursion, &centred, floor))
        });
        let release =
            (target.law == Law::Release).then(|| autoregression(&modelled(target, from, at), 8).ok()).flatten();
        let moves: f64 = target.levels[..=at].windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        Some(Self {
            at,
            law: target.law,
            centre,
            pull,
            drift: 0.0,
            ewma,
            garch,
            release,
            steady: (moves / at.max(1) as f64).sqrt(),
            seed: seed("forecast", target.law.word(), &target.days[from..=at], levels, levels),
        })
    }

    /// Standard deviation of one change over all history.
    pub(super) fn steady(&self) -> f64 {
        self.steady
    }

    /// Standard deviation of the next change, weighted exponentially.
    pub(super) fn size_now(&self, target: &Target, at: usize) -> f64 {
        self.variance(&self.ewma, self.drift, target, at).sqrt()
    }

    /// The distribution of the change from place `at` over each horizon, for each method there is: two models, two benchmarks.
    pub(super) fn distributions(
        &self,
        target: &Target,
        at: usize,
        paths: usize,
    ) -> [Option<(Method, Vec<Distribution>)>; 4] {
        let horizons = target.pace.horizons();
        let level = target.levels[at];
        let seed = seed("forecast.day", &hex(&self.seed), &target.days[at..=at], &[level], &[level]);
        let variance = |filter: &Filter, mean: f64| self.variance(filter, mean, target, at);
        let paths_of = |filter: &Filter, mean: f64| {
            let dynamics = Dynamics { recursion: filter.recursion, centre: self.centre, pull: self.pull };
            let ends = simulate(&dynamics, level, variance(filter, mean), &filter.shocks, &horizons, paths, seed);
            ends.into_iter().map(Distribution::Paths).collect::<Vec<_>>()
        };
        let now = self.size_now(target, at);
        let walk = |size: f64| horizons.map(|horizon| Distribution::Normal(size * (horizon as f64).sqrt())).to_vec();
        let model = match (self.law, &self.release) {
            (Law::Release, Some(fit)) => {
                Some((Method::Autoregression, release_paths(fit, target, at, &horizons, paths, seed)))
            }
            (Law::Release, None) => None,
            _ => Some((Method::Ewma, paths_of(&self.ewma, 0.0))),
        };
        let garch = self.garch.as_ref().map(|(fit, filter)| (Method::Garch, paths_of(filter, fit.mean)));
        [model, garch, Some((Method::Walk, walk(now))), Some((Method::SteadyWalk, walk(self.steady)))]
    }

    /// The variance expected for the change after place `at`.
    fn variance(&self, filter: &Filter, mean: f64, target: &Target, at: usize) -> f64 {
        let mut variance = filter.variance;
        for pair in target.levels[self.at..=at].windows(2) {
            let residual = pair[1] - pair[0] - self.pull * (self.centre - pair[0]) - mean;
            variance = filter.recursion.next(variance, residual).max(filter.floor);
        }
        variance
    }
}

impl Law {
    /// The word used on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Reverting => "reverting",
            Self::Release => "release",
        }
    }
}

impl Filter {
    fn of(recursion: Recursion, residuals: &[f64], floor: f64) -> Self {
        let path = recursion.path(residuals, floor);
        let shocks: Vec<f64> =
            residuals.iter().zip(&path).map(|(residual, variance)| residual / variance.sqrt()).collect();
        let mean = shocks.iter().sum::<f64>() / shocks.len() as f64;
        let mut shocks: Vec<f64> = shocks.into_iter().map(|shock| shock - mean).collect();
        // Shocks of mean square one keep the variance of a path from drifting.
        let size = mean_square(&shocks).sqrt();
        for shock in &mut shocks {
            *shock /= size;
        }
        Self { recursion, variance: path[residuals.len()], shocks, floor }
    }
}

/// A GARCH fit that is usable: stationary, and not at a border where the variance never moves.
fn fitted(residuals: &[f64], near: Option<&Garch>) -> Option<Garch> {
    garch(residuals, near).ok().filter(|fit| fit.recursion.alpha + fit.recursion.beta < 0.9999)
}

/// What an autoregression of a release explains: changes where the scale is logarithmic, levels elsewhere.
fn modelled(target: &Target, from: usize, at: usize) -> Vec<f64> {
    let levels = &target.levels[from..=at];
    match target.scale {
        crate::catalog::ChangeKind::Log => levels.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        crate::catalog::ChangeKind::Difference => levels.to_vec(),
    }
}

/// Ends of paths of a release whose residuals are drawn again.
fn release_paths(
    fit: &Autoregression,
    target: &Target,
    at: usize,
    horizons: &[usize],
    paths: usize,
    seed: [u8; 32],
) -> Vec<Distribution> {
    let mut random = ChaCha8Rng::from_seed(seed);
    let order = fit.weights.len().max(1);
    let past = modelled(target, at.saturating_sub(order), at);
    let start = target.levels[at];
    let is_change = target.scale == crate::catalog::ChangeKind::Log;
    let mut ends = vec![Vec::with_capacity(paths); horizons.len()];
    for _ in 0..paths {
        let mut path = past.clone();
        let mut level = start;
        let mut step = 0;
        for (ends, horizon) in ends.iter_mut().zip(horizons) {
            while step < *horizon {
                let drawn = (u64::from(random.next_u32()) * fit.residuals.len() as u64) >> 32;
                let next = fit.next(&path) + fit.residuals[drawn as usize];
                level = if is_change { level + next } else { next };
                path.push(next);
                step += 1;
            }
            ends.push(level - start);
        }
    }
    let sorted = |mut ends: Vec<f64>| {
        ends.sort_unstable_by(f64::total_cmp);
        Distribution::Paths(ends)
    };
    ends.into_iter().map(sorted).collect()
}

fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>() / values.len().max(1) as f64
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
}
