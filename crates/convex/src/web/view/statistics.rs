//! The tables of statistics: both legs side by side, then the pair over its three windows.

use convex_core::catalog::{Category, Metric};
use convex_core::compare::Comparison;

use super::analysis::WINDOWS;
use super::figures::Reader;
use crate::format;
use crate::web::shown::Shown;

/// The block of that title.
#[derive(Clone, Debug)]
pub(in crate::web) struct Statistics {
    /// Dates and counts, above the table.
    pub(in crate::web) scope: String,
    pub(in crate::web) legs: Vec<LegRow>,
    /// Growth and falls over the years, where a leg has any.
    pub(in crate::web) years: Vec<LegRow>,
    pub(in crate::web) pair: Vec<PairRow>,
    pub(in crate::web) gap: Vec<(&'static str, Shown)>,
}

/// One line of the table of legs.
#[derive(Clone, Debug)]
pub(in crate::web) struct LegRow {
    pub(in crate::web) label: &'static str,
    pub(in crate::web) cells: [Cell; 2],
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(in crate::web) enum Cell {
    /// A figure, with a second one beside it.
    Figures(Vec<Shown>),
    /// Why nothing stands there.
    Words(&'static str),
}

/// One line of the table of the pair: a figure over each window.
#[derive(Clone, Debug)]
pub(in crate::web) struct PairRow {
    pub(in crate::web) label: &'static str,
    pub(in crate::web) methods: &'static str,
    pub(in crate::web) cells: Vec<Shown>,
}

/// Lines of the table of legs: label and figures of the last 90 days.
pub(super) const LEG_ROWS: [(&str, &[&str]); 17] = [
    ("Observations", &["n"]),
    ("First day", &["first"]),
    ("Last day", &["last"]),
    ("High", &["high", "high_date"]),
    ("Low", &["low", "low_date"]),
    ("Mean", &["mean"]),
    ("Median", &["median"]),
    ("Standard deviation", &["stdev"]),
    ("Where in its range", &["range_position"]),
    ("Deviations from the mean", &["z"]),
    ("Volatility, a year", &["volatility"]),
    ("Deepest fall", &["max_drawdown"]),
    ("Best change", &["best"]),
    ("Worst change", &["worst"]),
    ("Share of changes up", &["up_share"]),
    ("Skew", &["skew"]),
    ("Excess kurtosis", &["excess_kurtosis"]),
];

/// Lines of the table of the pair: label, group, leaf, section of the methods page.
const PAIR_ROWS: [(&str, &str, &str, &str); 13] = [
    ("Changes", "correlation", "n", "alignment"),
    ("First change", "correlation", "first", "alignment"),
    ("Last change", "correlation", "last", "alignment"),
    ("Spearman", "correlation", "spearman", "correlation"),
    ("Pearson", "correlation", "pearson", "correlation"),
    ("Pearson, Fisher interval", "correlation", "fisher_95", "correlation"),
    ("Pearson, bootstrap interval", "correlation", "bootstrap_95", "correlation"),
    ("Block length", "correlation", "block", "correlation"),
    ("Beta", "beta", "beta", "beta"),
    ("Newey-West error", "beta", "se_hac", "beta"),
    ("Newey-West lags", "beta", "lag", "beta"),
    ("Alpha, a change", "beta", "alpha", "beta"),
    ("R²", "beta", "r2", "beta"),
];

const GAP_ROWS: [(&str, &str); 5] = [
    ("Value", "value"),
    ("Change in 90 days", "change_90d"),
    ("Deviations from its 90-day mean", "z_90d"),
    ("Deviations from its one-year mean", "z_1y"),
    ("Share of history below", "percentile_all"),
];

pub(in crate::web) fn statistics(comparison: &Comparison) -> Statistics {
    Statistics {
        scope: scope(comparison),
        legs: leg_rows(comparison),
        years: year_rows(comparison),
        pair: pair_rows(comparison),
        gap: gap_rows(comparison),
    }
}

fn scope(comparison: &Comparison) -> String {
    let window = |leg: &str| comparison.figures.estimate(&format!("{leg}.window_90d.n"));
    match window("a").or_else(|| window("b")) {
        Some(estimate) => format!(
            "{}, each leg at its own dates; changes are measured between consecutive observations.",
            format::span(estimate.from, estimate.to)
        ),
        None => "Neither leg has the 20 observations in 90 days that these figures need.".to_owned(),
    }
}

/// Lines of the table of years: label and figures.
pub(super) const YEAR_ROWS: [(&str, &[&str]); 10] = [
    ("Growth a year, 3 years", &["growth.3y"]),
    ("5 years", &["growth.5y"]),
    ("10 years", &["growth.10y"]),
    ("All history", &["growth.all"]),
    ("With payouts, 3 years", &["growth_total.3y"]),
    ("With payouts, 5 years", &["growth_total.5y"]),
    ("With payouts, 10 years", &["growth_total.10y"]),
    ("With payouts, all history", &["growth_total.all"]),
    ("Below its high now", &["drawdown.now"]),
    ("Deepest fall", &["drawdown.deepest", "drawdown.deepest_date"]),
];

/// A line stands if one of the legs has its figure.
fn year_rows(comparison: &Comparison) -> Vec<LegRow> {
    let read = Reader::new(comparison);
    let cell = |leg: &str, leaves: &[&str]| {
        let shown = leaves.iter().map(|leaf| read.show(&format!("{leg}.{leaf}")).quiet());
        let mut shown: Vec<Shown> = shown.collect();
        if shown.iter().all(Shown::is_missing) {
            shown.truncate(1);
        }
        Cell::Figures(shown)
    };
    let has = |leaves: &[&str]| ["a", "b"].iter().any(|leg| read.has(&format!("{leg}.{}", leaves[0])));
    let rows = YEAR_ROWS.iter().filter(|(_, leaves)| has(leaves));
    rows.map(|(label, leaves)| LegRow { label, cells: [cell("a", leaves), cell("b", leaves)] }).collect()
}

fn leg_rows(comparison: &Comparison) -> Vec<LegRow> {
    let read = Reader::new(comparison);
    let cell = |leg: &str, leaves: &[&str], row: usize| {
        let shown = leaves.iter().map(|leaf| read.show(&format!("{leg}.window_90d.{leaf}")));
        let mut shown: Vec<Shown> = shown.collect();
        // One reason for a whole column of dashes is enough.
        if row > 0 {
            shown = shown.into_iter().map(Shown::quiet).collect();
        }
        if shown.iter().all(Shown::is_missing) {
            shown.truncate(1);
        }
        Cell::Figures(shown)
    };
    let mut rows: Vec<LegRow> = LEG_ROWS
        .iter()
        .enumerate()
        .map(|(at, (label, leaves))| LegRow { label, cells: [cell("a", leaves, at), cell("b", leaves, at)] })
        .collect();
    rows.extend(rank_row(comparison));
    rows
}

/// The rank of the level in all history, only where a level means something.
fn rank_row(comparison: &Comparison) -> Option<LegRow> {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    if !has_stationary_level(a) && !has_stationary_level(b) {
        return None;
    }
    let read = Reader::new(comparison);
    let cell = |leg: &str, metric: &Metric| {
        if has_stationary_level(metric) {
            Cell::Figures(vec![read.show(&format!("{leg}.window_90d.percentile_all")).quiet()])
        } else {
            Cell::Words("not shown for prices")
        }
    };
    Some(LegRow { label: "Share of history below", cells: [cell("a", a), cell("b", b)] })
}

/// Whether the rank of a level in its history says more than that prices grow.
pub(in crate::web) fn has_stationary_level(metric: &Metric) -> bool {
    matches!(
        metric.category,
        Category::Volatility
            | Category::CreditSpread
            | Category::InterestRate
            | Category::YieldCurve
            | Category::InflationExpectation
            | Category::FinancialConditions
    )
}

fn pair_rows(comparison: &Comparison) -> Vec<PairRow> {
    let read = Reader::new(comparison);
    PAIR_ROWS
        .iter()
        .enumerate()
        .map(|(at, (label, group, leaf, methods))| {
            let cells = WINDOWS.map(|(window, _)| {
                let shown = read.show(&format!("{group}.{window}.{leaf}"));
                if at > 0 { shown.quiet() } else { shown }
            });
            PairRow { label, methods, cells: cells.to_vec() }
        })
        .collect()
}

fn gap_rows(comparison: &Comparison) -> Vec<(&'static str, Shown)> {
    let read = Reader::new(comparison);
    // Where nothing could be computed the page has said why once already.
    let show = |name: &str| if comparison.apart.is_some() { read.show(name).quiet() } else { read.show(name) };
    let gap = GAP_ROWS.iter().filter_map(|(label, leaf)| Some((*label, show(&read.gap_name(leaf)?))));
    let common = [
        ("Common days", show("n_common")),
        ("Changes over more than one session", show("returns.multi_session")),
        ("Volatility of A over B, all days", show("volatility_ratio.log")),
        ("Tracking error, a year", show("tracking_error")),
    ];
    gap.chain(common).collect()
}
