//! Whether the gap strips out what the legs have in common: its changes beside theirs.

use convex_stats::volatility_ratio::volatility_ratio;

use super::Changes;
use super::group::{absent, span};
use crate::figure::{Estimate, Figures, Unavailable, Unit};

const METHOD: &str =
    "log of the ratio of standard deviations of changes, gap over leg; interval by equal-weighted cosines";
const GROUPS: [&str; 2] = ["log_vs_a", "log_vs_b"];

/// `common_part.*`, for two legs measured in one way.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let apart: Vec<f64> = changes.a.iter().zip(&changes.b).map(|(a, b)| a - b).collect();
    let (n, whole) = (changes.days.len(), span(&changes.days));
    for (leaf, leg) in GROUPS.into_iter().zip([&changes.a, &changes.b]) {
        let interval = format!("common_part.{leaf}_ewc_95");
        match volatility_ratio(&apart, leg) {
            Ok(found) => {
                let figure = Estimate::number(found.log, Unit::Log, n, whole, METHOD).map(|e| e.within(found.ewc_95));
                figures.put(format!("common_part.{leaf}"), figure);
                figures.put(interval, Estimate::interval(found.ewc_95, Unit::Log, n, whole, METHOD));
            }
            Err(why) => {
                let why = Unavailable::from(why);
                figures.put(format!("common_part.{leaf}"), Err(why.clone()));
                figures.put(interval, Err(why));
            }
        }
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "common_part", &["log_vs_a", "log_vs_a_ewc_95", "log_vs_b", "log_vs_b_ewc_95"], why);
}
