//! Figures of the two legs together: correlation, beta, volatility.

use convex_stats::correlation::{self, Correlation};
use convex_stats::regression::{self, Slope};
use convex_stats::{tracking_error, volatility_ratio};

use super::group::{absent, put_or_absent, span};
use super::{Changes, Common, periods_a_year};
use crate::Day;
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::seed::seed;

/// Draws of the bootstrap.
const DRAWS: &str = "2000 draws";

const COUNT: &str = "changes in the window";
const SPEARMAN: &str = "Spearman, interval by equal-weighted cosines on the z scale";
const PEARSON: &str = "Pearson, interval by equal-weighted cosines on the z scale";
const FISHER: &str = "Fisher z, independent days";
const BLOCK: &str = "Politis-White-Patton block length, mean over x, y and xy";
const BOOTSTRAP: &str = "stationary bootstrap of pairs, 2,000 draws";
const OLS: &str = "ordinary least squares of a on b";
const OLS_EWC: &str = "ordinary least squares of a on b, interval by equal-weighted cosines";
const HAC: &str = "Newey-West, Bartlett weights, small-sample correction";
const LOG_VOLATILITY: &str = "log of the ratio of standard deviations, interval by equal-weighted cosines";
const TRACKING: &str = "standard deviation of the difference of changes, a year";

const CORRELATION_LEAVES: [&str; 10] =
    ["n", "first", "last", "spearman", "spearman_ewc_95", "pearson", "ewc_95", "fisher_95", "block", "bootstrap_95"];
const VOLATILITY_LEAVES: [&str; 2] = ["log", "ewc_95"];
const BETA_LEAVES: [&str; 7] = ["beta", "ewc_95", "se_hac", "lag", "alpha", "r2", "n"];

/// Observations of the window by count.
pub(super) const WINDOW_OBSERVATIONS: usize = 252;
/// Calendar days of the window by date.
pub(super) const WINDOW_DAYS: i32 = 90;
/// Changes a correlation or a beta needs.
const LEAST: usize = 20;

/// A slice of the changes.
#[derive(Clone, Copy)]
struct Window<'a> {
    name: &'static str,
    least: usize,
    days: &'a [Day],
    a: &'a [f64],
    b: &'a [f64],
}

impl Window<'_> {
    fn sample(self) -> (usize, (Day, Day)) {
        (self.days.len(), span(self.days))
    }
}

/// Figures of the pair that rest on changes.
pub(super) fn change_figures(figures: &mut Figures, common: &Common, changes: &Changes, both_log: bool) {
    for window in windows(common, changes) {
        correlation_figures(figures, window);
    }
    for window in windows(common, changes) {
        beta_figures(figures, window);
    }
    volatility_figures(figures, changes);
    let tracking = if both_log {
        tracking_error_of(&common.days, changes)
    } else {
        Err(Unavailable::NotMeaningful("needs two legs measured in log changes"))
    };
    figures.put("tracking_error", tracking);
}

/// The same names, all absent for one reason.
pub(super) fn absent_change_figures(figures: &mut Figures, why: &Unavailable) {
    for window in ["90d", "252obs", "all"] {
        absent(figures, &format!("correlation.{window}"), &CORRELATION_LEAVES, why);
    }
    for window in ["90d", "252obs", "all"] {
        absent(figures, &format!("beta.{window}"), &BETA_LEAVES, why);
    }
    absent(figures, "volatility_ratio", &VOLATILITY_LEAVES, why);
    figures.put("tracking_error", Err(why.clone()));
}

fn windows<'a>(common: &Common, changes: &'a Changes) -> [Window<'a>; 3] {
    let n = changes.days.len();
    let from = |name, least, start: usize| Window {
        name,
        least,
        days: &changes.days[start..],
        a: &changes.a[start..],
        b: &changes.b[start..],
    };
    let by_date = common.days.last().map_or(n, |end| changes.days.partition_point(|day| *day <= *end - WINDOW_DAYS));
    [
        from("90d", LEAST, by_date),
        from("252obs", WINDOW_OBSERVATIONS, n.saturating_sub(WINDOW_OBSERVATIONS)),
        from("all", LEAST, 0),
    ]
}

fn correlation_figures(figures: &mut Figures, window: Window<'_>) {
    let name = format!("correlation.{}", window.name);
    let seed = seed(&name, DRAWS, window.days, window.a, window.b);
    let found = correlation::correlation(window.a, window.b, window.least, seed);
    put_or_absent(figures, &name, &CORRELATION_LEAVES, found, window.sample(), |group, found: Correlation| {
        let (first, last) = span(window.days);
        group
            .count("n", found.n, COUNT)
            .day("first", first, COUNT)
            .day("last", last, COUNT)
            .within("spearman", found.spearman, found.spearman_ewc_95, Unit::Correlation, SPEARMAN)
            .interval("spearman_ewc_95", found.spearman_ewc_95, Unit::Correlation, SPEARMAN)
            .within("pearson", found.pearson, found.ewc_95, Unit::Correlation, PEARSON)
            .interval("ewc_95", found.ewc_95, Unit::Correlation, PEARSON)
            .interval("fisher_95", found.fisher_95, Unit::Correlation, FISHER)
            .number("block", found.block, Unit::Sessions, BLOCK)
            .interval("bootstrap_95", found.bootstrap_95, Unit::Correlation, BOOTSTRAP);
    });
}

fn beta_figures(figures: &mut Figures, window: Window<'_>) {
    let name = format!("beta.{}", window.name);
    let found = regression::slope(window.a, window.b, window.least);
    put_or_absent(figures, &name, &BETA_LEAVES, found, window.sample(), |group, found: Slope| {
        group
            .within("beta", found.beta, found.ewc_95, Unit::Ratio, OLS_EWC)
            .interval("ewc_95", found.ewc_95, Unit::Ratio, OLS_EWC)
            .number("se_hac", found.se_hac, Unit::Ratio, HAC)
            .count("lag", found.lag, HAC)
            .number("alpha", found.alpha, Unit::Ratio, OLS)
            .number("r2", found.r2, Unit::Ratio, OLS)
            .count("n", found.n, COUNT);
    });
}

fn volatility_figures(figures: &mut Figures, changes: &Changes) {
    let found = volatility_ratio::volatility_ratio(&changes.a, &changes.b);
    let sample = (changes.days.len(), span(&changes.days));
    put_or_absent(figures, "volatility_ratio", &VOLATILITY_LEAVES, found, sample, |group, found| {
        group.within("log", found.log, found.ewc_95, Unit::Log, LOG_VOLATILITY).interval(
            "ewc_95",
            found.ewc_95,
            Unit::Log,
            LOG_VOLATILITY,
        );
    });
}

/// Tracking error of two legs measured in log changes, over changes between common days.
pub(super) fn tracking_error_of(days: &[Day], changes: &Changes) -> Figure {
    let yearly = tracking_error::tracking_error(&changes.a, &changes.b, periods_a_year(days))?;
    Estimate::number(yearly, Unit::Fraction, changes.days.len(), span(&changes.days), TRACKING)
}
