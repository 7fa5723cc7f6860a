//! The gap: unusual now, closing when wide, steadier than its legs, and whether there is a level it returns to.

use super::bend::reservation;
use super::case::{Case, Side};
use super::{Claim, Print, Sentence, Verdict};

const NOW: &str = "z over 252 observations against driftless walks of the pair’s own changes, 500 walks";
const CLOSES: &str = "Hodrick 1B on deviations beyond 2, episodes counted; Holm";
const STEADY: &str = "ADF and joint robust variance ratio on the log ratio (of two rates: the spread); half-lives by grid bootstrap; Holm";
const COMMON: &str = "ratio of standard deviations of changes, interval by equal-weighted cosines";
const FAIR: &str = "Engle-Granger either way round (Bonferroni); Holm";

/// `gap-now`: is the gap unusual now?
pub(super) fn gap_now(case: &Case<'_>) -> Claim {
    const P: &str = "divergence.p_walk";
    let question = "Is the gap unusual now?";
    let (Some(p), Some(z)) = (case.number(&case.long_run(P)), case.number(&case.long_run("divergence.z"))) else {
        return case.missing("gap-now", question, &case.long_run(P), NOW);
    };
    let (opening, verdict) = match p {
        p if p < 0.01 => ("Yes", Verdict::Measured),
        p if p < 0.05 => ("It is wide", Verdict::Suggestive),
        _ => ("No", Verdict::NotEstablished),
    };
    let side = if z < 0.0 { "below" } else { "above" };
    let gap = case.gap().unwrap_or("gap");
    let of_gap = |leaf: &str| case.long_run(&format!("{gap}.{leaf}"));
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(format!(": the {gap} stands "))
        .print(&case.long_run("divergence.z"), Print::Magnitude, false)
        .say(format!(
            " standard deviations {side} its mean of 252 {}; a walk without any tie stands at least as far out on ",
            case.periods()[1]
        ))
        .print(&case.long_run(P), Print::Percent, false)
        .say(" of days");
    if case.number(&of_gap("change_90d")).is_some() {
        sentence = sentence.say(format!(". Over 90 days the {gap} has changed by ")).bare(&of_gap("change_90d"));
    }
    case.claim(
        "gap-now",
        question,
        verdict,
        sentence.say(".").say(case.payouts(P)),
        &[&of_gap("z_1y"), &of_gap("percentile_all")],
        NOW,
    )
}

/// `gap-closes`: do wide gaps close?
pub(super) fn gap_closes(case: &Case<'_>) -> Claim {
    let question = "Do wide gaps close?";
    let Some(episodes) = case.number(&case.long_run("reversal.episodes")) else {
        return case.missing("gap-closes", question, &case.long_run("reversal.21.p"), CLOSES);
    };
    let tests = ["reversal.21", "reversal.63"];
    let best = tests.into_iter().filter_map(|test| Some((test, case.number(&case.long_run(&format!("{test}.p")))?)));
    let Some((test, p)) = best.min_by(|one, other| one.1.total_cmp(&other.1)) else {
        return case.missing("gap-closes", question, &case.long_run("reversal.21.p"), CLOSES);
    };
    let (t_name, p_name) = (case.long_run(&format!("{test}.t")), format!("{test}.p"));
    let t = case.number(&t_name).unwrap_or_default();
    let passes = case.family.passes(&p_name) && episodes >= 8.0;
    let halves = case.halves_agree(&test.replace('.', "_"));
    let (opening, verdict) = match (p < 0.05, t > 0.0) {
        (true, true) => match Case::effect(true, passes, halves) {
            Verdict::Measured => ("They have turned back", Verdict::Measured),
            verdict => ("They seem to have turned back", verdict),
        },
        (true, false) if passes => ("No, they have widened further", Verdict::Contradicted),
        (true, false) => ("If anything they widened further", Verdict::NotEstablished),
        _ => ("Not more than chance", Verdict::NotEstablished),
    };
    let sessions = if test.ends_with("21") { "21" } else { "63" };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": the {} went more than two deviations from its mean in ", case.gap().unwrap_or("gap")))
        .bare(&case.long_run("divergence.episodes"))
        .say(" episodes (walks without any tie: ")
        .print(&case.long_run("divergence.episodes_walk"), Print::Whole, false)
        .say("), on ")
        .print(&case.long_run("divergence.share_beyond_2"), Print::Percent, false)
        .say(" of days (walks: ")
        .print(&case.long_run("divergence.share_beyond_2_walk"), Print::Percent, false)
        .say(format!("); over the {sessions} sessions after, the test of turning back has t "))
        .bare(&t_name)
        .say(", p ")
        .bare(&case.long_run(&p_name))
        .say(reservation(case, verdict, &p_name))
        .say(case.payouts(&p_name));
    let leaf = test.replace('.', "_");
    let [first, second] = case.halves(&leaf);
    case.claim(
        "gap-closes",
        question,
        verdict,
        sentence,
        &[
            &case.long_run("reversal.21.p"),
            &case.long_run("reversal.63.p"),
            &case.long_run("reversal.episodes"),
            &first,
            &second,
        ],
        CLOSES,
    )
}

/// `steadier-gap`: is the gap steadier than either leg?
pub(super) fn steadier_gap(case: &Case<'_>) -> Claim {
    const VR: &str = "variance_ratio.p_joint";
    let root = if case.has_ratio() { "unit_root.log_ratio.adf_p" } else { "unit_root.spread.adf_p" };
    let question = "Is the gap steadier than either leg?";
    let (Some(adf), Some(vr)) = (case.number(&case.long_run(root)), case.number(&case.long_run(VR))) else {
        let missing = [root, VR].map(|name| case.long_run(name)).into_iter().find(|name| case.number(name).is_none());
        let missing = missing.unwrap_or_default();
        return case.missing("steadier-gap", question, &missing, STEADY);
    };
    let (returns, reverses) =
        (adf < 0.05, vr < 0.05 && case.number(&case.long_run("variance_ratio.5.vr")).is_some_and(|vr| vr < 1.0));
    let passes = case.family.passes(root) || case.family.passes(VR);
    let price_only = case.price_only();
    let (opening, verdict) = match (returns, reverses) {
        (true, _) if passes && !price_only => ("Yes, it returns to a level", Verdict::Measured),
        (true, _) => ("It seems to return to a level", Verdict::Suggestive),
        (false, true) => {
            ("In part: short moves of it reverse, but no level it returns to is shown", Verdict::Suggestive)
        }
        (false, false) => ("Not established", Verdict::NotEstablished),
    };
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(" (unit root p ")
        .bare(&case.long_run(root))
        .say("; variance over 5 observations ")
        .bare(&case.long_run("variance_ratio.5.vr"))
        .say(" times what a walk would have, joint p ")
        .bare(&case.long_run(VR))
        .say(")");
    let (above, below) = (case.long_run("half_life.above"), case.long_run("half_life.below"));
    let periods = case.periods()[1];
    sentence = match (case.number(&above), case.number(&below)) {
        (Some(_), Some(_)) => sentence
            .say("; half of a deviation goes in ")
            .print(&above, Print::Whole, false)
            .say(" to ")
            .print(&below, Print::Whole, false)
            .say(format!(" {periods}")),
        (Some(_), None) => sentence
            .say("; half of a deviation would take more than ")
            .print(&above, Print::Whole, false)
            .say(format!(" {periods}, and no upper bound is shown")),
        (None, Some(_)) => sentence
            .say("; half of a deviation goes in less than ")
            .print(&below, Print::Whole, false)
            .say(format!(" {periods}")),
        (None, None) => sentence.say("; how long half of a deviation takes cannot be told"),
    };
    let sentence = if price_only {
        sentence.say(". On price alone, payouts left out: no verdict on the long run.")
    } else if returns && !passes {
        sentence.say(reservation(case, verdict, root))
    } else {
        sentence.say(".")
    };
    let sentence = sentence.say(case.payouts(root));
    let also =
        ["variance_ratio.5.z", "half_life.phi", "half_life.unit_root_accepted", "half_life.above", "half_life.below"];
    let also = also.map(|name| case.long_run(name));
    let also: Vec<&str> = also.iter().map(String::as_str).collect();
    case.claim("steadier-gap", question, verdict, sentence, &also, STEADY)
}

/// `common-part`: does the gap strip out a common factor?
pub(super) fn common_part(case: &Case<'_>) -> Claim {
    const VS_A: &str = "common_part.log_vs_a";
    const VS_B: &str = "common_part.log_vs_b";
    let question = "Does the gap strip out a common factor?";
    let Some((vs_a, vs_b)) = case.side(VS_A, 0.0).zip(case.side(VS_B, 0.0)) else {
        return case.missing("common-part", question, VS_A, COMMON);
    };
    let (opening, verdict) = match (vs_a, vs_b) {
        (Side::Below, Side::Below) => ("Yes", Verdict::Measured),
        (Side::Above, Side::Above) => ("No, it moves more than either leg", Verdict::Contradicted),
        (Side::Below, _) | (_, Side::Below) => ("Only against one leg", Verdict::Suggestive),
        _ => ("Not established", Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": changes of the ratio are ")
        .print(VS_A, Print::Factor, true)
        .say(format!(" times as large as those of {} and ", case.a()))
        .print(VS_B, Print::Factor, true)
        .say(format!(" times as large as those of {}.", case.b()));
    case.claim("common-part", question, verdict, sentence, &["tracking_error"], COMMON)
}

/// `fair-value`: is there a level it returns to?
pub(super) fn fair_value(case: &Case<'_>) -> Claim {
    const P: &str = "cointegration.p_either_way";
    let question = "Is there a fair value between the two?";
    let Some(p) = case.number(&case.long_run(P)) else {
        return case.missing("fair-value", question, &case.long_run(P), FAIR);
    };
    let price_only = case.price_only();
    if let Some((leg, own)) = at_rest(case).filter(|_| p < 0.05) {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(format!(": {leg} returns to a level of its own (unit root p "))
            .bare(&case.long_run(own))
            .say("), so that a tie in level, p ")
            .bare(&case.long_run(P))
            .say(", says nothing about the two.");
        return case.claim("fair-value", question, Verdict::NotMeasurable, sentence, &[], FAIR);
    }
    let verdict = match (p < 0.05, case.family.passes(P) && !price_only) {
        (true, true) => Verdict::Measured,
        (true, false) => Verdict::Suggestive,
        (false, _) => Verdict::NotEstablished,
    };
    let opening = if p < 0.05 { "The two seem tied in level" } else { "None is established" };
    let levels = if case.has_ratio() { "the log levels" } else { "the levels" };
    let mut sentence = Sentence::default()
        .strong(opening)
        .say(format!(": tested either way round for a common path of {levels}, p "))
        .bare(&case.long_run(P))
        .since(&case.long_run(P));
    if price_only && p < 0.05 {
        sentence = sentence.say("; on price alone, so no verdict on the long run");
    }
    let also = ["cointegration.a_on_b.p", "cointegration.b_on_a.p", "unit_root.log_a.adf_p", "unit_root.log_b.adf_p"];
    let also = also.map(|name| case.long_run(name));
    let also: Vec<&str> = also.iter().map(String::as_str).collect();
    case.claim("fair-value", question, verdict, sentence.say(".").say(case.payouts(P)), &also, FAIR)
}

/// A leg without a unit root of its own, which is tied to any other by itself; and the figure that shows it.
fn at_rest<'a>(case: &Case<'a>) -> Option<(&'a str, &'static str)> {
    let own = [(case.a(), "unit_root.log_a.adf_p"), (case.b(), "unit_root.log_b.adf_p")];
    own.into_iter().find(|(_, figure)| case.number(&case.long_run(figure)).is_some_and(|p| p < 0.05))
}
