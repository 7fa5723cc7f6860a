//! Sentences of claims as they stand in a page: each number in an element that names its figure.

use convex_core::claim::{Claim, Part, Sentence};
use convex_core::compare::Comparison;

use crate::format;
use crate::web::shown::{Prose, Shown};

/// A claim's sentence with its figures.
pub(in crate::web) fn claim_prose(sentence: &Sentence, of: &Comparison) -> Prose {
    sentence.parts().iter().fold(Prose::default(), |prose, part| match part {
        Part::Words(words) => prose.say(words.clone()),
        Part::Strong(words) => prose.strong(words.clone()),
        Part::Since(name) => prose.say(format::since(name, of)),
        Part::Figure { name, print, interval } => {
            let shown = Shown::with_text(&of.figures, name, format::in_sentence(name, *print, of));
            prose.figure(if *interval { shown } else { shown.bare() })
        }
    })
}

/// The claim of an id, if it is asked of the pair.
pub(in crate::web) fn claim<'a>(of: &'a Comparison, id: &str) -> Option<&'a Claim> {
    of.claims.iter().find(|claim| claim.id == id)
}

/// The sentences of several claims one after the other, as far as they are asked; `None` if none is. All but the first
/// stand behind their own questions, so that each answer is to something.
pub(in crate::web) fn answered_by(of: &Comparison, ids: &[&str]) -> Option<Prose> {
    let mut answers = ids.iter().filter_map(|id| claim(of, id));
    let first = claim_prose(&answers.next()?.sentence, of);
    Some(
        answers
            .fold(first, |said, next| said.say(format!(" {} ", next.question)).join(claim_prose(&next.sentence, of))),
    )
}
