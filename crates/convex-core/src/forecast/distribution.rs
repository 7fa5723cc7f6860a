//! Where a level may be after some observations, less where it is.

use convex_stats::conformal::{Adaptive, read};
use convex_stats::score::normal_quantile;

/// Shares below the quantiles that bound the bands of 50, 80 and 95 %, and the middle.
pub const TARGETS: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// Quantiles that a score is computed from, at the levels (i + 1/2) / 40.
pub const GRID: usize = 40;

/// A distribution of changes, before correction.
#[derive(Clone, Debug)]
pub(super) enum Distribution {
    /// Ends of paths, sorted.
    Paths(Vec<f64>),
    /// A driftless normal of this standard deviation.
    Normal(f64),
}

/// Corrected quantiles of a distribution.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantiles {
    /// At [`TARGETS`].
    pub(super) targets: [f64; 7],
    /// At the levels of [`GRID`].
    pub(super) grid: Vec<f64>,
}

impl Distribution {
    /// The change below which a share of the distribution lies.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        match self {
            Self::Normal(size) => size * normal_quantile(share),
            Self::Paths(sorted) => {
                let place = share * (sorted.len() - 1) as f64;
                let (below, between) = (place as usize, place.fract());
                let low = sorted[below];
                low + (sorted[(below + 1).min(sorted.len() - 1)] - low) * between
            }
        }
    }

    /// Quantiles at the corrected levels.
    pub(super) fn corrected(&self, levels: &[Adaptive; 7]) -> Quantiles {
        let middle = self.quantile(0.5);
        let read = |share: f64| {
            let reading = read(levels, share);
            middle + (self.quantile(reading.level.clamp(0.0005, 0.9995)) - middle) * reading.stretch
        };
        Quantiles { targets: TARGETS.map(read), grid: (0..GRID).map(grid_share).map(read).collect() }
    }

    /// Quantiles as they are.
    pub(super) fn plain(&self) -> Quantiles {
        let read = |share: f64| self.quantile(share);
        Quantiles { targets: TARGETS.map(read), grid: (0..GRID).map(grid_share).map(read).collect() }
    }
}

impl Quantiles {
    /// The share of the distribution below a change, on straight lines between the quantiles of the grid.
    pub(super) fn share_below(&self, change: f64) -> f64 {
        let at = self.grid.partition_point(|quantile| *quantile < change);
        if at == 0 || at == GRID {
            // Beyond the grid: half of what is left on that side.
            let left = 0.25 / GRID as f64;
            return if at == 0 { left } else { 1.0 - left };
        }
        let (low, high) = (self.grid[at - 1], self.grid[at]);
        let between = if high > low { (change - low) / (high - low) } else { 0.5 };
        grid_share(at - 1) + between / GRID as f64
    }
}

fn grid_share(at: usize) -> f64 {
    (at as f64 + 0.5) / GRID as f64
}
