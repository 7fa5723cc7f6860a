//! Which style a figure is read in: decided by its name and by how the leg's changes are measured.

use convex_core::catalog::{ChangeKind, Metric, Role};

/// How a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As its unit is read: levels, shares, correlations, counts, days.
    Plain,
    /// A change, with its sign.
    Change,
    /// A change on a tile: with its sign, one decimal.
    Tile,
    /// A share of a whole, in whole per cent, one decimal below ten.
    Share,
    /// A logarithm for one step of something else, in per cent with its sign.
    Slope,
    /// A difference of rates, in whole basis points without a sign.
    BasisPoints,
    /// A difference of rates, in whole basis points with its sign.
    SignedBasisPoints,
    /// A natural logarithm, printed as the factor it stands for.
    Factor,
    /// Four significant digits, whatever the unit is quoted with.
    Significant,
    /// A bare number with two decimals.
    Number,
    /// A bare number with two decimals and its sign.
    SignedNumber,
}

/// How changes of a leg are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In per cent: prices, indices, volatility indices, counts.
    Percent,
    /// In basis points: rates, yields, spreads.
    BasisPoints,
    /// In the metric's own unit: diffusion indices, unemployment.
    Own,
}

impl Measure {
    /// How changes of a metric are read.
    pub fn of(metric: &Metric) -> Self {
        match (metric.change, metric.role) {
            (ChangeKind::Log, _) => Self::Percent,
            (ChangeKind::Difference, Role::Rate | Role::Spread) => Self::BasisPoints,
            (ChangeKind::Difference, _) => Self::Own,
        }
    }
}

impl Style {
    /// The style of the figure of that name (with or without its leg), for a leg or gap so measured.
    pub fn of(name: &str, measure: Measure) -> Self {
        let is_rate = measure == Measure::BasisPoints;
        let last = name.rsplit('.').next().unwrap_or(name);
        let is_horizon = name.contains("change.") || last.starts_with("change_");
        let group = name.split('.').next().unwrap_or(name);
        match last {
            _ if is_horizon && is_rate => Self::SignedBasisPoints,
            _ if is_horizon || name.contains("growth") || name.contains("drawdown.") => Self::Change,
            "best" | "worst" | "max_drawdown" if is_rate => Self::SignedBasisPoints,
            "best" | "worst" | "max_drawdown" => Self::Change,
            "volatility" | "tracking_error" if is_rate => Self::BasisPoints,
            "range_position" | "percentile_all" | "up_share" | "variance_reduction" | "es5_reduction"
            | "in_sample_r2" | "shapley_share" => Self::Share,
            "stdev" | "se_hac" | "alpha" => Self::Significant,
            "slope" | "ewc_95" if group == "drivers" => Self::Slope,
            "skew" | "excess_kurtosis" => Self::SignedNumber,
            "difference" if group == "tails" => Self::Plain,
            "beta" | "r2" | "beta_up" | "beta_down" | "difference" | "gamma" | "ratio_now" | "vr" | "beta_ewc_95"
            | "beta_t_copula" | "beta_excess" | "beta_excess_ewc_95" => Self::Number,
            "log" | "log_vs_a" | "log_vs_b" => Self::Factor,
            "ewc_95" | "es5_ewc_95" if group.starts_with("hedge") => Self::Share,
            "ewc_95" if group == "beta" => Self::Number,
            _ if group == "volatility_ratio" => Self::Factor,
            _ => Self::Plain,
        }
    }

    /// The same on a tile, where room is short.
    #[must_use]
    pub fn on_tile(self) -> Self {
        if self == Self::Change { Self::Tile } else { self }
    }

    pub(super) fn is_change(self) -> bool {
        matches!(self, Self::Change | Self::Tile | Self::SignedBasisPoints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide() {
        let table = [
            ("a.value", Measure::Percent, Style::Plain),
            ("a.change.90d", Measure::Percent, Style::Change),
            ("change.1obs", Measure::BasisPoints, Style::SignedBasisPoints),
            ("b.window_90d.volatility", Measure::Percent, Style::Plain),
            ("b.window_90d.volatility", Measure::BasisPoints, Style::BasisPoints),
            ("a.window_90d.skew", Measure::Percent, Style::SignedNumber),
            ("ratio.change_90d", Measure::Percent, Style::Change),
            ("a.growth.10y", Measure::Percent, Style::Change),
            ("b.drawdown.deepest", Measure::Percent, Style::Change),
            ("spread.change_90d", Measure::BasisPoints, Style::SignedBasisPoints),
            ("ratio.z_1y", Measure::Percent, Style::Plain),
            ("beta.90d.beta", Measure::Percent, Style::Number),
            ("beta.90d.ewc_95", Measure::Percent, Style::Number),
            ("correlation.90d.ewc_95", Measure::Percent, Style::Plain),
            ("hedge.variance_reduction", Measure::Percent, Style::Share),
            ("hedge.5.ewc_95", Measure::Percent, Style::Share),
            ("asymmetry.beta_up", Measure::Percent, Style::Number),
            ("tails.on_falls.beta", Measure::Percent, Style::Number),
            ("tails.fall_less_rise.difference", Measure::Percent, Style::Plain),
            ("drivers.vix.slope", Measure::Percent, Style::Slope),
            ("common_part.log_vs_a", Measure::Percent, Style::Factor),
            ("volatility_ratio.log", Measure::Percent, Style::Factor),
            ("volatility_ratio.ewc_95", Measure::Percent, Style::Factor),
        ];
        for (name, measure, expected) in table {
            assert_eq!(Style::of(name, measure), expected, "{name} {measure:?}");
        }
    }
}
