//! Did the gap ever jump, and when?

use super::case::Case;
use super::{Claim, Sentence, Verdict};

const METHOD: &str = "Lee-Mykland for jumps, kappa-2 cumulative sums for variance, Bai-Perron for the mean; Holm";
const COUNT: &str = "breaks.jumps.count";
const P: &str = "breaks.jumps.p";

/// `jumps`: did the gap ever jump, and when?
pub(super) fn jumps(case: &Case<'_>) -> Claim {
    let question = "Did the gap ever jump, and when?";
    let Some(count) = case.number(COUNT) else { return case.missing("jumps", question, COUNT, METHOD) };
    let (opening, verdict) = match (count > 0.0, case.family.passes(P)) {
        (true, true) => ("Yes", Verdict::Measured),
        (true, false) => ("It seems so", Verdict::Suggestive),
        (false, _) => ("No jump is established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default().strong(opening);
    let too_large = if count > 1.5 {
        "are too large for the volatility before them"
    } else {
        "is too large for the volatility before it"
    };
    let sentence = if count > 0.0 {
        sentence
            .say(": ")
            .bare(COUNT)
            .say(" of ")
            .bare("breaks.jumps.n")
            .say(format!(" {} changes of the ratio {too_large}, the largest ", case.rhythm()))
            .bare("breaks.jumps.largest")
            .say(" on ")
            .bare("breaks.jumps.largest_date")
            .say("; a usual change is ")
            .bare("breaks.jumps.usual")
    } else {
        sentence
            .say(": none of ")
            .bare("breaks.jumps.n")
            .say(format!(" {} changes of the ratio is too large for the volatility before it", case.rhythm()))
    };
    let sentence = breaks(case, sentence.say(". Breaks of its variance: "), "breaks.variance");
    let sentence = breaks(case, sentence.say("; of its mean rate of change: "), "breaks.mean");
    case.claim("jumps", question, verdict, sentence.say("."), &[P, "breaks.variance.p"], METHOD)
}

/// How many breaks, and the date of the last.
fn breaks(case: &Case<'_>, sentence: Sentence, group: &str) -> Sentence {
    let (count, last) = (format!("{group}.count"), format!("{group}.last_date"));
    match case.number(&count) {
        None => sentence.say("not measurable"),
        Some(0.0) => sentence.bare(&count),
        Some(1.0) => sentence.bare(&count).say(", on ").bare(&last),
        Some(_) => sentence.bare(&count).say(", the last on ").bare(&last),
    }
}
