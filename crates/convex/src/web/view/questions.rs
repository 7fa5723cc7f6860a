//! The questions readers ask of any pair, answered by its claims.

use convex_core::claim::Verdict;
use convex_core::compare::Comparison;

use super::figures::Reader;
use super::prose::{answered_by, claim, claim_prose};
use crate::format;
use crate::web::shown::Prose;

/// A question with its answer.
#[derive(Clone, Debug)]
pub(in crate::web) struct Question {
    pub(in crate::web) id: &'static str,
    pub(in crate::web) asked: String,
    pub(in crate::web) answer: Prose,
}

pub(in crate::web) fn questions(comparison: &Comparison, rationale: &str) -> Vec<Question> {
    let (a, b) = (comparison.a.metric.noun.as_str(), comparison.b.metric.noun.as_str());
    let entry = |id, asked, answer| Question { id, asked, answer };
    vec![
        entry("how-related", format!("How are {a} and {b} related?"), related(comparison, rationale)),
        entry("who-leads", format!("Does {a} lead {b}, or {b} lead {a}?"), answer(comparison, &["lead"])),
        entry(
            "how-correlated",
            format!("How are {a} and {b} correlated, and when does that change?"),
            answer(comparison, &["link", "stress-link", "inverse", "opposite"]),
        ),
        entry("what-drives", format!("What drives divergence between {a} and {b}?"), divergence(comparison)),
        entry(
            "hedge",
            format!("Is {a} a hedge for {b}, and {b} for {a}?"),
            answer(comparison, &["hedge-b-with-a", "hedge-a-with-b"]),
        ),
    ]
}

fn answer(comparison: &Comparison, claims: &[&str]) -> Prose {
    if let Some(why) = &comparison.apart {
        return Prose::from(format!("There is nothing to answer it with: {}.", format::why(why)));
    }
    answered_by(comparison, claims).unwrap_or_else(|| Prose::from("Not asked of a pair of this kind."))
}

fn related(comparison: &Comparison, rationale: &str) -> Prose {
    let gist = rationale.split_inclusive(". ").next().unwrap_or_default().trim_end();
    let said = Prose::from(format!("The catalogue reads them as a {} pair. {gist}", comparison.kind.words()));
    match answered_by(comparison, &["sensitivity"]) {
        Some(answer) => said.say(" ").join(answer),
        None => said,
    }
}

/// What moves with the gap; where nothing is known of that, how far the two have moved apart.
fn divergence(comparison: &Comparison) -> Prose {
    let read = Reader::new(comparison);
    let is_known = claim(comparison, "moves-with").is_some_and(|claim| claim.verdict != Verdict::NotMeasurable);
    if comparison.apart.is_some() || is_known {
        return answer(comparison, &["moves-with", "gap-now"]);
    }
    let said =
        Prose::from("What moves with it is measured for two prices only: it takes weekly changes of their ratio.");
    if let Some(now) = claim(comparison, "gap-now") {
        return said.say(format!(" {} ", now.question)).join(claim_prose(&now.sentence, comparison));
    }
    said.say(" In 90 days the two moved ")
        .figure(read.show("a.change.90d"))
        .say(" and ")
        .figure(read.show("b.change.90d"))
        .say(".")
}
