//! Values within the day for the sample market: seeded walks around its last closes, marked as simulated like all of it.

use std::sync::Arc;
use std::time::Duration;

use convex_core::catalog::{Metric, Provider};
use convex_core::sample::SEED;
use convex_sources::Quote;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use tokio::time::{MissedTickBehavior, interval};

use super::Live;
use crate::desk::Desk;

/// Series that move within the day, and seconds between two values.
const WALKS: [(&str, u64); 5] = [("btc", 1), ("dia", 2), ("iwm", 2), ("qqq", 3), ("gold", 5)];
/// Steps of one second that a day's usual change is spread over: six and a half hours of trading.
const SECONDS: f64 = 23_400.0;
/// Share of the distance from the close that each step takes back, so that a walk of weeks stays near it.
const PULL: f64 = 1e-4;

/// Runs for as long as the sample market is shown.
pub(super) async fn simulate(desk: Arc<Desk>) {
    let live = desk.live();
    let mut walks: Vec<Walk> = WALKS
        .iter()
        .zip(0..)
        .filter_map(|(&(id, every), at)| Some(Walk::new(desk.catalog().metric(id)?, every, SEED + at)))
        .collect();
    for walk in &walks {
        live.expect(&walk.metric, Provider::Sample, Duration::from_secs(walk.every));
    }
    let mut ticks = interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    for second in 0u64.. {
        ticks.tick().await;
        if !live.is_sample() {
            return;
        }
        for walk in walks.iter_mut().filter(|walk| second.is_multiple_of(walk.every)) {
            if let Some(quote) = walk.step(live) {
                live.quote(Provider::Sample, &quote);
            }
        }
    }
}

/// One series on its way.
#[derive(Debug)]
struct Walk {
    metric: Arc<Metric>,
    every: u64,
    /// Logarithm of the value over the close.
    away: f64,
    random: Xoshiro256PlusPlus,
}

impl Walk {
    fn new(metric: &Arc<Metric>, every: u64, seed: u64) -> Self {
        Self { metric: Arc::clone(metric), every, away: 0.0, random: Xoshiro256PlusPlus::seed_from_u64(seed) }
    }

    fn step(&mut self, live: &Live) -> Option<Quote> {
        let close = live.close(&self.metric.id)?;
        let size = close.usual? * (self.every as f64 / SECONDS).sqrt();
        // Twelve uniform numbers make one nearly normal.
        let shock: f64 = (0..12).map(|_| self.random.random::<f64>()).sum::<f64>() - 6.0;
        self.away += size * shock - PULL * self.away;
        let value = (close.value * self.away.exp() * 100.0).round() / 100.0;
        Some(Quote { symbol: self.metric.id.clone(), value, at: live.now(), delayed_minutes: 0 })
    }
}

#[cfg(test)]
mod tests {
    use convex_core::catalog::Catalog;

    use super::*;
    use crate::clock::Clock;
    use crate::live::Close;

    #[test]
    fn walks_stay_near_the_close_and_are_the_same_again() {
        let metric = Catalog::builtin().metric("btc").unwrap();
        let live = Live::new(Catalog::builtin(), Clock::Fixed("2026-01-06T12:00:00Z".parse().unwrap()));
        live.serve(true);
        let close = Close { day: "2026-01-05".parse().unwrap(), value: 50_000.0, usual: Some(0.03) };
        live.closed(metric, 1, close);
        let path = |steps: usize| {
            let mut walk = Walk::new(metric, 1, 7);
            (0..steps).map(|_| walk.step(&live).unwrap().value).collect::<Vec<f64>>()
        };
        let week = path(604_800);
        assert!(week.iter().all(|value| (value / 50_000.0).ln().abs() < 0.15), "{:?}", week.last());
        assert!(week.windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 0.001).count() > 500_000);
        assert_eq!(path(100), week[..100]);
    }
}
