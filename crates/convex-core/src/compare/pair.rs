//! Figures of the two legs together: correlation, beta, volatility.

use convex_stats::correlation::{self, Correlation};
use convex_stats::regression::{self, Slope};
use convex_stats::volatility_ratio;

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
const BETA_LEAVES: [&str; 7] = ["beta", "ewc_95", "se_hac", "lag", "alpha", "r2", "n"];

/// Observations of the window by count.
const WINDOW_OBSERVATIONS: usize = 252;
/// Calendar days of the window by date.
const WINDOW_DAYS: i32 = 90;
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
        tracking_error(common, changes)
    } else {
        Err(Unavailable::NotMeaningful("needs two legs measured in log changes"))
    };
    figures.put("tracking_error", tracking);
}

/// The same names, all absent for one reason.
pub(super) fn absent_change_figures(figures: &mut Figures, why: &Unavailable) {
    for window in ["90d", "252obs", "all"] {
        absent_group(figures, &format!("correlation.{window}"), &CORRELATION_LEAVES, why);
    }
    for window in ["90d", "252obs", "all"] {
        absent_group(figures, &format!("beta.{window}"), &BETA_LEAVES, why);
    }
    absent_group(figures, "volatility_ratio", &["log", "ewc_95"], why);
    figures.put("tracking_error", Err(why.clone()));
}

/// A group that could not be computed stands under its own name and under each of its leaves.
pub(super) fn absent_group(figures: &mut Figures, group: &str, leaves: &[&str], why: &Unavailable) {
    figures.put(group, Err(why.clone()));
    for leaf in leaves {
        figures.put(format!("{group}.{leaf}"), Err(why.clone()));
    }
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

fn span(days: &[Day]) -> (Day, Day) {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => (Day::MIN, Day::MAX),
    }
}

fn correlation_figures(figures: &mut Figures, window: Window<'_>) {
    let group = format!("correlation.{}", window.name);
    let seed = seed(&group, DRAWS, window.days, window.a, window.b);
    let found = match correlation::correlation(window.a, window.b, window.least, seed) {
        Ok(found) => found,
        Err(why) => return absent_group(figures, &group, &CORRELATION_LEAVES, &why.into()),
    };
    let Correlation { n, spearman, spearman_ewc_95, pearson, ewc_95, fisher_95, block, bootstrap_95 } = found;
    let span = span(window.days);
    let mut put = |leaf: &str, figure: Figure| figures.put(format!("{group}.{leaf}"), figure);
    put("n", Estimate::number(n as f64, Unit::Count, n, span, COUNT));
    put("first", Estimate::day(span.0, n, span, COUNT));
    put("last", Estimate::day(span.1, n, span, COUNT));
    put(
        "spearman",
        Estimate::number(spearman, Unit::Correlation, n, span, SPEARMAN).map(|e| e.within(spearman_ewc_95)),
    );
    put("spearman_ewc_95", Estimate::interval(spearman_ewc_95, Unit::Correlation, n, span, SPEARMAN));
    put("pearson", Estimate::number(pearson, Unit::Correlation, n, span, PEARSON).map(|e| e.within(ewc_95)));
    put("ewc_95", Estimate::interval(ewc_95, Unit::Correlation, n, span, PEARSON));
    put("fisher_95", Estimate::interval(fisher_95, Unit::Correlation, n, span, FISHER));
    put("block", Estimate::number(block, Unit::Sessions, n, span, BLOCK));
    put("bootstrap_95", Estimate::interval(bootstrap_95, Unit::Correlation, n, span, BOOTSTRAP));
}

fn beta_figures(figures: &mut Figures, window: Window<'_>) {
    let group = format!("beta.{}", window.name);
    let found = match regression::slope(window.a, window.b, window.least) {
        Ok(found) => found,
        Err(why) => return absent_group(figures, &group, &BETA_LEAVES, &why.into()),
    };
    let Slope { beta, ewc_95, se_hac, lag, alpha, r2, n } = found;
    let span = span(window.days);
    let mut put = |leaf: &str, figure: Figure| figures.put(format!("{group}.{leaf}"), figure);
    put("beta", Estimate::number(beta, Unit::Ratio, n, span, OLS_EWC).map(|e| e.within(ewc_95)));
    put("ewc_95", Estimate::interval(ewc_95, Unit::Ratio, n, span, OLS_EWC));
    put("se_hac", Estimate::number(se_hac, Unit::Ratio, n, span, HAC));
    put("lag", Estimate::number(lag as f64, Unit::Count, n, span, HAC));
    put("alpha", Estimate::number(alpha, Unit::Ratio, n, span, OLS));
    put("r2", Estimate::number(r2, Unit::Ratio, n, span, OLS));
    put("n", Estimate::number(n as f64, Unit::Count, n, span, COUNT));
}

fn volatility_figures(figures: &mut Figures, changes: &Changes) {
    match volatility_ratio::volatility_ratio(&changes.a, &changes.b) {
        Ok(found) => {
            let (n, span) = (changes.days.len(), span(&changes.days));
            let log = Estimate::number(found.log, Unit::Log, n, span, LOG_VOLATILITY).map(|e| e.within(found.ewc_95));
            figures.put("volatility_ratio.log", log);
            figures
                .put("volatility_ratio.ewc_95", Estimate::interval(found.ewc_95, Unit::Log, n, span, LOG_VOLATILITY));
        }
        Err(why) => absent_group(figures, "volatility_ratio", &["log", "ewc_95"], &why.into()),
    }
}

fn tracking_error(common: &Common, changes: &Changes) -> Figure {
    let difference: Vec<f64> = changes.a.iter().zip(&changes.b).map(|(a, b)| a - b).collect();
    let yearly = convex_stats::describe::stdev(&difference)? * periods_a_year(&common.days).sqrt();
    Estimate::number(yearly, Unit::Fraction, difference.len(), span(&changes.days), TRACKING)
}
