//! Does one magnify shocks of the other?

use super::bend::reservation;
use super::case::Case;
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "share of the worst 5 % of days of B on which A is in its own tail, against a t copula with the same rank \
                      correlation; equal-weighted cosines; Holm";

/// `amplifies`: does A magnify shocks of B?
pub(super) fn amplifies(case: &Case<'_>) -> Claim {
    let (a, b) = (case.a(), case.b());
    let question = format!("Are {a} and {b} linked more closely in shocks than on other days?");
    let corner =
        ["both_fall", "a_rises_b_falls"].into_iter().find(|corner| case.number(&format!("tails.{corner}.p")).is_some());
    let Some(corner) = corner else {
        let missing = ["tails.both_fall", "tails.a_rises_b_falls"];
        let known = missing.into_iter().find(|name| case.comparison.figures.get(name).is_some());
        return case.missing("amplifies", question, known.unwrap_or("tails.degrees_of_freedom"), METHOD);
    };
    let name = |leaf: &str| format!("tails.{corner}.{leaf}");
    let (p_name, excess) = (name("p"), case.number(&name("excess")).unwrap_or_default());
    let p = case.number(&p_name).unwrap_or(1.0);
    let passes = case.family.passes(&p_name);
    let (opening, verdict) = match (p < 0.05, excess > 0.0) {
        (true, true) => match Case::effect(true, passes, case.halves_agree(&format!("tails_{corner}"))) {
            Verdict::Measured => ("Yes", Verdict::Measured),
            verdict => ("It seems so", verdict),
        },
        (true, false) if passes => ("No, less closely", Verdict::Contradicted),
        (true, false) => ("If anything less closely", Verdict::NotEstablished),
        (false, _) => ("Not established", Verdict::NotEstablished),
    };
    let end = if corner == "both_fall" { "worst" } else { "best" };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": of the worst 5 % of days of {b}, "))
        .print(&name("ratio"), Print::Percent, true)
        .say(format!(" were among the {end} 5 % of {a}; a t copula with the same rank correlation would give "))
        .print(&name("t_copula"), Print::Percent, false)
        .say(" (p ")
        .bare(&p_name)
        .say(")")
        .say(reservation(case, verdict, &p_name));
    let [first, second] = case.halves(&format!("tails_{corner}"));
    case.claim(
        "amplifies",
        question,
        verdict,
        sentence,
        &[&first, &second, &name("excess"), "tails.degrees_of_freedom"],
        METHOD,
    )
}
