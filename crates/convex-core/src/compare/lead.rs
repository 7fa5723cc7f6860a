//! Whether either leg leads the other.

use convex_stats::lead_lag::{self, Lead, LeadLag};

use super::Changes;
use super::group::{absent, put_or_absent, span};
use crate::figure::{Estimate, Figures, Unavailable, Unit, Value};
use crate::seed::seed;

const DRAWS: &str = "999 draws";
const CCF: &str = "cross-correlation of changes, each prewhitened by its own autoregression (BIC, at most 10)";
const JOINT: &str = "joint wild bootstrap over 40 lags, one sign a day for both legs, 999 draws";
const SIDE: &str = "the same bootstrap over the 20 lags of one side";

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

/// `lead_lag.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let sample = (changes.days.len(), span(&changes.days));
    let seed = seed("lead_lag", DRAWS, &changes.days, &changes.a, &changes.b);
    let found = lead_lag::lead_lag(&changes.a, &changes.b, seed);
    put_or_absent(figures, "lead_lag", &LEAVES, found, sample, |group, found: LeadLag| {
        let (n, (from, to)) = sample;
        let ccf = Estimate {
            value: Value::List(found.ccf.to_vec()),
            interval: None,
            unit: Unit::Correlation,
            n,
            from,
            to,
            method: CCF,
        };
        group
            .count("n", found.n, CCF)
            .count("ar_a", found.ar_a, CCF)
            .count("ar_b", found.ar_b, CCF)
            .put("ccf", Ok(ccf))
            .number("p_joint", found.p_joint, Unit::Probability, JOINT)
            .number("limit_95", found.limit_95, Unit::Correlation, JOINT);
        for (side, Lead { lag, ccf, p_side }) in [("a_leads", found.a_leads), ("b_leads", found.b_leads)] {
            group
                .count(&format!("{side}.lag"), lag, CCF)
                .number(&format!("{side}.ccf"), ccf, Unit::Correlation, CCF)
                .number(&format!("{side}.p_side"), p_side, Unit::Probability, SIDE);
        }
    });
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "lead_lag", &LEAVES, why);
}
