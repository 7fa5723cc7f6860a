//! Units of figures.

use crate::catalog::MetricUnit;

/// Unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A share of one: 0.05 is five per cent.
    Fraction,
    /// Between -1 and 1.
    Correlation,
    /// Between 0 and 1.
    Probability,
    /// One quantity over another.
    Ratio,
    /// Calendar days.
    Days,
    /// Observations in a row.
    Sessions,
    /// A number of things.
    Count,
    /// A day.
    Date,
    /// Standard deviations or standard errors.
    Stdevs,
    /// A natural logarithm.
    Log,
    /// The metric's own unit.
    Own(MetricUnit),
}

impl Unit {
    /// The word used on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fraction => "fraction",
            Self::Correlation => "correlation",
            Self::Probability => "probability",
            Self::Ratio => "ratio",
            Self::Days => "days",
            Self::Sessions => "sessions",
            Self::Count => "count",
            Self::Date => "date",
            Self::Stdevs => "stdevs",
            Self::Log => "log",
            Self::Own(unit) => unit.word(),
        }
    }
}

impl MetricUnit {
    /// The word used on the wire and in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::UsdMillions => "USD millions",
            Self::Jpy => "JPY",
            Self::Index => "index",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Count => "count",
            Self::Flag => "flag",
        }
    }
}
