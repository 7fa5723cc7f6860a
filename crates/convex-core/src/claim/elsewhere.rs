//! Questions that prices cannot answer: each names the data it would take.

use super::case::Case;
use super::{Claim, Sentence, Verdict};

const METHOD: &str = "none: the data are not held";
const DAYS: &str = "n_common";

/// `positioning`: does dealer positioning move the gap?
pub(super) fn positioning(case: &Case<'_>) -> Claim {
    let takes = "open interest and gamma by strike from the option exchanges, and which side dealers are on";
    ask(case, "positioning", "Does the positioning of option dealers move the gap?", takes)
}

/// `flows`: does money move from one to the other?
pub(super) fn flows(case: &Case<'_>) -> Claim {
    let question = format!("Does money move out of {} into {}, or back?", case.a(), case.b());
    ask(case, "flows", question, "daily creations and redemptions of the funds, or their shares outstanding")
}

/// `constituents`: do changes of membership explain the gap?
pub(super) fn constituents(case: &Case<'_>) -> Claim {
    let takes = "dated lists of members and weights of both, and the price of each member";
    ask(case, "constituents", "Do changes of membership explain the gap?", takes)
}

fn ask(case: &Case<'_>, id: &'static str, question: impl Into<String>, takes: &str) -> Claim {
    let sentence = Sentence::default()
        .strong("Not measurable here")
        .say(": closing values, of which both have ")
        .bare(DAYS)
        .say(format!(", do not show it. It would take {takes}."));
    case.claim(id, question, Verdict::NotMeasurable, sentence, &[], METHOD)
}
