//! How a metric is measured: cadence, unit, kind of change, role, direction of risk.

use super::vocabulary::{Word, vocabulary};

/// How often a new observation is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cadence {
    /// Streaming.
    RealTime,
    /// Minutes late.
    Delayed,
    /// Once a session.
    Daily,
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
}

vocabulary!(Cadence, "cadence", {
    RealTime => "real-time", "real-time";
    Delayed => "delayed", "delayed";
    Daily => "daily", "daily";
    Weekly => "weekly", "weekly";
    Monthly => "monthly", "monthly";
});

/// Unit of a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetricUnit {
    /// US dollars (a share, an ounce, a barrel, a coin: the definition says which).
    Usd,
    /// US dollars in millions.
    UsdMillions,
    /// Japanese yen (for one US dollar).
    Jpy,
    /// Index points.
    Index,
    /// Percent a year, or percent of a whole.
    Percent,
    /// Percentage points (a difference of two percentages).
    Points,
    /// A number of things.
    Count,
    /// Zero or one.
    Flag,
}

impl MetricUnit {
    /// Every value, in the order of the documentation.
    pub const ALL: &'static [Self] =
        &[Self::Usd, Self::UsdMillions, Self::Jpy, Self::Index, Self::Percent, Self::Points, Self::Count, Self::Flag];

    /// The words a reader sees, fit for the middle of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Usd => "US dollars",
            Self::UsdMillions => "millions of US dollars",
            Self::Jpy => "yen",
            Self::Index => "index points",
            Self::Percent => "percent",
            Self::Points => "percentage points",
            Self::Count => "a count",
            Self::Flag => "0 or 1",
        }
    }

    /// The code of the currency, if the unit is money.
    pub fn currency(self) -> Option<&'static str> {
        match self {
            Self::Usd | Self::UsdMillions => Some("USD"),
            Self::Jpy => Some("JPY"),
            _ => None,
        }
    }

    /// Whether values are percentages, so that a difference of two may be shown in basis points.
    pub fn is_percentage(self) -> bool {
        matches!(self, Self::Percent | Self::Points)
    }
}

impl Word for MetricUnit {
    const WHAT: &'static str = "unit";

    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn spelling(self) -> &'static str {
        self.word()
    }
}

/// How a change is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// Logarithm of the ratio: prices, indices, volatility indices, counts.
    Log,
    /// Difference in its own unit: yields, spreads, rates, diffusion indices.
    Difference,
}

vocabulary!(ChangeKind, "change", {
    Log => "log", "log changes";
    Difference => "difference", "differences";
});

/// What one can do with a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Can be bought and held.
    Investable,
    /// An index on things that can be bought.
    Index,
    /// An interest rate.
    Rate,
    /// A difference of rates.
    Spread,
    /// Says something, cannot be bought (VIX).
    Signal,
    /// An amount that moves (a balance sheet).
    Flow,
    /// A statistical release.
    Macro,
}

vocabulary!(Role, "role", {
    Investable => "investable", "can be bought and held";
    Index => "index", "an index on things that can be bought";
    Rate => "rate", "an interest rate";
    Spread => "spread", "a difference of rates";
    Signal => "signal", "a signal, not an asset";
    Flow => "flow", "an amount, not an asset";
    Macro => "macro", "a statistical release";
});

impl Role {
    /// Whether a holder can earn what the metric does, outright or by a fund on it.
    pub fn can_be_held(self) -> bool {
        matches!(self, Self::Investable | Self::Index)
    }
}

/// Which way a metric goes when appetite for risk rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RiskSign {
    /// Up.
    On,
    /// Down.
    Off,
    /// Neither.
    None,
}

vocabulary!(RiskSign, "risk", {
    On => "on", "tends to rise with the appetite for risk";
    Off => "off", "tends to fall when the appetite for risk rises";
    None => "none", "has no fixed tie to the appetite for risk";
});
