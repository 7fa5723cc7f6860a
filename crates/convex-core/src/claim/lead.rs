//! Does either lead?

use super::bend::reservation;
use super::case::{Case, at_start};
use super::{Claim, Sentence, Verdict};
use crate::compare::closes_apart;

const METHOD: &str = "largest of 40 prewhitened cross-correlations against a joint wild bootstrap, 999 draws; Holm; beside it the \
                      same with the link of the same day taken out";
const QUESTION: &str = "Does either lead?";
const PLAIN: &str = "lead_lag";
const PARTIAL: &str = "lead_partial";
const WEEKLY: &str = "lead_weekly";

/// `lead`: does either lead?
pub(super) fn lead(case: &Case<'_>) -> Claim {
    let joint = format!("{PLAIN}.p_joint");
    let Some(p) = case.number(&joint) else { return case.missing("lead", QUESTION, &joint, METHOD) };
    let Some(plain) = Ahead::of(case, PLAIN) else { return case.missing("lead", QUESTION, &joint, METHOD) };
    let partial = Ahead::of(case, PARTIAL);
    if p < 0.05 { found(case, &plain, partial.as_ref()) } else { none(case, &plain, partial.as_ref()) }
}

/// The side with the larger cross-correlation in one form of the test.
struct Ahead<'a> {
    group: &'static str,
    side: &'static str,
    leader: &'a str,
    follower: &'a str,
}

impl<'a> Ahead<'a> {
    fn of(case: &Case<'a>, group: &'static str) -> Option<Self> {
        let ccf = |side: &str| case.number(&format!("{group}.{side}.ccf")).map(f64::abs);
        let (a, b) = (case.a(), case.b());
        Some(if ccf("a_leads")? >= ccf("b_leads")? {
            Self { group, side: "a_leads", leader: a, follower: b }
        } else {
            Self { group, side: "b_leads", leader: b, follower: a }
        })
    }

    fn figure(&self, leaf: &str) -> String {
        format!("{}.{leaf}", self.group)
    }

    fn of_side(&self, leaf: &str) -> String {
        format!("{}.{}.{leaf}", self.group, self.side)
    }

    /// Whether its test finds anything.
    fn shows(&self, case: &Case<'_>) -> bool {
        case.number(&self.figure("p_joint")).is_some_and(|p| p < 0.05)
    }

    /// Whether the lead is by one period.
    fn is_of_one(&self, case: &Case<'_>) -> bool {
        case.number(&self.of_side("lag")).is_some_and(|lag| lag < 1.5)
    }

    /// Whether the hours at which the two are fixed could make the lead by themselves.
    fn is_of_hours(&self, case: &Case<'_>) -> bool {
        self.is_of_one(case) && closes_apart(case.legs())
    }

    /// ` by 3 sessions`.
    fn by(&self, case: &Case<'_>, sentence: Sentence) -> Sentence {
        let [period, periods] = case.periods();
        let unit = if self.is_of_one(case) { period } else { periods };
        sentence.say(" by ").bare(&self.of_side("lag")).say(format!(" {unit}"))
    }
}

/// The changes themselves show no lead. What shows only with the same day taken out stands beside the page's family of
/// tests: it is printed, and no lead is concluded from it.
fn none(case: &Case<'_>, plain: &Ahead<'_>, partial: Option<&Ahead<'_>>) -> Claim {
    let [period, periods] = case.periods();
    let mut sentence = Sentence::default()
        .strong("No lead is found")
        .say(format!(": of 20 {periods} either way, tested together, the largest cross-correlation is "))
        .bare(&plain.of_side("ccf"))
        .say(", joint p ")
        .bare(&plain.figure("p_joint"))
        .say("; ")
        .bare(&plain.figure("limit_95"))
        .say(" would have shown.");
    if let Some(partial) = partial {
        sentence =
            sentence.say(format!(" With the link of the same {period} taken out, which can hide part of a lead, "));
        sentence = if partial.shows(case) {
            let reason = if partial.is_of_hours(case) {
                "; the hours at which the two are fixed make that by themselves"
            } else {
                "; the first form of the test decides, so that no lead is concluded from this alone"
            };
            partial
                .by(case, sentence.say(format!("{} goes before {}", partial.leader, partial.follower)))
                .say(" with ")
                .bare(&partial.of_side("ccf"))
                .say(", joint p ")
                .bare(&partial.figure("p_joint"))
                .say(format!("{reason}."))
        } else {
            sentence
                .say("it is ")
                .bare(&partial.of_side("ccf"))
                .say(", joint p ")
                .bare(&partial.figure("p_joint"))
                .say("; a lead of ")
                .bare(&partial.figure("limit_95"))
                .say(" would have shown.")
        };
    }
    answer(case, Verdict::NotEstablished, sentence.say(as_described(case)))
}

/// A lead that shows in the changes themselves. A leg with memory of its own that the other follows on the same day makes
/// one too, so that it is measured only if it shows with that link taken out.
fn found(case: &Case<'_>, ahead: &Ahead<'_>, partial: Option<&Ahead<'_>>) -> Claim {
    let joint = ahead.figure("p_joint");
    let is_confirmed = partial.is_some_and(|partial| partial.shows(case) && partial.side == ahead.side);
    let verdict = Case::effect(true, case.family.passes(&joint) && is_confirmed, case.halves_agree("lead"));
    if ahead.is_of_hours(case) {
        return told_by_weeks(case, ahead, verdict);
    }
    let verb = if verdict == Verdict::Measured { "leads" } else { "seems to lead" };
    let sentence = Sentence::default().strong(format!("{} {verb} {}", at_start(ahead.leader), ahead.follower));
    let sentence = ahead
        .by(case, sentence)
        .say(": cross-correlation ")
        .bare(&ahead.of_side("ccf"))
        .say(" once each series’ own memory is taken out, joint p ")
        .bare(&joint)
        .say(" over 20 lags either way; anything below ")
        .bare(&ahead.figure("limit_95"))
        .say(" could be chance");
    let sentence = match partial {
        Some(partial) if is_confirmed => sentence
            .say(format!(". With the link of the same {} taken out it is ", case.periods()[0]))
            .bare(&partial.of_side("ccf"))
            .say(", joint p ")
            .bare(&partial.figure("p_joint"))
            .say(reservation(case, verdict, &joint)),
        Some(partial) => sentence
            .say(format!(". With the link of the same {} taken out, the largest is ", case.periods()[0]))
            .bare(&partial.of_side("ccf"))
            .say(", joint p ")
            .bare(&partial.figure("p_joint"))
            .say(": memory of one series, followed by the other at once, could make such a lead."),
        None => sentence.say(reservation(case, verdict, &joint)),
    };
    answer(case, verdict, sentence.say(as_described(case)))
}

/// A lead of one session between legs fixed hours apart counts only if changes over whole weeks show the same side ahead.
fn told_by_weeks(case: &Case<'_>, ahead: &Ahead<'_>, verdict: Verdict) -> Claim {
    let weekly = Ahead::of(case, WEEKLY);
    // A lead that only one form of the test shows has no other reservation than that.
    let passes = case.family.passes(&ahead.figure("p_joint")) && case.halves_agree("lead");
    let is_judged = !passes;
    let begun = |sentence: Sentence| {
        sentence
            .say(format!(
                "{} seems one {} ahead of {} (cross-correlation ",
                ahead.leader,
                case.periods()[0],
                ahead.follower
            ))
            .bare(&ahead.of_side("ccf"))
            .say(", joint p ")
            .bare(&ahead.figure("p_joint"))
            .say("), but the two are fixed hours apart, which alone makes such a lead")
    };
    match weekly {
        Some(weekly) if weekly.shows(case) && weekly.side == ahead.side => {
            let verb = if verdict == Verdict::Measured { "leads" } else { "seems to lead" };
            let sentence = Sentence::default().strong(format!("{} {verb} {}", at_start(ahead.leader), ahead.follower));
            let sentence = ahead
                .by(case, sentence)
                .say(": cross-correlation ")
                .bare(&ahead.of_side("ccf"))
                .say(", joint p ")
                .bare(&ahead.figure("p_joint"))
                .say(". The two are fixed hours apart, which alone makes such a lead, but weekly changes agree: ")
                .bare(&weekly.of_side("ccf"))
                .say(" at a lag of ")
                .bare(&weekly.of_side("lag"))
                .say(if weekly.is_of_one(case) { " week, joint p " } else { " weeks, joint p " })
                .bare(&weekly.figure("p_joint"))
                .say(if is_judged { reservation(case, verdict, &ahead.figure("p_joint")) } else { "." });
            answer(case, verdict, sentence)
        }
        weekly => {
            let sentence = begun(Sentence::default().strong("Not measurable").say(": "));
            let sentence = match weekly {
                Some(weekly) if weekly.shows(case) => sentence
                    .say(format!("; weekly changes show the other side ahead, {} (joint p ", weekly.leader))
                    .bare(&weekly.figure("p_joint"))
                    .say(")."),
                Some(weekly) => sentence
                    .say("; weekly changes do not confirm it (joint p ")
                    .bare(&weekly.figure("p_joint"))
                    .say(", where ")
                    .bare(&weekly.figure("limit_95"))
                    .say(" would have shown)."),
                None => sentence.say(", and there are too few weeks to tell."),
            };
            answer(case, Verdict::NotMeasurable, sentence)
        }
    }
}

fn answer(case: &Case<'_>, verdict: Verdict, sentence: Sentence) -> Claim {
    let mut also: Vec<String> = case.halves("lead").into();
    for group in [PLAIN, PARTIAL, WEEKLY] {
        for leaf in ["p_joint", "limit_95", "ccf"] {
            also.push(format!("{group}.{leaf}"));
        }
        for side in ["a_leads", "b_leads"] {
            also.extend(["ccf", "lag", "p_side"].map(|leaf| format!("{group}.{side}.{leaf}")));
        }
    }
    let also: Vec<&str> = also.iter().map(String::as_str).collect();
    case.claim("lead", QUESTION, verdict, sentence, &also, METHOD)
}

/// A release leads by the period it describes, long before anybody knows it.
fn as_described(case: &Case<'_>) -> &'static str {
    if case.is_market() {
        ""
    } else {
        " Releases count here for the period they describe, not for the day they come out."
    }
}
