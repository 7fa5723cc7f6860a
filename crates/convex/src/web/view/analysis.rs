//! Cross-asset analysis: the claims of a comparison, each with its verdict, its sentence, and the figures it rests on
//! drawn as dots with intervals.

use convex_core::claim::{Claim, Verdict};
use convex_core::compare::Comparison;

use super::figures::Reader;
use super::prose::claim_prose;
use crate::chart::{Whisker, whisker_axis, whiskers};
use crate::format::Style;
use crate::web::shown::{Prose, Shown};

/// One question with its answer.
#[derive(Clone, Debug)]
pub(in crate::web) struct Row {
    /// Target of links.
    pub(in crate::web) id: &'static str,
    pub(in crate::web) question: String,
    pub(in crate::web) verdict: &'static str,
    /// Class of the verdict.
    pub(in crate::web) class: &'static str,
    /// A sign that tells verdicts apart without colour.
    pub(in crate::web) mark: &'static str,
    pub(in crate::web) sentence: Prose,
    pub(in crate::web) lines: Vec<Line>,
    pub(in crate::web) axis: Option<String>,
    pub(in crate::web) note: &'static str,
    /// Further figures, with their labels.
    pub(in crate::web) beside: Vec<(String, Shown)>,
    pub(in crate::web) method: &'static str,
    /// Section of the methods page.
    pub(in crate::web) section: &'static str,
}

/// One estimate beside a sentence.
#[derive(Clone, Debug)]
pub(in crate::web) struct Line {
    pub(in crate::web) label: String,
    pub(in crate::web) drawing: String,
    pub(in crate::web) figure: Shown,
    pub(in crate::web) n: Option<Shown>,
}

/// Windows of correlation and beta: the name in figures, and the word beside a dot.
pub(in crate::web) const WINDOWS: [(&str, &str); 3] = [("90d", "90 days"), ("252obs", "252 obs."), ("all", "all")];

/// What is drawn beside a claim: label (`{a}` and `{b}` stand for the legs), figure, and the figure of its sample size.
type Drawn = (&'static str, &'static str, Option<&'static str>);

/// Figures beside a claim, and the values its dots are compared with.
struct Evidence {
    drawn: &'static [Drawn],
    references: &'static [f64],
    /// What the dots are, where the sentence does not say.
    note: &'static str,
    /// Further figures: label and name.
    beside: &'static [(&'static str, &'static str)],
}

fn evidence(claim: &str) -> Evidence {
    const LINK: &[Drawn] = &[
        ("90 days", "correlation.90d.spearman", Some("correlation.90d.n")),
        ("252 obs.", "correlation.252obs.spearman", Some("correlation.252obs.n")),
        ("all", "correlation.all.spearman", Some("correlation.all.n")),
    ];
    const SLOPE: &[Drawn] = &[
        ("90 days", "beta.90d.beta", Some("beta.90d.n")),
        ("252 obs.", "beta.252obs.beta", Some("beta.252obs.n")),
        ("all", "beta.all.beta", Some("beta.all.n")),
    ];
    const BEND: &[Drawn] = &[
        ("worst 5 %", "tails.on_falls.beta", None),
        ("all days", "beta.all.beta", Some("beta.all.n")),
        ("best 5 %", "tails.on_rises.beta", None),
    ];
    const STATES: &[Drawn] = &[
        ("under 15", "regimes.vix_below_15.pearson", Some("regimes.vix_below_15.n")),
        ("15 to 25", "regimes.vix_15_to_25.pearson", Some("regimes.vix_15_to_25.n")),
        ("25 and up", "regimes.vix_25_and_up.pearson", Some("regimes.vix_25_and_up.n")),
    ];
    const DRIVERS: &[Drawn] = &[
        ("VIX", "drivers.vix.slope", None),
        ("10-y yield", "drivers.yield_10y.slope", None),
        ("HY spread", "drivers.hy_spread.slope", None),
        ("dollar", "drivers.dollar.slope", None),
        ("oil", "drivers.oil.slope", None),
        ("gold", "drivers.gold.slope", None),
    ];
    const HEDGE_A: &[Drawn] =
        &[("variance", "hedge.variance_reduction", Some("hedge.n")), ("worst 5 %", "hedge.es5_reduction", None)];
    const HEDGE_B: &[Drawn] = &[
        ("variance", "hedge_b_with_a.variance_reduction", Some("hedge_b_with_a.n")),
        ("worst 5 %", "hedge_b_with_a.es5_reduction", None),
    ];
    const COMMON: &[Drawn] = &[("vs {a}", "common_part.log_vs_a", None), ("vs {b}", "common_part.log_vs_b", None)];
    let (drawn, references, beside): (&[Drawn], &[f64], &[(&str, &str)]) = match claim {
        "link" => (LINK, &[0.0], &[("Pearson, all", "correlation.all.pearson")]),
        "opposite" => (&[], &[], &[("Pearson, all", "correlation.all.pearson")]),
        "inverse" => (STATES, &[0.0], &[]),
        "sensitivity" => (SLOPE, &[0.0], &[("R², all", "beta.all.r2")]),
        "calmer" => (&[("all", "volatility_ratio.log", None)], &[1.0], &[("tracking error, a year", "tracking_error")]),
        "stress-link" => (
            &[("z diff.", "regimes.stress_minus_calm.z_difference", None)],
            &[0.0],
            &[
                ("log odds of R²", "regimes.stress_minus_calm.log_odds"),
                ("of which log beta", "regimes.stress_minus_calm.log_beta"),
                ("p", "regimes.stress_minus_calm.p"),
            ],
        ),
        "asymmetry" => (&[], &[], &[("t", "asymmetry.t_hc0")]),
        "convexity" => (BEND, &[0.0], &[("t", "convexity.t_hc0")]),
        "lead" => {
            (&[], &[], &[("p, {a} ahead", "lead_lag.a_leads.p_side"), ("p, {b} ahead", "lead_lag.b_leads.p_side")])
        }
        "gap-now" => (
            &[("z", "divergence.z", None)],
            &[-2.0, 0.0, 2.0],
            &[("share of history below", "ratio.percentile_all"), ("share of history below", "spread.percentile_all")],
        ),
        "gap-closes" => (&[], &[], &[("p at 21 sessions", "reversal.21.p"), ("at 63", "reversal.63.p")]),
        "steadier-gap" => (&[], &[], &[("z at 5", "variance_ratio.5.z"), ("persistence", "half_life.phi")]),
        "common-part" => (COMMON, &[1.0], &[]),
        "moves-with" => (DRIVERS, &[0.0], &[("R²", "drivers.r2")]),
        "hedge-a-with-b" => (HEDGE_A, &[0.0], &[("R² in sample", "hedge.in_sample_r2")]),
        "hedge-b-with-a" => (HEDGE_B, &[0.0], &[("R² in sample", "hedge_b_with_a.in_sample_r2")]),
        _ => (&[], &[], &[]),
    };
    let note = match claim {
        "moves-with" => "per cent of the ratio for one standard deviation of a week",
        _ => "",
    };
    Evidence { drawn, references, note, beside }
}

/// The rows of a comparison; none if nothing could be computed about the two together.
pub(in crate::web) fn analysis(comparison: &Comparison) -> Vec<Row> {
    comparison.claims.iter().map(|claim| row(comparison, claim)).collect()
}

fn row(comparison: &Comparison, claim: &Claim) -> Row {
    let read = Reader::new(comparison);
    let Evidence { drawn, references, note, beside } = evidence(claim.id);
    let named =
        |label: &str| label.replace("{a}", &comparison.a.metric.label).replace("{b}", &comparison.b.metric.label);
    let (lines, axis) = lines(read, drawn, references, &named);
    let in_sentence = claim.sentence.figures();
    let beside = beside.iter().filter(|(_, name)| read.has(name) && !in_sentence.iter().any(|said| said == name));
    Row {
        id: claim.id,
        question: claim.question.clone(),
        verdict: claim.verdict.words(),
        class: claim.verdict.key(),
        mark: mark(claim.verdict),
        sentence: claim_prose(&claim.sentence, comparison),
        beside: beside.map(|(label, name)| (named(label), read.show(name))).collect(),
        lines,
        axis,
        note,
        method: claim.method,
        section: section(claim.id),
    }
}

pub(in crate::web) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Measured => "●",
        Verdict::Suggestive => "◐",
        Verdict::NotEstablished => "○",
        Verdict::Contradicted => "✕",
        Verdict::NotMeasurable => "–",
    }
}

fn lines(
    read: Reader<'_>,
    drawn: &[Drawn],
    references: &[f64],
    named: &impl Fn(&str) -> String,
) -> (Vec<Line>, Option<String>) {
    let drawn: Vec<&Drawn> = drawn.iter().filter(|(_, name, _)| read.is_asked(name)).collect();
    let estimates: Vec<Option<Whisker>> = drawn.iter().map(|(_, name, _)| whisker(read, name)).collect();
    if estimates.iter().all(Option::is_none) {
        return (Vec::new(), None);
    }
    let lines = drawn.iter().zip(whiskers(&estimates, references)).map(|((label, name, n), drawing)| Line {
        label: named(label),
        drawing,
        figure: read.show(name),
        n: n.filter(|n| read.has(n)).map(|n| read.show(n)),
    });
    (lines.collect(), Some(whisker_axis(&estimates, references)))
}

/// A figure where its printed value stands: a logarithm at its factor, a slope at its per cent.
fn whisker(read: Reader<'_>, name: &str) -> Option<Whisker> {
    let value = read.number(name)?;
    let interval = read.interval(name).map(|interval| (interval.low, interval.high));
    let printed: fn(f64) -> f64 = match read.style(name) {
        Style::Factor => f64::exp,
        Style::Slope => |value| value * 100.0,
        _ => |value| value,
    };
    Some(Whisker { value: printed(value), interval: interval.map(|(low, high)| (printed(low), printed(high))) })
}

/// The section of the methods page that explains a claim's figures.
fn section(claim: &str) -> &'static str {
    match claim {
        "link" | "opposite" | "inverse" => "correlation",
        "sensitivity" => "beta",
        "calmer" | "common-part" => "volatility-ratio",
        "lead" => "leads",
        "gap-now" | "gap-closes" | "steadier-gap" | "fair-value" => "gap-tests",
        "jumps" | "cycles" | "bull-bear" | "late-cycle" | "after-breakdown" | "haven" | "ranking-use" | "credit"
        | "amplifies" => "episodes",
        "moves-with" | "hedge-a-with-b" | "hedge-b-with-a" => "hedges",
        "stress-link" => "states",
        "asymmetry" | "convexity" => "bends",
        _ => "claims",
    }
}
