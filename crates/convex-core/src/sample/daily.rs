//! From shocks to levels, one series at a time.

use super::SampleSeries;
use super::draws::{Draws, Purpose};
use super::holidays::Venue;
use super::table::{AFTER_THE_FIX, Asset, Path};
use super::weather::{Session, within_state};
use crate::{Day, Series};

/// A series as far as it is simulated.
pub(super) struct Course {
    asset: &'static Asset,
    begins: Day,
    /// The level, or its logarithm where the path is one of logarithms; not rounded.
    position: f64,
    days: Vec<Day>,
    values: Vec<f64>,
    total_return: Vec<f64>,
}

impl Course {
    pub(super) fn new(asset: &'static Asset, from: Day) -> Self {
        let position = if matches!(asset.path, Path::Reverting { .. }) { asset.start } else { asset.start.ln() };
        let begins = asset.begins(from);
        Self { asset, begins, position, days: Vec::new(), values: Vec::new(), total_return: Vec::new() }
    }

    /// Moves the series through one weekday. `own` is drawn by the caller, whether the venue is open or not.
    pub(super) fn step(&mut self, session: &Session, own: f64) {
        if session.day < self.begins || !session.open[self.asset.venue as usize] {
            return;
        }
        let common: f64 = self
            .asset
            .loadings(session.state)
            .iter()
            .zip(session.factors.iter().zip(&session.factors_before))
            .map(|(weight, (today, before))| match self.asset.venue {
                Venue::London => weight * ((1.0 - AFTER_THE_FIX).sqrt() * today + AFTER_THE_FIX.sqrt() * before),
                _ => weight * today,
            })
            .sum();
        let shock = session.scale * (common + self.asset.own(session.state) * own);
        self.advance(session, shock);
    }

    /// Moves a seven-day series through a day on which nothing else trades: only its own shock is left.
    pub(super) fn step_alone(&mut self, day: Day, last: &Session, draws: &Draws) {
        if day < self.begins {
            return;
        }
        let mut draws = draws.of(day, Purpose::CryptoDay);
        let scale = within_state(last.log_variance) * draws.common_scale();
        let shock = scale * self.asset.own(last.state) * draws.normal();
        self.position += self.asset.drift(last.state) + self.asset.volatility(last.state) * shock;
        self.record(day, self.position.exp());
    }

    fn advance(&mut self, session: &Session, shock: f64) {
        let (asset, state) = (self.asset, session.state);
        let change = asset.drift(state) + asset.volatility(state) * shock;
        match asset.path {
            Path::Walk => {
                self.position += change;
                self.record(session.day, self.position.exp());
            }
            Path::Fund { yearly, payouts, .. } => {
                let payout = if self.pays_out(session.day, payouts) { yearly / f64::from(payouts) } else { 0.0 };
                self.position += change - payout.ln_1p();
                self.record(session.day, self.position.exp());
                self.add_back(payout);
            }
            Path::LogReverting { levels, pull, spill } => {
                let target = levels[state.index()].ln() + spill * session.log_variance;
                self.position += pull * (target - self.position) + change;
                self.record(session.day, self.position.exp());
            }
            Path::Reverting { levels, pull, floor } => {
                self.position = (self.position + pull * (levels[state.index()] - self.position) + change).max(floor);
                self.record(session.day, self.position);
            }
        }
    }

    fn record(&mut self, day: Day, value: f64) {
        // A price too small to print would read as nothing, or as no price at all.
        let smallest = 10f64.powi(-i32::from(self.asset.decimals));
        let floor = if matches!(self.asset.path, Path::Reverting { .. }) { f64::NEG_INFINITY } else { smallest };
        self.days.push(day);
        self.values.push(rounded(value, self.asset.decimals).max(floor));
    }

    /// The first session on or after the fifteenth of a month in which the fund pays.
    fn pays_out(&self, day: Day, payouts: u8) -> bool {
        let every = 12 / i32::from(payouts);
        let Some(before) = self.days.last() else { return false };
        let in_second_half = |day: Day| day.date().day() >= 15;
        let pays_this_month = i32::from(day.month()) % every == 0;
        pays_this_month && in_second_half(day) && (before.month() != day.month() || !in_second_half(*before))
    }

    fn add_back(&mut self, payout: f64) {
        let next = match (self.total_return.last(), self.values.as_slice()) {
            (Some(so_far), [.., before, now]) => so_far * now * (1.0 + payout) / before,
            _ => self.values.last().copied().unwrap_or(self.asset.start),
        };
        self.total_return.push(next);
    }

    /// The finished series; for a fund the total-return series too, which begins at the first price.
    pub(super) fn finish(self, into: &mut Vec<SampleSeries>) {
        if let Path::Fund { total_return, .. } = self.asset.path {
            let adjusted = self.total_return.iter().map(|value| rounded(*value, 4)).collect();
            into.push(SampleSeries::new(self.asset.id, self.days.clone(), self.values));
            into.push(SampleSeries::new(total_return, self.days, adjusted));
        } else {
            into.push(SampleSeries::new(self.asset.id, self.days, self.values));
        }
    }
}

/// The ten-year yield less the two-year yield, as printed.
pub(super) fn slope(ten: &Series, two: &Series) -> SampleSeries {
    let values = ten.values().iter().zip(two.values()).map(|(ten, two)| rounded(ten - two, 2)).collect();
    SampleSeries::new("t10y2y", ten.days().to_vec(), values)
}

pub(super) fn rounded(value: f64, decimals: u8) -> f64 {
    let unit = 10f64.powi(i32::from(decimals));
    (value * unit).round() / unit
}
