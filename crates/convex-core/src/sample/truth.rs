//! What is known about the sample market because it was made, not measured.

use super::holidays::Venue;
use super::state::{State, TRANSITION};
use super::table::{AFTER_THE_FIX, ASSETS, Asset, BITCOIN};

/// The parameters behind the numbers, for tests of the statistics that should find them again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truth;

/// The known parameters of the sample market.
pub fn truth() -> Truth {
    Truth
}

impl Truth {
    /// Ids of the series with known parameters: all daily ones but `t10y2y`, which is a difference of two.
    pub fn ids(self) -> impl Iterator<Item = &'static str> {
        ASSETS.iter().chain([&BITCOIN]).map(|asset| asset.id)
    }

    /// Probability of each state (second index) on the next weekday, given today's (first index).
    pub fn transition(self) -> [[f64; 3]; 3] {
        TRANSITION
    }

    /// Share of weekdays spent in each state in the long run.
    pub fn shares(self) -> [f64; 3] {
        let mut shares = [1.0 / 3.0; 3];
        // The second eigenvalue of the chain is near 0.98, so 10,000 steps leave nothing of the start.
        for _ in 0..10_000 {
            shares = std::array::from_fn(|to| (0..3).map(|from| shares[from] * TRANSITION[from][to]).sum());
        }
        shares
    }

    /// Standard deviation of one session's shock: of the logarithm, or in percentage points for `dgs10` and `dgs2`.
    pub fn volatility(self, state: State, id: &str) -> Option<f64> {
        Some(asset(id)?.volatility(state))
    }

    /// Mean of one session's log change, payouts included; zero where the level returns to a mean.
    pub fn drift(self, state: State, id: &str) -> Option<f64> {
        Some(asset(id)?.drift(state))
    }

    /// Correlation of the same day's shocks.
    pub fn correlation(self, state: State, a: &str, b: &str) -> Option<f64> {
        let (a, b) = (asset(a)?, asset(b)?);
        if a.id == b.id {
            return Some(1.0);
        }
        Some(shared(a, b, state) * same_day(a, b).sqrt())
    }

    /// Correlation of one day's shock of the first with the next day's of the second; zero unless only the second is
    /// fixed before New York closes.
    pub fn correlation_next_day(self, state: State, a: &str, b: &str) -> Option<f64> {
        let (a, b) = (asset(a)?, asset(b)?);
        let waits = b.venue == Venue::London && a.venue != Venue::London;
        Some(if waits { shared(a, b, state) * AFTER_THE_FIX.sqrt() } else { 0.0 })
    }

    /// Slope of the first's shock on the second's of the same day.
    pub fn beta(self, state: State, a: &str, b: &str) -> Option<f64> {
        Some(self.correlation(state, a, b)? * self.volatility(state, a)? / self.volatility(state, b)?)
    }
}

/// Correlation if both were fixed at the same hour.
fn shared(a: &Asset, b: &Asset, state: State) -> f64 {
    a.loadings(state).iter().zip(b.loadings(state)).map(|(one, other)| one * other).sum()
}

/// Share of the common variance that reaches both on the same day.
fn same_day(a: &Asset, b: &Asset) -> f64 {
    if (a.venue == Venue::London) == (b.venue == Venue::London) { 1.0 } else { 1.0 - AFTER_THE_FIX }
}

fn asset(id: &str) -> Option<&'static Asset> {
    ASSETS.iter().chain([&BITCOIN]).find(|asset| asset.id == id.strip_suffix(".tr").unwrap_or(id))
}
