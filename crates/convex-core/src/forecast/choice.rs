//! Which of several methods is shown.

use std::collections::VecDeque;

use convex_stats::score::compare;

/// Losses looked back on: five years of weekly forecasts.
pub(super) const MEMORY: usize = 250;
/// Losses before a model can be shown in place of the benchmark.
const LEAST: usize = 52;
/// Statistic at which a model takes the benchmark's place (one-sided 10 %).
const FAVOURS: f64 = -1.28;
/// Statistic at which it loses it again.
const LETS_GO: f64 = 0.0;

/// What the record of losses speaks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Place of the better model among the methods.
    pub model: usize,
    /// Place of the better benchmark.
    pub benchmark: usize,
    /// Whether the model is shown.
    pub favoured: bool,
    /// Diebold and Mariano's statistic, negative for the model, if there are losses enough.
    pub statistic: Option<f64>,
}

impl Choice {
    /// Before there is a record.
    pub(super) fn first() -> Self {
        Self { model: 0, benchmark: 2, favoured: false, statistic: None }
    }

    /// The place of what is shown.
    pub fn shown(&self) -> usize {
        if self.favoured { self.model } else { self.benchmark }
    }

    /// Weighs the losses of the four methods anew; `lag` is the overlap of forecasts.
    pub(super) fn again(&self, losses: &[VecDeque<f64>; 4], lag: usize) -> Self {
        let better = |one: usize, other: usize| {
            let (first, second) = (mean(&losses[one]), mean(&losses[other]));
            match (first, second) {
                (Some(first), Some(second)) if second < first => other,
                (None, Some(_)) => other,
                _ => one,
            }
        };
        let (model, benchmark) = (better(0, 1), better(2, 3));
        let differences: Vec<f64> = losses[model]
            .iter()
            .rev()
            .zip(losses[benchmark].iter().rev())
            .map(|(model, benchmark)| model - benchmark)
            .collect();
        if differences.len() < LEAST {
            return Self { model, benchmark, favoured: false, statistic: None };
        }
        let statistic = compare(&differences, lag).ok().map(|found| found.statistic);
        let favoured = statistic.is_some_and(|t| if self.favoured { t < LETS_GO } else { t < FAVOURS });
        Self { model, benchmark, favoured, statistic }
    }
}

fn mean(losses: &VecDeque<f64>) -> Option<f64> {
    (!losses.is_empty()).then(|| losses.iter().sum::<f64>() / losses.len() as f64)
}
