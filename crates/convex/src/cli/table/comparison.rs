//! A comparison as a table a person likes to read.

use convex_core::catalog::Metric;
use convex_core::claim::Verdict;
use convex_core::compare::Comparison;
use convex_core::figure::Figures;
use convex_core::freshness::Freshness;
use convex_core::panel::{Line, Panels};

use super::{Table, braille};
use crate::format::{self, Measure, Style};

/// Characters a chart is wide.
const CHART_WIDTH: usize = 56;
/// Lines a chart is high.
const CHART_HEIGHT: usize = 4;

/// Rows of the side-by-side table: words, and the figure's name without its leg.
const SIDE_BY_SIDE: [(&str, &str); 21] = [
    ("Last value", "value"),
    ("As of", "as_of"),
    ("1 session", "change.1obs"),
    ("7 days", "change.7d"),
    ("30 days", "change.30d"),
    ("90 days", "change.90d"),
    ("Year to date", "change.ytd"),
    ("1 year", "change.1y"),
    ("Last 90 days", ""),
    ("  observations", "window_90d.n"),
    ("  high", "window_90d.high"),
    ("  low", "window_90d.low"),
    ("  mean", "window_90d.mean"),
    ("  place in the range", "window_90d.range_position"),
    ("  deviations from the mean", "window_90d.z"),
    ("  volatility, a year", "window_90d.volatility"),
    ("  deepest drawdown", "window_90d.max_drawdown"),
    ("  best change", "window_90d.best"),
    ("  worst change", "window_90d.worst"),
    ("  days up", "window_90d.up_share"),
    ("  skew", "window_90d.skew"),
];

/// Rows about the pair: words, and the figure's name.
const PAIR: [(&str, &str); 17] = [
    ("Ratio", "ratio.value"),
    ("  change in 90 days", "ratio.change_90d"),
    ("  deviations from its 90-day mean", "ratio.z_90d"),
    ("  deviations from its 1-year mean", "ratio.z_1y"),
    ("Spread", "spread.value"),
    ("  change in 90 days", "spread.change_90d"),
    ("  deviations from its 90-day mean", "spread.z_90d"),
    ("  deviations from its 1-year mean", "spread.z_1y"),
    ("Rank correlation, 90 days", "correlation.90d.spearman"),
    ("  252 observations", "correlation.252obs.spearman"),
    ("  all history", "correlation.all.spearman"),
    ("Pearson correlation, all history", "correlation.all.pearson"),
    ("Beta of A on B, 90 days", "beta.90d.beta"),
    ("  252 observations", "beta.252obs.beta"),
    ("  all history", "beta.all.beta"),
    ("Volatility of A over B, all history", "volatility_ratio.log"),
    ("Tracking error, a year", "tracking_error"),
];

/// The whole text.
pub(in crate::cli) fn print(comparison: &Comparison, panels: Option<&Panels>, ages: [&Freshness; 2]) -> String {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let mut text = format!("{} vs {}\n", a.short, b.short);
    text.push_str(&subtitle(comparison));
    text.push('\n');
    text.push_str(&side_by_side(comparison));
    for (metric, age) in [a, b].into_iter().zip(ages) {
        text.push_str(&format!("{}: {}\n", metric.label, format::age(age)));
    }
    if let Some(why) = &comparison.apart {
        text.push_str(&format!("\nNothing can be said about the two together: {}\n", why.detail()));
    } else {
        text.push('\n');
        text.push_str(&pair(comparison));
    }
    text.push_str(&answers(comparison));
    if let Some(panels) = panels {
        text.push_str(&charts(comparison, panels));
    }
    if !comparison.warnings.is_empty() {
        text.push('\n');
        for warning in &comparison.warnings {
            text.push_str(&format!("! {warning}\n"));
        }
    }
    text
}

fn subtitle(comparison: &Comparison) -> String {
    let simulated = if comparison.sample { "Simulated · " } else { "" };
    let as_of =
        comparison.as_of.map_or_else(|| "no common day".to_owned(), |day| format!("as of {}", format::day(day)));
    format!("{simulated}{} · {} · {as_of}\n", comparison.kind.words(), comparison.basis)
}

fn side_by_side(comparison: &Comparison) -> String {
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let mut table = Table::with_right(&[1, 2]);
    table.row(["", &a.label, &b.label]);
    for (words, name) in SIDE_BY_SIDE {
        if name.is_empty() {
            table.row([words, "", ""]);
            continue;
        }
        table.row([words, &leg_text(&comparison.figures, "a", name, a), &leg_text(&comparison.figures, "b", name, b)]);
    }
    table.render()
}

fn leg_text(figures: &Figures, leg: &str, name: &str, metric: &Metric) -> String {
    let full = format!("{leg}.{name}");
    let found = format::figure_or_missing(figures.get(&full), Style::of(&full, Measure::of(metric)));
    match found.reason {
        Some(reason) => format!("{} ({reason})", found.text),
        None => found.text,
    }
}

fn pair(comparison: &Comparison) -> String {
    let measure = Measure::of(&comparison.a.metric);
    let mut table = Table::with_right(&[1]);
    table.row(["", "", "95 % interval", "n", "from", "to"]);
    for (words, name) in PAIR {
        let Some(figure) = comparison.figures.get(name) else { continue };
        let found = format::figure(figure, Style::of(name, measure));
        match figure {
            Ok(estimate) => table.row([
                words,
                &found.text,
                found.interval.as_deref().unwrap_or(""),
                &format::count(estimate.n),
                &estimate.from.to_string(),
                &estimate.to.to_string(),
            ]),
            Err(why) => table.row([words, &found.text, &why.to_string()]),
        }
    }
    table.render()
}

/// Columns of the verdict before an answer.
const VERDICT_WIDTH: usize = 19;
/// Columns of the whole text.
const TEXT_WIDTH: usize = 100;

fn answers(comparison: &Comparison) -> String {
    let mut text = String::new();
    if !comparison.claims.is_empty() {
        text.push_str("\nQuestions\n");
    }
    for claim in &comparison.claims {
        let verdict = format!("{} {}", mark(claim.verdict), claim.verdict.words());
        let answer = format!("{} {}", claim.question, format::sentence(&claim.sentence, comparison));
        let indent = " ".repeat(VERDICT_WIDTH);
        let options = textwrap::Options::new(TEXT_WIDTH).subsequent_indent(&indent).break_words(false);
        let first = format!("{verdict:<VERDICT_WIDTH$}{answer}");
        for line in textwrap::wrap(&first, options) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// A mark beside the word, so that verdicts can be told at a glance.
fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Measured => '●',
        Verdict::Suggestive => '◐',
        Verdict::NotEstablished => '○',
        Verdict::Contradicted => '×',
        Verdict::NotMeasurable => '–',
    }
}

fn charts(comparison: &Comparison, panels: &Panels) -> String {
    let (a, b) = (&comparison.a.metric.label, &comparison.b.metric.label);
    let mut text = format!("\nCharts: {} to {}\n", format::day(panels.from), format::day(panels.to));
    let mut chart = |title: String, line: &Line| {
        let (Some(first), Some(last)) = (line.values.first(), line.values.last()) else { return };
        text.push_str(&format!("{title}\n"));
        for row in braille::line(&line.values, CHART_WIDTH, CHART_HEIGHT) {
            text.push_str(&format!("  {row}\n"));
        }
        let number = |value: f64| format::significant(value, 4);
        let (low, high) =
            line.values.iter().fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(*at), high.max(*at)));
        let ends = [number(*first), format!("low {}  high {}", number(low), number(high)), number(*last)];
        let used: usize = ends.iter().map(|end| end.chars().count()).sum();
        let gap = " ".repeat((CHART_WIDTH.saturating_sub(used) / 2).max(2));
        text.push_str(&format!("  {}{gap}{}{gap}{}\n", ends[0], ends[1], ends[2]));
    };
    chart(rebased_title(a, panels.rebased.a_indexed), &panels.rebased.a);
    chart(rebased_title(b, panels.rebased.b_indexed), &panels.rebased.b);
    if let Some(gap) = &panels.gap {
        let title = if gap.is_ratio { format!("Ratio {a} / {b}") } else { format!("Spread {a} less {b}") };
        chart(title, &gap.line);
    }
    if let Ok(rolling) = &panels.correlation {
        chart(format!("Correlation over {} changes", rolling.window), &rolling.line);
    }
    text
}

fn rebased_title(label: &str, indexed: bool) -> String {
    if indexed { format!("{label}, 100 at the start") } else { format!("{label}, change since the start") }
}
