//! Are there long cycles of leadership?

use super::bend::reservation;
use super::case::Case;
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "swings of the ratio of at least 15 % between alternating peaks and troughs, beside 500 driftless walks \
                      of its own changes";
const SWINGS: &str = "cycles.swings";
const P: &str = "cycles.p_longer";

/// `cycles`: are there long cycles of leadership?
pub(super) fn cycles(case: &Case<'_>) -> Claim {
    let question = "Are there long cycles of leadership?";
    if case.number(SWINGS).is_none() {
        return case.missing("cycles", question, SWINGS, METHOD);
    }
    let Some(p) = case.number(P) else {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(": ")
            .bare(SWINGS)
            .say(" whole swings of 15 % or more")
            .since(SWINGS)
            .say(", and it takes at least eight.");
        return case.claim("cycles", question, Verdict::NotMeasurable, sentence, &[P], METHOD);
    };
    let (opening, verdict) = match (p < 0.05, case.family.passes(P) && !case.price_only()) {
        (true, true) => ("Yes, longer than chance makes them", Verdict::Measured),
        (true, false) => ("Perhaps longer than chance makes them", Verdict::Suggestive),
        (false, _) => ("No longer than chance makes them", Verdict::NotEstablished),
    };
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(": the median of ")
        .bare(SWINGS)
        .say(" swings of 15 % or more took ")
        .print("cycles.median_length", Print::Whole, false)
        .say(" sessions and measured ")
        .print("cycles.median_height", Print::Percent, false)
        .say("; on walks without any tie it takes ")
        .print("cycles.length_walk", Print::Whole, false)
        .say(" and measures ")
        .print("cycles.height_walk", Print::Percent, false)
        .say(", and ")
        .print(P, Print::Percent, false)
        .say(" of walks swing at least as slowly");
    if case.price_only() && verdict != Verdict::NotEstablished {
        sentence = sentence.say("; on price alone, so no verdict on the long run.");
    } else {
        sentence = sentence.say(if verdict == Verdict::Suggestive { reservation(case, verdict, P) } else { "." });
    }
    case.claim("cycles", question, verdict, sentence, &["cycles.p_taller"], METHOD)
}
