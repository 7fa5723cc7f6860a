//! The weather of the sample market: a Markov chain of three states, stepped once each weekday.

/// State of the market on one day. It governs the day's changes of every series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Small moves, loose links.
    Calm,
    /// In between.
    Normal,
    /// Large moves, tight links.
    Stress,
}

/// Probability of each state (column) tomorrow, given today's (row).
pub(super) const TRANSITION: [[f64; 3]; 3] = [[0.985, 0.0145, 0.0005], [0.011, 0.982, 0.007], [0.000, 0.030, 0.970]];

impl State {
    /// All states, from calm to stress.
    pub const ALL: [Self; 3] = [Self::Calm, Self::Normal, Self::Stress];

    /// Place in [`State::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Normal => "normal",
            Self::Stress => "stress",
        }
    }

    /// Tomorrow's state, chosen by a uniform number.
    pub(super) fn next(self, uniform: f64) -> Self {
        let [calm, normal, _] = TRANSITION[self.index()];
        if uniform < calm {
            Self::Calm
        } else if uniform < calm + normal {
            Self::Normal
        } else {
            Self::Stress
        }
    }
}
