//! When the link broke before, what followed?

use super::case::{Case, Side};
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "episodes in which the correlation of 63 changes fell below the 5th percentile of its own past, known \
                      then, until it was back above the median of that past; Wilson interval";
const EPISODES: &str = "breakdown.episodes";
const LINK: &str = "correlation.all.spearman";
const SHARE: &str = "breakdown.share_back";

/// `after-breakdown`: when the link broke before, what followed?
pub(super) fn after_breakdown(case: &Case<'_>) -> Claim {
    let question = "When the link broke before, what followed?";
    if case.number(EPISODES).is_none() {
        return case.missing("after-breakdown", question, EPISODES, METHOD);
    }
    if case.side(LINK, 0.0) == Some(Side::Around) {
        let sentence = Sentence::default()
            .strong("There is no lasting link to break")
            .say(": rank correlation ")
            .figure(LINK)
            .since(LINK)
            .say(".");
        return case.claim("after-breakdown", question, Verdict::NotEstablished, sentence, &[EPISODES], METHOD);
    }
    let Some(side) = case.side(SHARE, 0.5) else {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(": breaks")
            .since(EPISODES)
            .say(" number ")
            .bare(EPISODES)
            .say(", and it takes at least eight that could be followed for 63 sessions.");
        return case.claim("after-breakdown", question, Verdict::NotMeasurable, sentence, &[SHARE], METHOD);
    };
    let (opening, verdict) = match side {
        Side::Above => ("It came back soon, more often than not", Verdict::Measured),
        Side::Below => ("It stayed broken for long, more often than not", Verdict::Measured),
        Side::Around => ("No rule is established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": of ")
        .bare(EPISODES)
        .say(" breaks")
        .since(EPISODES)
        .say(", ")
        .print(SHARE, Print::Percent, true)
        .say(" were over within 63 sessions; the median took ")
        .print("breakdown.median_sessions", Print::Whole, false)
        .say(" sessions");
    let sentence = if case.number("breakdown.move_after").is_some() {
        let (gap, print) = if case.has_ratio() { ("ratio", Print::Percent) } else { ("spread", Print::Usual) };
        sentence
            .say(format!(". In the 63 sessions after a break the {gap} moved "))
            .print("breakdown.move_after", print, false)
            .say(" either way at the median, against ")
            .print("breakdown.move_usual", print, false)
            .say(" over all such stretches.")
    } else {
        sentence.say(".")
    };
    case.claim("after-breakdown", question, verdict, sentence, &["breakdown.still_open"], METHOD)
}
