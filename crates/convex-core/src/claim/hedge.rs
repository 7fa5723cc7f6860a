//! Is one leg a hedge for the other?

use super::case::{Case, Side};
use super::{Claim, Sentence, Verdict};
use crate::catalog::Metric;

const METHOD: &str =
    "minimum variance on the 252 sessions before each day, judged on days not used to fit it; equal-weighted cosines";

/// `hedge-a-with-b`: is B a hedge for A?
pub(super) fn a_with_b(case: &Case<'_>) -> Claim {
    hedge(case, "hedge-a-with-b", "hedge", case.legs())
}

/// `hedge-b-with-a`: is A a hedge for B?
pub(super) fn b_with_a(case: &Case<'_>) -> Claim {
    let [a, b] = case.legs();
    hedge(case, "hedge-b-with-a", "hedge_b_with_a", [b, a])
}

fn hedge(case: &Case<'_>, id: &'static str, group: &str, [held, with]: [&Metric; 2]) -> Claim {
    let question = format!("Is {} a hedge for {}?", with.label, held.label);
    let name = |leaf: &str| format!("{group}.{leaf}");
    let (variance, tail, ratio, n) = (name("variance_reduction"), name("es5_reduction"), name("ratio_now"), name("n"));
    if let Some(short) = [held, with].into_iter().find(|metric| !metric.role.can_be_held()) {
        let proxy = short.proxy.as_ref().map_or_else(String::new, |proxy| format!("; what can be bought is {proxy}"));
        let sentence = Sentence::default().strong("Not measurable as asked").say(format!(
            ": {} is {} and cannot be held{proxy}.",
            short.label,
            article(short.role.words())
        ));
        return case.claim(id, question, Verdict::NotMeasurable, sentence, &[&variance, &ratio], METHOD);
    }
    let Some(side) = case.side(&variance, 0.0) else { return case.missing(id, question, &variance, METHOD) };
    let (opening, verdict) = match side {
        Side::Above => ("Yes, in part", Verdict::Measured),
        Side::Below => ("No, it added risk", Verdict::Contradicted),
        Side::Around => ("Not established", Verdict::NotEstablished),
    };
    let opening = match case.number(&variance) {
        Some(cut) if side == Side::Above && cut >= 0.5 => "Yes, for most of its movement",
        _ => opening,
    };
    let position = if case.number(&ratio).is_some_and(|ratio| ratio < 0.0) { "buying" } else { "selling" };
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(format!(
            ": {position} {} against {}, at a ratio known the day before, cut the variance by ",
            with.label, held.label
        ))
        .figure(&variance)
        .say(" and the average loss of the worst 5 % of days by ")
        .figure(&tail)
        .say(", over ")
        .bare(&n)
        .say(" days not used to fit it. The ratio is now ")
        .bare(&ratio);
    let month = format!("{group}.21.variance_reduction");
    if case.number(&month).is_some() {
        sentence = sentence.say("; held for 21 sessions at a time the cut was ").figure(&month);
    }
    let sentence = sentence.say(".");
    case.claim(id, question, verdict, sentence, &[&name("in_sample_r2")], METHOD)
}

/// `an index`, `a rate`.
fn article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}
