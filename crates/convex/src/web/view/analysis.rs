//! Cross-asset analysis from the figures there are: a question, a sentence made of figures, and dots with intervals.

use convex_core::compare::{Comparison, GapKind};

use super::figures::{Reader, Side};
use crate::chart::{Whisker, whisker_axis, whiskers};
use crate::format::Measure;
use crate::web::shown::{Prose, Shown};

/// One question with its answer.
#[derive(Clone, Debug)]
pub(in crate::web) struct Row {
    /// Target of links.
    pub(in crate::web) id: &'static str,
    pub(in crate::web) question: String,
    pub(in crate::web) sentence: Prose,
    pub(in crate::web) beside: Option<Prose>,
    pub(in crate::web) estimates: Vec<Line>,
    pub(in crate::web) axis: String,
    /// Section of the methods page.
    pub(in crate::web) methods: &'static str,
}

/// One estimate beside a sentence.
#[derive(Clone, Debug)]
pub(in crate::web) struct Line {
    pub(in crate::web) label: &'static str,
    pub(in crate::web) drawing: String,
    pub(in crate::web) figure: Shown,
    pub(in crate::web) n: Option<Shown>,
}

/// Windows of correlation and beta: the name in figures, and the word beside a dot.
pub(in crate::web) const WINDOWS: [(&str, &str); 3] = [("90d", "90 days"), ("252obs", "252 obs."), ("all", "all")];

/// The rows of a comparison; none if nothing could be computed about the two together.
pub(in crate::web) fn analysis(comparison: &Comparison, cadence: &str) -> Vec<Row> {
    if comparison.apart.is_some() {
        return Vec::new();
    }
    let mut rows = vec![link(comparison, cadence), sensitivity(comparison)];
    rows.extend(calmer(comparison));
    rows.extend(gap_now(comparison));
    rows
}

fn link(comparison: &Comparison, cadence: &str) -> Row {
    let read = Reader::new(comparison);
    let sides = WINDOWS.map(|(window, _)| read.side(&format!("correlation.{window}.spearman"), 0.0));
    let seen: Vec<Side> = sides.into_iter().flatten().collect();
    let opening = if seen.is_empty() {
        "Not known: too few changes."
    } else if seen.iter().all(|side| *side == Side::Above) {
        "They rise and fall together."
    } else if seen.iter().all(|side| *side == Side::Below) {
        "They move against each other."
    } else if seen.iter().all(|side| *side == Side::Around) {
        "No link shows: every interval holds zero."
    } else {
        "It depends on the window."
    };
    let mut sentence = Prose::default().strong(opening).say(format!(" Rank correlation of {cadence} changes "));
    sentence = listed(sentence, "", |window| read.show(&format!("correlation.{window}.spearman")).bare()).say(".");
    let beside = listed(Prose::from("Pearson "), "", |window| read.show(&format!("correlation.{window}.pearson")));
    Row {
        id: "link",
        question: "Do they move together?".to_owned(),
        sentence,
        beside: Some(beside.say(".")),
        methods: "correlation",
        ..row(read, "correlation", "spearman", &[0.0])
    }
}

fn sensitivity(comparison: &Comparison) -> Row {
    let read = Reader::new(comparison);
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    let beta = |window: &str| read.show(&format!("beta.{window}.beta")).bare();
    let (opening, one, unit) = match (Measure::of(a), Measure::of(b)) {
        (Measure::Percent, Measure::Percent) => {
            (format!("When {} moves 1 %, {} has moved ", b.label, a.label), "", " %")
        }
        (Measure::BasisPoints, Measure::BasisPoints) => {
            (format!("When {} moves 1 bp, {} has moved ", b.label, a.label), "", " bp")
        }
        (Measure::Percent, _) => {
            (format!("Slope of {}’s log change on each point of {}: ", a.label, b.label), " (0.01 is about 1 %)", "")
        }
        _ => (format!("Slope of {}’s change, in its own unit, on {}’s: ", a.label, b.label), "", ""),
    };
    let sentence = listed(Prose::from(opening), unit, beta).say(format!("{one}, on average."));
    let r2 = Prose::from("Share of variance explained, R²: ");
    let r2 = listed(r2, "", |window| read.show(&format!("beta.{window}.r2")));
    let references: &[f64] = if Measure::of(a) == Measure::of(b) { &[0.0, 1.0] } else { &[0.0] };
    Row {
        id: "sensitivity",
        question: format!("How far does {} move when {} moves?", a.label, b.label),
        sentence,
        beside: Some(r2.say(".")),
        methods: "beta",
        ..row(read, "beta", "beta", references)
    }
}

/// Only for two legs whose changes have one unit: per cent and basis points have no ratio.
fn calmer(comparison: &Comparison) -> Option<Row> {
    let read = Reader::new(comparison);
    let (a, b) = (&comparison.a.metric, &comparison.b.metric);
    if Measure::of(a) != Measure::of(b) {
        return None;
    }
    let name = "volatility_ratio.log";
    let factor = read.show(name);
    let opening = match read.side(name, 0.0) {
        None => "Not known. ".to_owned(),
        Some(Side::Above) => format!("{}. ", a.label),
        Some(Side::Below) => format!("{}. ", b.label),
        Some(Side::Around) => "No difference shows. ".to_owned(),
    };
    let sentence = Prose::default()
        .strong(opening)
        .say(format!("{}’s changes are ", a.label))
        .figure(factor.clone().bare())
        .say(format!(" times as large as {}’s, over all common days.", b.label));
    let estimate = read.number(name).map(|log| Whisker {
        value: log.exp(),
        interval: read.interval(name).map(|interval| (interval.low.exp(), interval.high.exp())),
    });
    let drawing = whiskers(&[estimate], &[1.0]).pop().unwrap_or_default();
    let tracking = Prose::from("Tracking error, a year: ").figure(read.show("tracking_error")).say(".");
    Some(Row {
        id: "calmer",
        question: "Which is the more volatile?".to_owned(),
        sentence,
        beside: read.has("tracking_error").then_some(tracking),
        estimates: vec![Line { label: "all", drawing, figure: factor, n: None }],
        axis: whisker_axis(&[estimate], &[1.0]),
        methods: "volatility-ratio",
    })
}

fn gap_now(comparison: &Comparison) -> Option<Row> {
    let read = Reader::new(comparison);
    let name = |leaf: &str| read.gap_name(leaf);
    let (value, change, z, rank) = (name("value")?, name("change_90d")?, name("z_1y")?, name("percentile_all")?);
    let word = if matches!(comparison.gap, GapKind::Ratio) { "ratio" } else { "spread" };
    let sentence = Prose::from(format!("The {word} is "))
        .figure(read.show(&value))
        .say(", ")
        .figure(read.show(&change).quiet())
        .say(" in 90 days, ")
        .figure(read.show(&z).quiet())
        .say(" deviations from its one-year mean, above ")
        .figure(read.show(&rank).quiet())
        .say(" of all common days.");
    let beside = Prose::from(
        "Whether that is unusual is not tested here yet: a random walk stands beyond two deviations on about 15 % of days.",
    );
    let estimate = read.number(&z).map(|value| Whisker { value, interval: None });
    let drawing = whiskers(&[estimate], &[-2.0, 0.0, 2.0]).pop().unwrap_or_default();
    Some(Row {
        id: "gap-now",
        question: "Where does the gap stand?".to_owned(),
        sentence,
        beside: Some(beside),
        estimates: vec![Line { label: "z, 1 y", drawing, figure: read.show(&z), n: None }],
        axis: whisker_axis(&[estimate], &[-2.0, 0.0, 2.0]),
        methods: "gap",
    })
}

/// `x over 90 days, y over 252 observations, z over all history`, as far as they are known.
fn listed(prose: Prose, unit: &str, figure: impl Fn(&str) -> Shown) -> Prose {
    let known =
        WINDOWS.map(|(window, _)| (window, figure(window))).into_iter().filter(|(_, shown)| !shown.is_missing());
    let mut said = prose;
    let mut is_first = true;
    for (window, shown) in known {
        let comma = if is_first { "" } else { ", " };
        let over = match window {
            "90d" => "90 days",
            "252obs" => "252 observations",
            _ => "all history",
        };
        said = said.say(comma).figure(shown).say(format!("{unit} over {over}"));
        is_first = false;
    }
    if is_first { said.say("not known") } else { said }
}

/// The three windows of a figure on one axis.
fn row(read: Reader<'_>, group: &'static str, leaf: &str, references: &[f64]) -> Row {
    let names =
        WINDOWS.map(|(window, label)| (format!("{group}.{window}.{leaf}"), format!("{group}.{window}.n"), label));
    let estimates = names.each_ref().map(|(name, _, _)| {
        let interval = read.interval(name).map(|interval| (interval.low, interval.high));
        read.number(name).map(|value| Whisker { value, interval })
    });
    let drawings = whiskers(&estimates, references);
    let lines = names.iter().zip(drawings).map(|((name, n, label), drawing)| Line {
        label,
        drawing,
        figure: read.show(name),
        n: read.has(n).then(|| read.show(n)),
    });
    Row {
        id: group,
        question: String::new(),
        sentence: Prose::default(),
        beside: None,
        estimates: lines.collect(),
        axis: whisker_axis(&estimates, references),
        methods: group,
    }
}
