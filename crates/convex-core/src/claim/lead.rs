//! Does either lead?

use super::bend::reservation;
use super::case::{Case, at_start};
use super::{Claim, Sentence, Verdict};
use crate::catalog::Metric;

const METHOD: &str = "largest of 40 prewhitened cross-correlations against a joint wild bootstrap, 999 draws; Holm";
const JOINT: &str = "lead_lag.p_joint";
const LIMIT: &str = "lead_lag.limit_95";

/// `lead`: does either lead?
pub(super) fn lead(case: &Case<'_>) -> Claim {
    let question = "Does either lead?";
    let (Some(p), Some(ahead_a), Some(ahead_b)) =
        (case.number(JOINT), case.number("lead_lag.a_leads.ccf"), case.number("lead_lag.b_leads.ccf"))
    else {
        return case.missing("lead", question, JOINT, METHOD);
    };
    let (side, leader, follower) =
        if ahead_a.abs() >= ahead_b.abs() { ("a_leads", case.a(), case.b()) } else { ("b_leads", case.b(), case.a()) };
    let (lag, ccf) = (format!("lead_lag.{side}.lag"), format!("lead_lag.{side}.ccf"));
    let [first, second] = case.halves("lead");
    let also = [
        "lead_lag.ccf",
        "lead_lag.a_leads.p_side",
        "lead_lag.b_leads.p_side",
        "lead_lag.a_leads.ccf",
        "lead_lag.b_leads.ccf",
        &first,
        &second,
    ];
    let [period, periods] = case.periods();
    if p >= 0.05 {
        let sentence = Sentence::default()
            .strong("No lead is found")
            .say(format!(": of 20 {periods} either way, tested together, the largest cross-correlation is "))
            .bare(&ccf)
            .say(", joint p ")
            .bare(JOINT)
            .say("; a lead would have had to reach ")
            .bare(LIMIT)
            .say(" to show.")
            .say(as_described(case));
        return case.claim("lead", question, Verdict::NotEstablished, sentence, &also, METHOD);
    }
    let next_day = case.number(&lag).is_some_and(|lag| lag < 1.5);
    let sentence = Sentence::default();
    if next_day && closes_apart(case.legs()) {
        let sentence = sentence
            .strong("Not measurable")
            .say(format!(": {leader} seems one {period} ahead of {follower} (cross-correlation "))
            .bare(&ccf)
            .say(", joint p ")
            .bare(JOINT)
            .say("), but the two are fixed hours apart, which alone makes such a lead.");
        return case.claim("lead", question, Verdict::NotMeasurable, sentence, &also, METHOD);
    }
    let verdict = Case::effect(true, case.family.passes(JOINT), case.halves_agree("lead"));
    let verb = if verdict == Verdict::Measured { "leads" } else { "seems to lead" };
    let sentence = sentence
        .strong(format!("{} {verb} {follower}", at_start(leader)))
        .say(" by ")
        .bare(&lag)
        .say(format!(" {}: cross-correlation ", if next_day { period } else { periods }))
        .bare(&ccf)
        .say(" once each series’ own memory is taken out, joint p ")
        .bare(JOINT)
        .say(" over 20 lags either way; anything below ")
        .bare(LIMIT)
        .say(" could be chance")
        .say(reservation(case, verdict, JOINT))
        .say(as_described(case));
    case.claim("lead", question, verdict, sentence, &also, METHOD)
}

/// A release leads by the period it describes, long before anybody knows it.
fn as_described(case: &Case<'_>) -> &'static str {
    if case.is_market() {
        ""
    } else {
        " Releases count here for the period they describe, not for the day they come out."
    }
}

/// Whether the days' values are fixed more than an hour apart.
pub(super) fn closes_apart(legs: [&Metric; 2]) -> bool {
    let hours = |metric: &Metric| metric.close.as_ref().and_then(crate::catalog::CloseTime::utc_hour);
    match (hours(legs[0]), hours(legs[1])) {
        (Some(one), Some(other)) => (one - other).abs() > 1.0,
        _ => false,
    }
}
