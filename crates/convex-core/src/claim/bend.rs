//! Does the slope differ between rises and falls, or bend in large moves?

use super::case::Case;
use super::slope::unit;
use super::{Claim, Print, Sentence, Verdict};
use crate::catalog::PairKind;

const METHOD: &str = "restricted wild bootstrap, 999 draws, HC0 t; Holm; beside it the days in the tails, and what a t copula with \
                      the same rank correlation expects of them";

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
    let opening = match (verdict, up.abs() > down.abs()) {
        (Verdict::NotEstablished, _) => "No difference is established",
        (Verdict::Measured, true) => "It moves more with rises than with falls",
        (Verdict::Measured, false) => "It moves more with falls than with rises",
        (_, true) => "It seems to move more with rises than with falls",
        (_, false) => "It seems to move more with falls than with rises",
    };
    let (print, _) = unit(case.legs());
    let sentence = Sentence::default()
        .strong(opening)
        .say(": slope ")
        .print("asymmetry.beta_up", print, false)
        .say(format!(" when {b} rises and "))
        .print("asymmetry.beta_down", print, false)
        .say(" when it falls; difference ")
        .print("asymmetry.difference", print, false)
        .say(", p ")
        .bare(P)
        .say(reservation(case, verdict, P));
    let [first, second] = case.halves("asymmetry");
    let also = [&*first, &second, "asymmetry.t_hc0", "tails.fall_less_rise.p", "tails.degrees_of_freedom"];
    case.claim("asymmetry", question, verdict, shared_extremes(case, sentence), &also, METHOD)
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
    let opening = match (verdict, gamma > 0.0) {
        (Verdict::NotEstablished, _) => "No bend is established",
        (Verdict::Measured, true) => "Large moves either way lift it",
        (Verdict::Measured, false) => "Large moves either way press on it",
        (_, true) => "Large moves either way seem to lift it",
        (_, false) => "Large moves either way seem to press on it",
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": coefficient of the squared change ")
        .bare("convexity.gamma")
        .say(", p ")
        .bare(P)
        .say(reservation(case, verdict, P));
    let [first, second] = case.halves("convexity");
    let also = [&*first, &second, "convexity.t_hc0", "tails.on_falls.p", "tails.on_rises.p"];
    case.claim("convexity", question, verdict, event_slopes(case, sentence), &also, METHOD)
}

/// How often the two are in their tails together, on falls and on rises, beside a copula that treats both alike.
fn shared_extremes(case: &Case<'_>, sentence: Sentence) -> Sentence {
    let (a, b) = (case.a(), case.b());
    let is_opposite = case.number("tails.both_fall.ratio").is_none();
    let (fall, rise) = if is_opposite { ("a_rises_b_falls", "a_falls_b_rises") } else { ("both_fall", "both_rise") };
    let [on_worst, on_best] = if is_opposite { ["best", "worst"] } else { ["worst", "best"] };
    let name = |corner: &str, leaf: &str| format!("tails.{corner}.{leaf}");
    if [fall, rise].iter().any(|corner| case.number(&name(corner, "ratio")).is_none()) {
        return sentence;
    }
    // Where shocks have a question of their own, shared falls are answered there.
    if case.kind() == PairKind::CrossAsset {
        return sentence
            .say(format!(" Of the best 5 % of days of {b}, "))
            .print(&name(rise, "ratio"), Print::Percent, true)
            .say(format!(" were among the {on_best} 5 % of {a}; a t copula with the same rank correlation gives "))
            .print(&name(rise, "t_copula"), Print::Percent, false)
            .say(".");
    }
    sentence
        .say(format!(" Of the worst 5 % of days of {b}, "))
        .print(&name(fall, "ratio"), Print::Percent, true)
        .say(format!(" were among the {on_worst} 5 % of {a}; of the best, "))
        .print(&name(rise, "ratio"), Print::Percent, true)
        .say(format!(" among the {on_best}. A t copula with the same rank correlation gives "))
        .print(&name(fall, "t_copula"), Print::Percent, false)
        .say(" for both.")
}

/// The slope on the days when B moved most, beside what a copula without any bend expects.
fn event_slopes(case: &Case<'_>, sentence: Sentence) -> Sentence {
    let [falls, rises] = ["tails.on_falls", "tails.on_rises"];
    let name = |group: &str, leaf: &str| format!("{group}.{leaf}");
    if [falls, rises].iter().any(|group| case.number(&name(group, "beta")).is_none()) {
        return sentence;
    }
    let (print, _) = unit(case.legs());
    sentence
        .say(format!(" On the worst 5 % of days of {} the slope is ", case.b()))
        .print(&name(falls, "beta"), print, true)
        .say(" and on the best ")
        .print(&name(rises, "beta"), print, true)
        .say("; a t copula with the same rank correlation expects ")
        .print(&name(falls, "beta_t_copula"), print, false)
        .say(" and ")
        .print(&name(rises, "beta_t_copula"), print, false)
        .say(".")
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
