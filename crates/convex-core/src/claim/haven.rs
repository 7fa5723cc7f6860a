//! Is A ahead in recessions and scares?

use super::case::{Case, Side};
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "scares from VIX at 25 or above until below 20, and recessions, counted; Wilson interval";
const SCARES: &str = "haven.scares";
const SHARE: &str = "haven.share";

/// `haven`: is A ahead in recessions and scares?
pub(super) fn haven(case: &Case<'_>) -> Claim {
    let (a, b) = (case.a(), case.b());
    let question = format!("Is {a} ahead of {b} in recessions and scares?");
    if case.number(SCARES).is_none() {
        return case.missing("haven", question, SCARES, METHOD);
    }
    let Some(side) = case.side(SHARE, 0.5) else {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(": both histories hold ")
            .bare(SCARES)
            .say(" whole scares, and it takes at least eight.");
        return case.claim("haven", question, Verdict::NotMeasurable, recessions(case, sentence), &[SHARE], METHOD);
    };
    let (opening, verdict) = match side {
        Side::Above => ("In scares, yes", Verdict::Measured),
        Side::Below => ("In scares, no: it was behind", Verdict::Contradicted),
        Side::Around => ("Not established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!("{} {a} gained on {b} in ", if side == Side::Below { ";" } else { ":" }))
        .print(SHARE, Print::Percent, true)
        .say(" of ")
        .bare(SCARES)
        .say(" scares (VIX at 25 or above, until below 20)")
        .since(SCARES)
        .say(", with a median change of the ratio of ")
        .bare("haven.median_move")
        .say(".");
    let sentence = recessions(case, sentence).say(case.total_return_note());
    case.claim("haven", question, verdict, sentence, &[SHARE], METHOD)
}

/// Recessions are too few to say more than their count.
fn recessions(case: &Case<'_>, sentence: Sentence) -> Sentence {
    const RECESSIONS: &str = "haven.recessions";
    match case.number(RECESSIONS) {
        Some(count) if count >= 1.0 => sentence
            .say(" Recessions in which it gained: ")
            .bare("haven.recessions_ahead")
            .say(" of ")
            .bare(RECESSIONS)
            .say(if count < 8.0 { ", too few for a verdict." } else { "." }),
        _ => sentence,
    }
}
