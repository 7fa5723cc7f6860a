//! Whether either leg leads the other.

use convex_stats::Undefined;
use convex_stats::lead_lag::{Lead, LeadLag, lead_lag, partial_lead_lag};

use super::group::{Group, absent, put_or_absent, span};
use super::{Changes, Common, periods};
use crate::Day;
use crate::catalog::Metric;
use crate::figure::{Estimate, Figures, Unavailable, Unit, Value};
use crate::seed::seed;

const DRAWS: &str = "999 draws";

/// The words of one form of the test.
struct Words {
    ccf: &'static str,
    joint: &'static str,
    side: &'static str,
}

const PLAIN: Words = Words {
    ccf: "cross-correlation of changes, each prewhitened by its own autoregression (BIC, at most 10)",
    joint: "joint wild bootstrap over 40 lags, one sign a day for both legs, 999 draws",
    side: "the same bootstrap over the 20 lags of one side",
};
const PARTIAL: Words = Words {
    ccf: "cross-correlation of what the other leg's same day and the own past (BIC, at most 10) leave of each change",
    ..PLAIN
};
const WEEKLY: Words = Words {
    ccf: "cross-correlation of changes over whole weeks, each prewhitened by its own autoregression (BIC, at most 10)",
    joint: "joint wild bootstrap over 40 lags, one sign a week for both legs, 999 draws",
    side: "the same bootstrap over the 20 lags of one side",
};

const LEAVES: [&str; 12] = [
    "n",
    "ar_a",
    "ar_b",
    "ccf",
    "p_joint",
    "limit_95",
    "a_leads.lag",
    "a_leads.ccf",
    "a_leads.p_side",
    "b_leads.lag",
    "b_leads.ccf",
    "b_leads.p_side",
];

/// `lead_lag.*`, and `lead_partial.*` with the same day taken out.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let seed = |group: &str| seed(group, DRAWS, &changes.days, &changes.a, &changes.b);
    let found = lead_lag(&changes.a, &changes.b, seed("lead_lag"));
    put_test(figures, "lead_lag", found, &changes.days, &PLAIN);
    let found = partial_lead_lag(&changes.a, &changes.b, seed("lead_partial"));
    put_test(figures, "lead_partial", found, &changes.days, &PARTIAL);
}

/// `lead_weekly.*`, for two legs fixed at different hours: a difference of hours is a small part of a week.
pub(super) fn put_weekly(figures: &mut Figures, levels: &Common, legs: [&Metric; 2]) {
    if !closes_apart(legs) {
        return;
    }
    let (days, [a, b]) = periods::weekly_changes(levels, legs.map(|leg| leg.change));
    let seed = seed("lead_weekly", DRAWS, &levels.days, &levels.a, &levels.b);
    put_test(figures, "lead_weekly", lead_lag(&a, &b, seed), &days, &WEEKLY);
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    for group in ["lead_lag", "lead_partial"] {
        absent(figures, group, &LEAVES, why);
    }
}

/// Whether the days' values are fixed more than an hour apart.
pub(crate) fn closes_apart(legs: [&Metric; 2]) -> bool {
    let hours = |metric: &Metric| metric.close.as_ref().and_then(crate::catalog::CloseTime::utc_hour);
    match (hours(legs[0]), hours(legs[1])) {
        (Some(one), Some(other)) => (one - other).abs() > 1.0,
        _ => false,
    }
}

fn put_test(figures: &mut Figures, name: &str, found: Result<LeadLag, Undefined>, days: &[Day], words: &Words) {
    let sample = (days.len(), span(days));
    put_or_absent(figures, name, &LEAVES, found, sample, |group, found| put_found(group, &found, sample, words));
}

fn put_found(group: &mut Group<'_>, found: &LeadLag, (n, (from, to)): (usize, (Day, Day)), words: &Words) {
    let Words { ccf: method, joint, side } = words;
    let ccf = Estimate {
        value: Value::List(found.ccf.to_vec()),
        interval: None,
        unit: Unit::Correlation,
        n,
        from,
        to,
        method,
    };
    group
        .count("n", found.n, method)
        .count("ar_a", found.ar_a, method)
        .count("ar_b", found.ar_b, method)
        .put("ccf", Ok(ccf))
        .number("p_joint", found.p_joint, Unit::Probability, joint)
        .number("limit_95", found.limit_95, Unit::Correlation, joint);
    for (leader, Lead { lag, ccf, p_side }) in [("a_leads", found.a_leads), ("b_leads", found.b_leads)] {
        group
            .count(&format!("{leader}.lag"), lag, method)
            .number(&format!("{leader}.ccf"), ccf, Unit::Correlation, method)
            .number(&format!("{leader}.p_side"), p_side, Unit::Probability, side);
    }
}
