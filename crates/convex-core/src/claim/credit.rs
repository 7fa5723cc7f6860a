//! Does weakness with rising implied volatility go with wider credit spreads?

use super::case::Case;
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "whole-week change of the high-yield spread on both legs together; t by equal-weighted cosines; \
                      Bonferroni";

/// `credit`: do wider credit spreads go with both?
pub(super) fn credit(case: &Case<'_>) -> Claim {
    let equity_first = case.legs()[0].category.is_equity();
    let (equity, volatility) = if equity_first { (case.a(), case.b()) } else { (case.b(), case.a()) };
    let question = format!("Does weakness of {equity} with rising {volatility} go with wider credit spreads?");
    let number = |leaf: &str| case.number(&format!("credit.{leaf}"));
    let (Some(p_equity), Some(p_volatility), Some(slope), Some(rise)) =
        (number("equity.p"), number("volatility.p"), number("equity.widening"), number("volatility.widening"))
    else {
        return case.missing("credit", question, "credit.n", METHOD);
    };
    let found = [(p_equity, slope < 0.0), (p_volatility, rise > 0.0)];
    let shown = found.iter().filter(|(p, expected)| *p < 0.025 && *expected).count();
    let against = found.iter().filter(|(p, expected)| *p < 0.025 && !*expected).count();
    let lasting = ["equity", "volatility"].iter().all(|leg| {
        let half = |half: &str| case.number(&format!("credit.{half}.{leg}.widening"));
        half("first_half").zip(half("second_half")).is_some_and(|(first, second)| first * second > 0.0)
    });
    let (opening, verdict) = match (shown, against) {
        (2, _) if lasting => ("Yes, with both", Verdict::Measured),
        (2, _) => ("With both, but not in both halves of history", Verdict::Suggestive),
        (1, 0) if p_equity < 0.025 => ("With weakness only", Verdict::Suggestive),
        (1, 0) => ("With rising volatility only", Verdict::Suggestive),
        (0, 1 | 2) => ("No, the other way", Verdict::Contradicted),
        _ => ("Not established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": in weeks when {equity} rose by one standard deviation, {volatility} unchanged, the high-yield spread moved "))
        .figure("credit.equity.widening")
        .say(" percentage points (t ")
        .bare("credit.equity.t_ewc")
        .say(format!("); when {volatility} did, {equity} unchanged, "))
        .figure("credit.volatility.widening")
        .say(" (t ")
        .bare("credit.volatility.t_ewc")
        .say("), over ")
        .bare("credit.n")
        .say(" whole weeks. Together the two explain ")
        .print("credit.r2", Print::Percent, false)
        .say(" of its variance.");
    let also = [
        "credit.equity.p",
        "credit.volatility.p",
        "credit.first_half.equity.widening",
        "credit.second_half.equity.widening",
        "credit.first_half.volatility.widening",
        "credit.second_half.volatility.widening",
    ];
    case.claim("credit", question, verdict, sentence, &also, METHOD)
}
