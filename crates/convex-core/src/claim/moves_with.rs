//! What moves with the gap?

use super::case::{Case, at_start};
use super::{Claim, Print, Sentence, Verdict};
use crate::compare::{DRIVERS, ERAS};

const METHOD: &str =
    "whole-week changes of the log ratio on six drivers together; t by equal-weighted cosines; Bonferroni";

/// `moves-with`: what moves with the gap?
pub(super) fn moves_with(case: &Case<'_>) -> Claim {
    let question = "What moves with the gap?";
    if case.number("drivers.n").is_none() {
        return case.missing("moves-with", question, "drivers.n", METHOD);
    }
    let asked: Vec<(&str, f64)> =
        DRIVERS.into_iter().filter_map(|name| Some((name, case.number(&format!("drivers.{name}.p"))?))).collect();
    let limit = 0.05 / asked.len().max(1) as f64;
    let (found, rest): (Vec<&str>, Vec<&str>) = {
        let (found, rest): (Vec<_>, Vec<_>) = asked.iter().partition(|(_, p)| *p < limit);
        (found.into_iter().map(|(name, _)| name).collect(), rest.into_iter().map(|(name, _)| name).collect())
    };
    let lasting: Vec<&str> = found.iter().copied().filter(|name| keeps_sign(case, name)).collect();
    let verdict = match (found.is_empty(), lasting.is_empty()) {
        (true, _) => Verdict::NotEstablished,
        (false, true) => Verdict::Suggestive,
        (false, false) => Verdict::Measured,
    };
    let (a, b) = (at_start(case.a()), case.b());
    let held = case.legs().iter().all(|metric| metric.role.can_be_held());
    let verb = if held { "gained on" } else { "rose against" };
    let mut sentence = Sentence::default();
    let listed_rest = |joiner| listed(&rest.iter().map(|name| words(name)).collect::<Vec<_>>(), joiner);
    if found.is_empty() {
        sentence = sentence
            .strong("Nothing that was asked about")
            .say(": in ")
            .bare("drivers.n")
            .say(format!(" whole weeks no tie of the ratio is established with {}.", listed_rest("or")));
    } else {
        sentence = sentence.strong(format!("{a} {verb} {b}")).say(" in weeks when ");
        for (at, name) in found.iter().enumerate() {
            let slope = case.number(&format!("drivers.{name}.slope")).unwrap_or_default();
            let separator = match at {
                0 => "",
                _ if at + 1 == found.len() => " and when ",
                _ => ", when ",
            };
            let direction = if slope > 0.0 { "rose" } else { "fell" };
            sentence = sentence
                .say(format!("{separator}{} {direction} (t ", words(name)))
                .bare(&format!("drivers.{name}.t_ewc"));
            sentence = if lasting.contains(name) {
                sentence.say(")")
            } else {
                sentence.say(", but not with the same sign in both halves of history)")
            };
        }
        sentence = sentence.say(", over ").bare("drivers.n").say(" whole weeks.");
        if !rest.is_empty() {
            sentence = sentence.say(format!(" No tie is established with {}.", listed_rest("or")));
        }
    }
    let sentence = sentence
        .say(" Taken together, all that was asked about explains ")
        .print("drivers.r2", Print::Percent, false)
        .say(" of the variance of the ratio’s weekly changes.");
    let mut also: Vec<String> = Vec::new();
    for name in asked.iter().map(|(name, _)| name) {
        also.push(format!("drivers.{name}.slope"));
        also.push(format!("drivers.{name}.p"));
        also.extend(ERAS.map(|era| format!("drivers.{era}.{name}.slope")));
    }
    let also: Vec<&str> = also.iter().map(String::as_str).collect();
    case.claim("moves-with", question, verdict, sentence, &also, METHOD)
}

fn keeps_sign(case: &Case<'_>, driver: &str) -> bool {
    let slope = |era: &str| case.number(&format!("drivers.{era}.{driver}.slope"));
    slope(ERAS[0]).zip(slope(ERAS[1])).is_some_and(|(first, second)| first * second > 0.0)
}

/// A driver in words.
fn words(driver: &str) -> &'static str {
    match driver {
        "vix" => "VIX",
        "yield_10y" => "the 10-year yield",
        "hy_spread" => "the high-yield spread",
        "dollar" => "the dollar",
        "oil" => "oil",
        "gold" => "gold",
        _ => "another driver",
    }
}

/// `x`, `x and y`, `x, y and z`.
pub(super) fn listed(items: &[&str], joiner: &str) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} {joiner} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_english() {
        assert_eq!(listed(&["x"], "and"), "x");
        assert_eq!(listed(&["x", "y"], "or"), "x or y");
        assert_eq!(listed(&["x", "y", "z"], "and"), "x, y and z");
    }
}
