//! What all series share on a weekday: the state, the variance within it, one scale, and the factors.

use super::draws::{Draws, Purpose};
use super::holidays::Venue;
use super::state::State;
use super::table::FACTORS;
use crate::Day;

/// How much of yesterday's log-variance is left today.
const PERSISTENCE: f64 = 0.96;
/// Standard deviation of the log-variance in the long run.
const SPREAD: f64 = 0.6;
/// Correlation of the log-variance's shock with the market's of the day before: falls are followed by larger moves.
const LEVERAGE: f64 = -0.5;

/// One weekday.
pub(super) struct Session {
    pub(super) day: Day,
    /// Whether each venue is open, by its place in [`Venue::ALL`].
    pub(super) open: [bool; 4],
    pub(super) state: State,
    /// Log-variance within the state, mean zero.
    pub(super) log_variance: f64,
    /// What every normal shock of the day is multiplied by: the day's volatility over the state's, and the t's scale.
    pub(super) scale: f64,
    pub(super) factors: [f64; FACTORS],
    /// The factors of the weekday before.
    pub(super) factors_before: [f64; FACTORS],
    /// The day's stream, for the series' own shocks.
    pub(super) draws: Draws,
}

/// The weekdays from one day to another, in order.
pub(super) struct Weather<'a> {
    draws: &'a Draws,
    next: Day,
    last: Day,
    state: State,
    log_variance: f64,
    factors: [f64; FACTORS],
}

impl<'a> Weather<'a> {
    pub(super) fn new(draws: &'a Draws, from: Day, to: Day) -> Self {
        Self { draws, next: from, last: to, state: State::Normal, log_variance: 0.0, factors: [0.0; FACTORS] }
    }

    fn session(&mut self, day: Day) -> Session {
        let mut draws = self.draws.of(day, Purpose::Session);
        self.state = self.state.next(draws.uniform());
        let shock = LEVERAGE * self.factors[0] + (1.0 - LEVERAGE * LEVERAGE).sqrt() * draws.normal();
        self.log_variance = PERSISTENCE * self.log_variance + SPREAD * (1.0 - PERSISTENCE * PERSISTENCE).sqrt() * shock;
        let scale = within_state(self.log_variance) * draws.common_scale();
        let factors = std::array::from_fn(|_| draws.normal());
        let factors_before = std::mem::replace(&mut self.factors, factors);
        let open = Venue::ALL.map(|venue| venue.is_open(day));
        Session { day, open, state: self.state, log_variance: self.log_variance, scale, factors, factors_before, draws }
    }
}

impl Iterator for Weather<'_> {
    type Item = Session;

    fn next(&mut self) -> Option<Session> {
        while self.next <= self.last {
            let day = self.next;
            self.next = day + 1;
            if !day.is_weekend() {
                return Some(self.session(day));
            }
            if day == Day::MAX {
                break;
            }
        }
        None
    }
}

/// The day's volatility over the state's; its square is one on average.
pub(super) fn within_state(log_variance: f64) -> f64 {
    ((log_variance - SPREAD * SPREAD / 2.0) / 2.0).exp()
}
