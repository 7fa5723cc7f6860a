//! Do they move together, and which of them moves more?

use super::case::{Case, Side, at_start};
use super::{Claim, Print, Sentence, Verdict};
use crate::catalog::PairKind;
use crate::compare::STATES;

const LINK: &str = "Spearman's rank correlation of changes on common days, interval by equal-weighted cosines";
const VOLATILITY: &str = "ratio of standard deviations of changes, interval by equal-weighted cosines";
const BY_STATE: &str = "Pearson by state known the evening before, interval by equal-weighted cosines";

/// A correlation inside this interval is called unrelated.
const NEGLIGIBLE: f64 = 0.10;

/// `link`: do they move together?
pub(super) fn link(case: &Case<'_>) -> Claim {
    const ALL: &str = "correlation.all.spearman";
    let question = "Do they move together?";
    let Some(side) = case.side(ALL, 0.0) else { return case.missing("link", question, ALL, LINK) };
    let (opening, verdict) = match side {
        Side::Around => ("No link is established", Verdict::NotEstablished),
        side => match (Case::effect(true, true, case.halves_agree("spearman")), side) {
            (Verdict::Measured, Side::Above) => ("Yes, in the same direction", Verdict::Measured),
            (Verdict::Measured, _) => ("Yes, in opposite directions", Verdict::Measured),
            (verdict, Side::Above) => ("It seems so, in the same direction", verdict),
            (verdict, _) => ("It seems so, in opposite directions", verdict),
        },
    };
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(format!(". The rank correlation of {} changes is ", case.rhythm()))
        .figure(ALL)
        .since(ALL);
    let mut joined = " and ";
    if side == Side::Around && is_negligible(case, ALL) {
        sentence = sentence.say(", which rules out a link beyond ±0.10");
        joined = ", and ";
    }
    if case.number("correlation.90d.spearman").is_some() {
        sentence = sentence.say(joined).figure("correlation.90d.spearman").say(" over the last 90 days");
    }
    sentence = match verdict {
        Verdict::Suggestive => sentence
            .say("; its sign differs between the first half of that time (")
            .bare("halves.first.spearman")
            .say(") and the second (")
            .bare("halves.second.spearman")
            .say(")."),
        _ => sentence.say("."),
    };
    let [first, second] = case.halves("spearman");
    let also = ["correlation.all.pearson", "correlation.252obs.spearman", &first, &second];
    case.claim("link", question, verdict, sentence, &also, LINK)
}

/// `opposite`: do they move oppositely?
pub(super) fn opposite(case: &Case<'_>) -> Claim {
    const ALL: &str = "correlation.all.spearman";
    let question = "Do they move oppositely?";
    let Some(side) = case.side(ALL, 0.0) else { return case.missing("opposite", question, ALL, LINK) };
    let (opening, verdict) = match side {
        Side::Below => match Case::effect(true, true, case.halves_agree("spearman")) {
            Verdict::Measured => ("Yes", Verdict::Measured),
            verdict => ("It seems so", verdict),
        },
        Side::Above => ("No, they rise and fall together", Verdict::Contradicted),
        Side::Around => ("Not established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default().strong(opening).say(": rank correlation ").figure(ALL);
    let sentence = if side == Side::Around && is_negligible(case, ALL) {
        sentence.say(", so close to zero that the two can be called unrelated day by day.")
    } else {
        sentence.since(ALL).say(".")
    };
    let [first, second] = case.halves("spearman");
    case.claim("opposite", question, verdict, sentence, &[&first, &second], LINK)
}

/// `inverse`: is the link inverse, in every state?
pub(super) fn inverse(case: &Case<'_>) -> Claim {
    const ALL: &str = "correlation.all.spearman";
    let question = "Is the link inverse, in every state?";
    let Some(side) = case.side(ALL, 0.0) else { return case.missing("inverse", question, ALL, LINK) };
    let names: Vec<String> = STATES.iter().map(|state| format!("regimes.{state}.pearson")).collect();
    let known: Vec<(&str, Side)> =
        names.iter().filter_map(|name| Some((name.as_str(), case.side(name, 0.0)?))).collect();
    let below = known.iter().filter(|(_, side)| *side == Side::Below).count();
    let (opening, verdict) = match side {
        Side::Below if below == known.len() && !known.is_empty() => ("Yes, in every state", Verdict::Measured),
        Side::Below => ("Yes overall, but not in every state", Verdict::Suggestive),
        Side::Above => ("No, they rise and fall together", Verdict::Contradicted),
        Side::Around => ("Not established", Verdict::NotEstablished),
    };
    let mut sentence = Sentence::default().strong(opening).say(": rank correlation ").figure(ALL).say(" overall");
    if let Some(calm) = known.iter().find(|(name, _)| name.contains("below_15")) {
        sentence = sentence.say("; Pearson ").figure(calm.0).say(" when VIX had closed below 15");
    }
    if let Some(stress) = known.iter().find(|(name, _)| name.contains("25_and_up")) {
        sentence = sentence.say(" and ").figure(stress.0).say(" when it had closed at 25 or above");
    }
    let also: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    case.claim("inverse", question, verdict, sentence.say("."), &also, BY_STATE)
}

/// `calmer`: which is the more volatile?
pub(super) fn calmer(case: &Case<'_>) -> Claim {
    const LOG: &str = "volatility_ratio.log";
    let question = "Which is the more volatile?";
    let (a, b) = (case.a(), case.b());
    let [change_a, change_b] = case.legs().map(|metric| metric.change);
    if change_a != change_b {
        let words = "Not measurable: changes of a price and of a rate have no common unit";
        let sentence = Sentence::default().strong(words).say(".");
        return case.claim("calmer", question, Verdict::NotMeasurable, sentence, &[LOG], VOLATILITY);
    }
    let Some(side) = case.side(LOG, 0.0) else { return case.missing("calmer", question, LOG, VOLATILITY) };
    let (opening, verdict) = match side {
        Side::Above => (at_start(a), Verdict::Measured),
        Side::Below => (at_start(b), Verdict::Measured),
        Side::Around => ("Neither, as far as can be told".to_owned(), Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": {} changes of {a} are ", case.rhythm()))
        .print(LOG, Print::Factor, true)
        .say(format!(" times as large as those of {b}"))
        .since(LOG)
        .say(".");
    case.claim("calmer", question, verdict, sentence, &["volatility_ratio.ewc_95"], VOLATILITY)
}

fn is_negligible(case: &Case<'_>, name: &str) -> bool {
    let interval = case.estimate(name).and_then(|estimate| estimate.interval);
    interval.is_some_and(|interval| interval.low > -NEGLIGIBLE && interval.high < NEGLIGIBLE)
}

/// Whether the pair is asked whether its link is inverse.
pub(super) fn asks_inverse(kind: PairKind) -> bool {
    matches!(kind, PairKind::RiskOnRiskOff | PairKind::CreditEquity)
}
