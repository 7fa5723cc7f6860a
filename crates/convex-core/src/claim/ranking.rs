//! Does the ratio's rank predict anything?

use super::bend::reservation;
use super::case::Case;
use super::{Claim, Print, Sentence, Verdict};

const METHOD: &str = "Hodrick 1B on the rank of the ratio among its own values so far; Holm";

/// `ranking-use`: does the ratio's rank predict anything?
pub(super) fn ranking_use(case: &Case<'_>) -> Claim {
    let question = "Does the ratio’s rank predict anything?";
    let tests = ["ranking.21", "ranking.63"];
    let made = tests.into_iter().filter_map(|test| Some((test, case.number(&format!("{test}.p"))?)));
    let Some((test, p)) = made.min_by(|one, other| one.1.total_cmp(&other.1)) else {
        return case.missing("ranking-use", question, "ranking.63.p", METHOD);
    };
    let (t_name, p_name) = (format!("{test}.t"), format!("{test}.p"));
    let t = case.number(&t_name).unwrap_or_default();
    let passes = case.family.passes(&p_name) && !case.price_only();
    let verdict = Case::effect(p < 0.05, passes, case.halves_agree(&test.replace('.', "_")));
    let opening = match (verdict, t > 0.0) {
        (Verdict::NotEstablished, _) => "Nothing is established",
        (_, true) => "High ranks were followed by falls of the ratio, low ranks by rises",
        (_, false) => "High ranks were followed by further rises of the ratio, low ranks by falls",
    };
    let sessions = if test.ends_with("21") { "21" } else { "63" };
    let sentence = Sentence::default()
        .strong(opening)
        .say(": over the ")
        .say(sessions)
        .say(" sessions after, the test of turning back from a high or low rank has t ")
        .bare(&t_name)
        .say(", p ")
        .bare(&p_name)
        .say(". Its rank among all its values so far is now ")
        .print("ranking.rank", Print::Percent, false);
    let sentence = if case.price_only() && verdict != Verdict::NotEstablished {
        sentence.say("; on price alone, so no verdict on the long run.")
    } else {
        sentence.say(reservation(case, verdict, &p_name))
    };
    let [first, second] = case.halves(&test.replace('.', "_"));
    let also = ["ranking.21.p", "ranking.63.p", &first, &second];
    case.claim("ranking-use", question, verdict, sentence, &also, METHOD)
}
