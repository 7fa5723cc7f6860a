//! How far does A move when B moves?

use super::case::{Case, Side, at_start};
use super::{Claim, Print, Sentence, Verdict};
use crate::catalog::{ChangeKind, Metric, MetricUnit, Role};

const SLOPE: &str = "least squares of changes on common days, interval by equal-weighted cosines";

/// Windows of the slope, the nearest first.
const WINDOWS: [(&str, &str); 2] =
    [("beta.90d.beta", " over the last 90 days"), ("beta.252obs.beta", " over the last 252 changes")];
const ALL: &str = "beta.all.beta";

/// `sensitivity`: how far does A move when B moves?
pub(super) fn sensitivity(case: &Case<'_>) -> Claim {
    let (a, b) = (case.a(), case.b());
    let question = format!("How far does {a} move when {b} moves?");
    let Some(side) = case.side(ALL, 0.0) else { return case.missing("sensitivity", question, ALL, SLOPE) };
    let (print, unit) = unit(case.legs());
    let verdict = match side {
        Side::Around => Verdict::NotEstablished,
        _ => Case::effect(true, true, case.halves_agree("beta")),
    };
    let mut sentence = Sentence::default().say(format!("{} has moved ", at_start(a)));
    let recent: Vec<_> = WINDOWS.into_iter().filter(|(name, _)| case.number(name).is_some()).collect();
    for (at, (name, window)) in recent.iter().enumerate() {
        let unit = if at == 0 { &*unit } else { "" };
        sentence = sentence.print(name, print, true).say(format!("{unit}{window}"));
        sentence = sentence.say(if at + 1 == recent.len() { " and " } else { ", " });
    }
    sentence = sentence.print(ALL, print, true).say(if recent.is_empty() { unit } else { String::new() }).since(ALL);
    if verdict == Verdict::NotEstablished {
        sentence = sentence.say("; over the whole time a slope of zero is not ruled out");
    } else if verdict == Verdict::Suggestive {
        sentence = sentence.say("; the two halves of that time do not agree on its sign");
    }
    let [first, second] = case.halves("beta");
    case.claim("sensitivity", question, verdict, sentence.say("."), &["beta.all.r2", &first, &second], SLOPE)
}

/// How a slope is printed, and the words that make it a statement about both legs.
pub(super) fn unit([a, b]: [&Metric; 2]) -> (Print, String) {
    let of = &b.noun;
    match (a.change, b.change) {
        (ChangeKind::Log, ChangeKind::Log) => (Print::Usual, format!(" % for each 1 % of {of}")),
        (ChangeKind::Log, ChangeKind::Difference) => {
            (Print::PercentPerTenth, format!(" for each 0.10 {} of {of}", points(b)[0]))
        }
        // A difference for each 1 in logs is as many hundredths of it for each 1 %.
        (ChangeKind::Difference, ChangeKind::Log) if matches!(a.role, Role::Rate | Role::Spread) => {
            (Print::Usual, format!(" basis points for each 1 % of {of}"))
        }
        (ChangeKind::Difference, ChangeKind::Log) => {
            (Print::Usual, format!(" hundredths of a {} for each 1 % of {of}", points(a)[0]))
        }
        (ChangeKind::Difference, ChangeKind::Difference) => {
            (Print::Usual, format!(" {} for each {} of {of}", points(a)[1], points(b)[0]))
        }
    }
}

/// The unit of a difference, one and several.
fn points(metric: &Metric) -> [&'static str; 2] {
    match metric.unit {
        MetricUnit::Percent | MetricUnit::Points => ["percentage point", "percentage points"],
        _ => ["point", "points"],
    }
}
