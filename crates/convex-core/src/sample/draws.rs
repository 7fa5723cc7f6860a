//! Random numbers of one day: every day has a stream of its own, so a later end leaves earlier days as they were.

use rand::rand_core::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::Day;

/// Degrees of freedom of the Student t that all shocks of one day share.
pub(super) const DEGREES_OF_FREEDOM: f64 = 6.0;

/// What a stream is drawn for; part of its number, so no two purposes share one.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Session = 0,
    CryptoDay = 1,
    Week = 2,
    Month = 3,
}

/// Draws one seed's streams.
#[derive(Clone)]
pub(super) struct Draws(ChaCha8Rng);

impl Draws {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// The stream of a day and a purpose, from its beginning.
    pub(super) fn of(&self, day: Day, purpose: Purpose) -> Self {
        let mut stream = self.0.clone();
        let number = (i64::from(day.epoch_days()) - i64::from(Day::MIN.epoch_days())) as u64;
        stream.set_stream(number * 4 + purpose as u64);
        Self(stream)
    }

    /// Uniform between zero and one, neither included.
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) * 2f64.powi(-52)
    }

    /// Standard normal, by Box and Muller.
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// The factor that turns a day's normal shocks into Student t shocks of variance one; the same for all of them.
    pub(super) fn common_scale(&mut self) -> f64 {
        // A chi-squared of six degrees of freedom is minus twice the logarithm of a product of three uniforms.
        let chi_squared = -2.0 * (self.uniform() * self.uniform() * self.uniform()).ln();
        ((DEGREES_OF_FREEDOM - 2.0) / chi_squared).sqrt()
    }
}
