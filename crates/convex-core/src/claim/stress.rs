//! Is the link tighter in stress?

use super::bend::reservation;
use super::case::{Case, Side};
use super::{Claim, Sentence, Verdict};

const METHOD: &str = "Fisher z of Pearson by VIX known the evening before; influence over the whole timeline, equal-weighted cosines; Holm";

const DIFFERENCE: &str = "regimes.stress_minus_calm.z_difference";
const P: &str = "regimes.stress_minus_calm.p";
const STRESS: &str = "regimes.vix_25_and_up.pearson";
const CALM: &str = "regimes.vix_below_15.pearson";

/// `stress-link`: is the link tighter in stress? Tighter is further from zero, in the sign of the whole history.
pub(super) fn stress_link(case: &Case<'_>) -> Claim {
    let question = "Is the link tighter in stress?";
    let Some((side, whole)) = case.side(DIFFERENCE, 0.0).zip(case.number("correlation.all.pearson")) else {
        return case.missing("stress-link", question, DIFFERENCE, METHOD);
    };
    let tighter = if whole >= 0.0 { Side::Above } else { Side::Below };
    let passes = case.family.passes(P);
    let (opening, verdict) = match side {
        Side::Around => ("No difference is established", Verdict::NotEstablished),
        side if side == tighter => match Case::effect(true, passes, case.halves_agree("stress_z")) {
            Verdict::Measured => ("Yes", Verdict::Measured),
            verdict => ("It seems so", verdict),
        },
        _ if passes => ("No, looser", Verdict::Contradicted),
        _ => ("It looks looser, if anything", Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": correlation ")
        .figure(CALM)
        .say(" on days after VIX closed below 15 (n ")
        .bare("regimes.vix_below_15.n")
        .say(") and ")
        .figure(STRESS)
        .say(" after it closed at 25 or above (n ")
        .bare("regimes.vix_25_and_up.n")
        .say("); difference in Fisher z ")
        .figure(DIFFERENCE)
        .say(reservation(case, verdict, P))
        .say(if side == Side::Around { "" } else { " This says what changed, not why." });
    let [first, second] = case.halves("stress_z");
    let parts = [
        &*first,
        &second,
        "correlation.all.pearson",
        "regimes.stress_minus_calm.log_odds",
        "regimes.stress_minus_calm.log_beta",
        "regimes.stress_minus_calm.p",
    ];
    case.claim("stress-link", question, verdict, sentence, &parts, METHOD)
}
