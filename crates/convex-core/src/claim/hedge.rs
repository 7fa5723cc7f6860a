//! Is one leg a hedge for the other?

use super::case::{Case, Side, ticker};
use super::{Claim, Print, Sentence, Verdict};
use crate::catalog::Metric;

const METHOD: &str =
    "minimum variance on the 252 sessions before each day, judged on days not used to fit it; equal-weighted cosines";

const WORST: &str = "the average loss of the worst 5 % of days";

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
    let question = format!("Is {} a hedge for {}?", with.noun, held.noun);
    let name = |leaf: &str| case.long_run(&format!("{group}.{leaf}"));
    let (variance, tail, ratio, n) = (name("variance_reduction"), name("es5_reduction"), name("ratio_now"), name("n"));
    if !with.role.can_be_held() || !held.role.can_be_held() {
        let sentence = cannot_be_held(held, with);
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
        Some(cut) if side == Side::Above && cut < 0.1 => "Yes, but for little of its movement",
        _ => opening,
    };
    let position = if case.number(&ratio).is_some_and(|ratio| ratio < 0.0) { "buying" } else { "selling" };
    let sentence = Sentence::default().strong(opening).say(format!(
        ": {position} {} against {} by minimum variance, the ratio known the day before, ",
        with.noun, held.noun
    ));
    let is_cut = case.number(&variance).is_some_and(|cut| cut >= 0.0);
    let sentence = if is_cut {
        sentence.say("cut the variance by ").print(&variance, Print::Percent, true)
    } else {
        sentence.say("raised the variance by ").print(&variance, Print::TurnedPercent, true)
    };
    let sentence = match case.number(&tail) {
        Some(cut) if cut < 0.0 && !is_cut => {
            sentence.say(format!(" and {WORST} by ")).print(&tail, Print::TurnedPercent, true)
        }
        Some(cut) if cut < 0.0 => {
            sentence.say(format!(" and raised {WORST} by ")).print(&tail, Print::TurnedPercent, true)
        }
        _ if is_cut => sentence.say(format!(" and {WORST} by ")).print(&tail, Print::Percent, true),
        _ => sentence.say(format!(" and cut {WORST} by ")).print(&tail, Print::Percent, true),
    };
    let mut sentence =
        sentence.say(", over ").bare(&n).say(" days not used to fit it. The hedge ratio is now ").bare(&ratio);
    let month = name("21.variance_reduction");
    if let Some(cut) = case.number(&month) {
        let (verb, print) = if cut < 0.0 { ("raised", Print::TurnedPercent) } else { ("cut", Print::Percent) };
        sentence = sentence
            .say(format!("; held for 21 sessions at a time, it {verb} the variance by "))
            .print(&month, print, true);
    }
    let payouts = case.payouts(&format!("{group}.variance_reduction"));
    case.claim(id, question, verdict, sentence.say(".").say(payouts), &[&name("in_sample_r2")], METHOD)
}

/// Why nothing can be measured: one of the two is no asset.
fn cannot_be_held(held: &Metric, with: &Metric) -> Sentence {
    let sentence = Sentence::default().strong("Not measurable as asked");
    if with.role.can_be_held() {
        return sentence.say(format!(": there is nothing to hedge, since {} is {}.", held.noun, no_asset(held)));
    }
    let sentence = sentence.say(format!(": {} is {}", with.noun, no_asset(with)));
    match &with.proxy {
        Some(proxy) => sentence.say(format!("; what can be bought in its place is {}.", ticker(proxy))),
        None => sentence.say("; nothing that can be bought follows it."),
    }
}

/// What a metric is instead of an asset.
fn no_asset(metric: &Metric) -> String {
    let words = metric.role.words();
    if words.ends_with("not an asset") { words.to_owned() } else { format!("{words}, not an asset") }
}
