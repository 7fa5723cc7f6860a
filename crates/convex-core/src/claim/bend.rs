//! Does the slope differ between rises and falls, or bend in large moves?

use super::case::Case;
use super::{Claim, Sentence, Verdict};

const METHOD: &str = "restricted wild bootstrap, 999 draws, HC0 t; Holm";

/// `asymmetry`: does A follow B's falls as it follows its rises?
pub(super) fn asymmetry(case: &Case<'_>) -> Claim {
    const P: &str = "asymmetry.p_wild";
    let (a, b) = (case.a(), case.b());
    let question = format!("Does {a} follow {b} down as it follows it up?");
    let (Some(p), Some(up), Some(down)) =
        (case.number(P), case.number("asymmetry.beta_up"), case.number("asymmetry.beta_down"))
    else {
        return case.missing("asymmetry", question, P, METHOD);
    };
    let verdict = Case::effect(p < 0.05, case.family.passes(P), case.halves_agree("asymmetry"));
    let opening = match verdict {
        Verdict::NotEstablished => "No difference is established",
        _ if up.abs() > down.abs() => "It moves more with rises than with falls",
        _ => "It moves more with falls than with rises",
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": slope ")
        .bare("asymmetry.beta_up")
        .say(format!(" when {b} rises and "))
        .bare("asymmetry.beta_down")
        .say(" when it falls; difference ")
        .bare("asymmetry.difference")
        .say(", p ")
        .bare(P)
        .say(reservation(case, verdict, P));
    let [first, second] = case.halves("asymmetry");
    case.claim("asymmetry", question, verdict, sentence, &[&first, &second, "asymmetry.t_hc0"], METHOD)
}

/// `convexity`: does the slope bend in large moves?
pub(super) fn convexity(case: &Case<'_>) -> Claim {
    const P: &str = "convexity.p_wild";
    let (a, b) = (case.a(), case.b());
    let question = format!("Does {a} react out of proportion to large moves of {b}?");
    let (Some(p), Some(gamma)) = (case.number(P), case.number("convexity.gamma")) else {
        return case.missing("convexity", question, P, METHOD);
    };
    let verdict = Case::effect(p < 0.05, case.family.passes(P), case.halves_agree("convexity"));
    let opening = match verdict {
        Verdict::NotEstablished => "No bend is established",
        _ if gamma > 0.0 => "Large moves either way lift it",
        _ => "Large moves either way press on it",
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": coefficient of the squared change ")
        .bare("convexity.gamma")
        .say(", p ")
        .bare(P)
        .say(reservation(case, verdict, P));
    let [first, second] = case.halves("convexity");
    case.claim("convexity", question, verdict, sentence, &[&first, &second, "convexity.t_hc0"], METHOD)
}

/// The end of a sentence whose effect is only suggestive: which condition it fails.
pub(super) fn reservation(case: &Case<'_>, verdict: Verdict, p: &str) -> &'static str {
    match verdict {
        Verdict::Suggestive if !case.family.passes(p) => {
            "; judged together with this page’s other tests it does not pass."
        }
        Verdict::Suggestive => "; the two halves of history do not agree on its sign.",
        _ => ".",
    }
}
