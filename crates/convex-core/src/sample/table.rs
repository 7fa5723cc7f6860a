//! The parameters: who is simulated, and how each behaves in each state.

use super::holidays::Venue;
use super::state::State;
use crate::Day;

/// Sources of common movement, independent of one another.
pub(super) const FACTORS: usize = 7;

/// Weights on market, small against large, growth, rates, credit, dollar and oil. What they leave is the asset's own.
type Loadings = [f64; FACTORS];

/// One simulated daily series.
pub(super) struct Asset {
    pub(super) id: &'static str,
    pub(super) start: f64,
    /// First day, if later than the market's.
    pub(super) since: Option<(i16, i8, i8)>,
    pub(super) venue: Venue,
    pub(super) path: Path,
    /// Decimals printed.
    pub(super) decimals: u8,
    /// Annual volatility and drift in percent, and the loadings: calm, normal, stress.
    pub(super) states: [(f64, f64, Loadings); 3],
}

/// How the level follows from the shocks.
pub(super) enum Path {
    /// A walk in logarithms.
    Walk,
    /// A walk in logarithms that pays out a share of itself each year, in so many parts.
    Fund { yearly: f64, payouts: u8, total_return: &'static str },
    /// The logarithm returns to the state's level, which widens with the day's variance by `spill`.
    LogReverting { levels: [f64; 3], pull: f64, spill: f64 },
    /// The level itself returns to the state's; never below `floor`.
    Reverting { levels: [f64; 3], pull: f64, floor: f64 },
}

impl Asset {
    /// Observations a year, by which annual figures become daily ones.
    pub(super) fn per_year(&self) -> f64 {
        if self.venue == Venue::SevenDay { 365.0 } else { 252.0 }
    }

    /// Standard deviation of one day's change: of the logarithm, or of the level for a rate.
    pub(super) fn volatility(&self, state: State) -> f64 {
        self.states[state.index()].0 / 100.0 / self.per_year().sqrt()
    }

    /// Mean of one day's change of the logarithm, payouts included.
    pub(super) fn drift(&self, state: State) -> f64 {
        self.states[state.index()].1 / 100.0 / self.per_year()
    }

    pub(super) fn loadings(&self, state: State) -> &Loadings {
        &self.states[state.index()].2
    }

    /// Weight of the asset's own shock, so that all weights square to one.
    pub(super) fn own(&self, state: State) -> f64 {
        (1.0 - self.loadings(state).iter().map(|weight| weight * weight).sum::<f64>()).sqrt()
    }

    pub(super) fn begins(&self, from: Day) -> Day {
        self.since.and_then(|(year, month, day)| Day::new(year, month, day)).map_or(from, |since| since.max(from))
    }
}

/// Share of a day's variance that reaches the London fix only on the next day: New York closes hours later.
pub(super) const AFTER_THE_FIX: f64 = 0.25;

const NO_DRIFT: f64 = 0.0;

/// Every daily series but those derived from others. New rows go last: the order is the order of the draws.
pub(super) const ASSETS: [Asset; 14] = [
    fund(
        "spy",
        104.0,
        None,
        (1.8, 4, "spy.tr"),
        [
            (9.5, 18.0, [0.970, 0.0, 0.00, 0.0, 0.0, 0.0, 0.0]),
            (15.5, 10.0, [0.980, 0.0, 0.00, 0.0, 0.0, 0.0, 0.0]),
            (34.0, -24.0, [0.990, 0.0, 0.00, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    fund(
        "dia",
        96.0,
        None,
        (2.0, 4, "dia.tr"),
        [
            (9.0, 16.0, [0.920, -0.20, -0.10, 0.0, 0.0, 0.0, 0.0]),
            (15.0, 9.0, [0.950, -0.15, -0.08, 0.0, 0.0, 0.0, 0.0]),
            (32.0, -20.0, [0.975, -0.08, -0.05, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    fund(
        "iwm",
        47.0,
        None,
        (1.3, 4, "iwm.tr"),
        [
            (13.5, 18.0, [0.780, 0.45, 0.0, 0.0, -0.10, 0.0, 0.0]),
            (21.0, 10.0, [0.870, 0.35, 0.0, 0.0, -0.10, 0.0, 0.0]),
            (43.0, -28.0, [0.945, 0.22, 0.0, 0.0, -0.10, 0.0, 0.0]),
        ],
    ),
    fund(
        "rsp",
        52.0,
        Some((2003, 5, 1)),
        (1.7, 4, "rsp.tr"),
        [
            (10.5, 17.0, [0.930, 0.25, 0.0, 0.0, -0.04, 0.0, 0.0]),
            (17.0, 10.0, [0.955, 0.20, 0.0, 0.0, -0.04, 0.0, 0.0]),
            (37.0, -25.0, [0.980, 0.14, 0.0, 0.0, -0.04, 0.0, 0.0]),
        ],
    ),
    fund(
        "qqq",
        31.0,
        None,
        (0.7, 4, "qqq.tr"),
        [
            (12.5, 23.0, [0.840, -0.05, 0.45, 0.0, 0.0, 0.0, 0.0]),
            (20.0, 14.0, [0.890, -0.05, 0.38, 0.0, 0.0, 0.0, 0.0]),
            (37.0, -24.0, [0.930, -0.05, 0.30, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    fund(
        "hyg",
        94.0,
        Some((2007, 4, 11)),
        (5.6, 12, "hyg.tr"),
        [
            (3.5, 8.5, [0.45, 0.10, 0.0, -0.25, -0.45, 0.0, 0.05]),
            (6.5, 6.0, [0.60, 0.08, 0.0, -0.20, -0.45, 0.0, 0.05]),
            (16.0, -6.0, [0.74, 0.05, 0.0, -0.10, -0.45, 0.0, 0.05]),
        ],
    ),
    fund(
        "tlt",
        88.0,
        None,
        (3.0, 12, "tlt.tr"),
        [
            (11.5, 1.5, [-0.15, 0.0, 0.0, -0.930, 0.0, 0.0, 0.0]),
            (14.0, 3.0, [-0.28, 0.0, 0.0, -0.900, 0.0, 0.0, 0.0]),
            (21.0, 9.0, [-0.45, 0.0, 0.0, -0.840, 0.0, 0.0, 0.0]),
        ],
    ),
    Asset {
        id: "gold",
        start: 388.0,
        since: None,
        venue: Venue::London,
        path: Path::Walk,
        decimals: 2,
        states: [
            (12.5, 5.0, [0.02, 0.0, 0.0, -0.30, 0.0, -0.42, 0.05]),
            (16.0, 7.0, [0.00, 0.0, 0.0, -0.35, 0.0, -0.42, 0.08]),
            (25.0, 14.0, [-0.22, 0.0, 0.0, -0.30, 0.0, -0.35, 0.05]),
        ],
    },
    Asset {
        id: "vixcls",
        start: 18.0,
        since: None,
        venue: Venue::NewYork,
        path: Path::LogReverting { levels: [12.6, 18.5, 33.0], pull: 0.10, spill: 0.25 },
        decimals: 2,
        states: [
            (85.0, NO_DRIFT, [-0.74, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            (100.0, NO_DRIFT, [-0.79, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            (125.0, NO_DRIFT, [-0.84, 0.0, 0.0, 0.0, 0.05, 0.0, 0.0]),
        ],
    },
    Asset {
        id: "dgs10",
        start: 4.1,
        since: None,
        venue: Venue::Bonds,
        path: Path::Reverting { levels: [3.9, 3.6, 3.0], pull: 0.0027, floor: 0.25 },
        decimals: 2,
        states: [
            (65.0, NO_DRIFT, [0.15, 0.0, 0.0, 0.930, 0.0, 0.0, 0.0]),
            (85.0, NO_DRIFT, [0.28, 0.0, 0.0, 0.900, 0.0, 0.0, 0.0]),
            (120.0, NO_DRIFT, [0.45, 0.0, 0.0, 0.840, 0.0, 0.0, 0.0]),
        ],
    },
    Asset {
        id: "dgs2",
        start: 2.1,
        since: None,
        venue: Venue::Bonds,
        path: Path::Reverting { levels: [3.7, 3.1, 1.6], pull: 0.0022, floor: 0.10 },
        decimals: 2,
        states: [
            (48.0, NO_DRIFT, [0.10, 0.0, 0.0, 0.74, 0.0, 0.10, 0.0]),
            (68.0, NO_DRIFT, [0.22, 0.0, 0.0, 0.72, 0.0, 0.10, 0.0]),
            (100.0, NO_DRIFT, [0.38, 0.0, 0.0, 0.68, 0.0, 0.10, 0.0]),
        ],
    },
    Asset {
        id: "bamlh0a0hym2",
        start: 4.6,
        since: None,
        venue: Venue::Bonds,
        path: Path::LogReverting { levels: [3.2, 4.3, 7.6], pull: 0.015, spill: 0.05 },
        decimals: 2,
        states: [
            (16.0, NO_DRIFT, [-0.42, -0.08, 0.0, 0.0, 0.60, 0.0, -0.05]),
            (22.0, NO_DRIFT, [-0.55, -0.08, 0.0, 0.0, 0.60, 0.0, -0.05]),
            (34.0, NO_DRIFT, [-0.66, -0.05, 0.0, 0.0, 0.58, 0.0, -0.05]),
        ],
    },
    Asset {
        id: "dtwexbgs",
        start: 104.0,
        since: Some((2006, 1, 2)),
        venue: Venue::Bonds,
        path: Path::LogReverting { levels: [101.0, 106.0, 114.0], pull: 0.0012, spill: 0.0 },
        decimals: 4,
        states: [
            (4.4, NO_DRIFT, [-0.18, 0.0, 0.0, 0.20, 0.0, 0.85, -0.08]),
            (5.6, NO_DRIFT, [-0.28, 0.0, 0.0, 0.20, 0.0, 0.82, -0.08]),
            (8.8, NO_DRIFT, [-0.42, 0.0, 0.0, 0.12, 0.0, 0.78, -0.08]),
        ],
    },
    Asset {
        id: "wti",
        start: 41.0,
        since: None,
        venue: Venue::Bonds,
        path: Path::LogReverting { levels: [76.0, 68.0, 52.0], pull: 0.0025, spill: 0.0 },
        decimals: 2,
        states: [
            (26.0, NO_DRIFT, [0.18, 0.0, 0.0, 0.05, 0.0, -0.14, 0.86]),
            (34.0, NO_DRIFT, [0.28, 0.0, 0.0, 0.08, 0.0, -0.14, 0.84]),
            (58.0, NO_DRIFT, [0.46, 0.0, 0.0, 0.10, 0.0, -0.12, 0.76]),
        ],
    },
];

/// Bitcoin trades on days on which nothing else does, so its own draws come from streams of their own.
pub(super) const BITCOIN: Asset = Asset {
    id: "btc",
    start: 430.0,
    since: Some((2014, 9, 17)),
    venue: Venue::SevenDay,
    path: Path::Walk,
    decimals: 2,
    states: [
        (48.0, 50.0, [0.10, 0.0, 0.10, 0.0, 0.0, -0.06, 0.0]),
        (62.0, 40.0, [0.22, 0.0, 0.14, 0.0, 0.0, -0.08, 0.0]),
        (85.0, -30.0, [0.42, 0.0, 0.14, 0.0, 0.0, -0.10, 0.0]),
    ],
};

const fn fund(
    id: &'static str,
    start: f64,
    since: Option<(i16, i8, i8)>,
    (yearly, payouts, total_return): (f64, u8, &'static str),
    states: [(f64, f64, Loadings); 3],
) -> Asset {
    let path = Path::Fund { yearly: yearly / 100.0, payouts, total_return };
    Asset { id, start, since, venue: Venue::NewYork, path, decimals: 2, states }
}
