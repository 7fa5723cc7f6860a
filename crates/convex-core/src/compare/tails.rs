//! Whether the two move together in the tails more than their correlation implies.

use convex_stats::Undefined;
use convex_stats::describe::quantile;
use convex_stats::tails::{Corner, EventSlope, SHARE, tails};

use super::Changes;
use super::group::{Group, absent, put_or_absent, span};
use crate::figure::{Figures, Unavailable, Unit};

const RATIO: &str =
    "share of the worst 5 % of days of b on which a is in its own tail too; interval by equal-weighted cosines";
const COPULA: &str = "the same under a t copula with the rank correlation and tails of all days";

const HALF: &str =
    "the share in one half of history, by the tails of the whole, less that of the t copula of the whole";

const LESS: &str =
    "share of the worst 5 % of days of b with a in its likely tail, less that of the best; zero under any t copula";
const SLOPE: &str = "slope of a on b over the 5 % of days of b in that tail; interval by equal-weighted cosines";
const EXPECTED: &str = "the same slope were a what a t copula with the rank correlation and tails of all days expects";

const LEAVES: [&str; 6] = ["ratio", "ewc_95", "t_copula", "excess", "excess_ewc_95", "p"];
const LESS_LEAVES: [&str; 3] = ["difference", "ewc_95", "p"];
const SLOPE_LEAVES: [&str; 6] = ["beta", "beta_ewc_95", "beta_t_copula", "beta_excess", "beta_excess_ewc_95", "p"];

/// The corners in which b falls: a falls with it, or rises against it.
const CORNERS: [&str; 2] = ["both_fall", "a_rises_b_falls"];
/// The corners opposite, in which b rises.
const OPPOSITE: [&str; 2] = ["both_rise", "a_falls_b_rises"];
const SLOPES: [&str; 2] = ["on_falls", "on_rises"];

/// `tails.*`, and the excess in each half of history under `halves.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let n = changes.days.len();
    let found = match tails(&changes.a, &changes.b) {
        Ok(found) => found,
        Err(why) => return put_absent(figures, &why.into()),
    };
    let mut group = Group::new(figures, "tails", n, span(&changes.days));
    match found.degrees_of_freedom {
        Some(df) => group.count("degrees_of_freedom", df as usize, COPULA),
        None => group.put("degrees_of_freedom", Err(Unavailable::NotMeaningful("the normal copula fits best"))),
    };
    // The corners that the sign of the link makes likely.
    let (likely, corner, opposite) = if found.kendall >= 0.0 {
        (0, found.both_fall, found.both_rise)
    } else {
        (1, found.a_rises_b_falls, found.a_falls_b_rises)
    };
    if let Ok(corner) = &corner {
        put_halves(figures, CORNERS[likely], corner.t.value, changes);
    }
    put_corner(figures, &format!("tails.{}", CORNERS[likely]), corner, n, changes);
    put_corner(figures, &format!("tails.{}", OPPOSITE[likely]), opposite, n, changes);
    put_or_absent(
        figures,
        "tails.fall_less_rise",
        &LESS_LEAVES,
        found.fall_less_rise,
        (n, span(&changes.days)),
        |group, test| {
            group
                .within(LESS_LEAVES[0], test.estimate, test.ewc_95, Unit::Fraction, LESS)
                .interval(LESS_LEAVES[1], test.ewc_95, Unit::Fraction, LESS)
                .number(LESS_LEAVES[2], test.p, Unit::Probability, LESS);
        },
    );
    for (name, slope) in SLOPES.into_iter().zip([found.on_falls, found.on_rises]) {
        put_slope(figures, &format!("tails.{name}"), slope, changes);
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "tails", &["degrees_of_freedom"], why);
    for corner in CORNERS.iter().chain(&OPPOSITE) {
        absent(figures, &format!("tails.{corner}"), &LEAVES, why);
    }
    absent(figures, "tails.fall_less_rise", &LESS_LEAVES, why);
    for slope in SLOPES {
        absent(figures, &format!("tails.{slope}"), &SLOPE_LEAVES, why);
    }
}

fn put_slope(figures: &mut Figures, name: &str, found: Result<EventSlope, Undefined>, changes: &Changes) {
    let n = found.as_ref().map_or(0, |found| found.n);
    put_or_absent(figures, name, &SLOPE_LEAVES, found, (n, span(&changes.days)), |group, found| {
        let excess = found.t.excess;
        group
            .within("beta", found.slope, found.ewc_95, Unit::Ratio, SLOPE)
            .interval("beta_ewc_95", found.ewc_95, Unit::Ratio, SLOPE)
            .number("beta_t_copula", found.t.value, Unit::Ratio, EXPECTED)
            .within("beta_excess", excess.estimate, excess.ewc_95, Unit::Ratio, EXPECTED)
            .interval("beta_excess_ewc_95", excess.ewc_95, Unit::Ratio, EXPECTED)
            .number("p", excess.p, Unit::Probability, EXPECTED);
    });
}

/// The excess in each half of history over what the copula of the whole gives, by the tails of the whole.
fn put_halves(figures: &mut Figures, corner: &str, copula: f64, changes: &Changes) {
    let edge = |values: &[f64], share: f64| quantile(values, share);
    let rises = corner == CORNERS[1];
    let edges =
        edge(&changes.b, SHARE).and_then(|b| Ok((edge(&changes.a, if rises { 1.0 - SHARE } else { SHARE })?, b)));
    let Ok((edge_a, edge_b)) = edges else { return };
    let n = changes.days.len();
    for (half, range) in [("first", 0..n / 2), ("second", n / 2..n)] {
        let days: Vec<usize> = range.clone().filter(|day| changes.b[*day] <= edge_b).collect();
        let inside = |a: f64| if rises { a >= edge_a } else { a <= edge_a };
        let both = days.iter().filter(|day| inside(changes.a[**day])).count();
        if !days.is_empty() {
            let excess = both as f64 / days.len() as f64 - copula;
            Group::new(figures, format!("halves.{half}"), range.len(), span(&changes.days[range])).number(
                &format!("tails_{corner}"),
                excess,
                Unit::Fraction,
                HALF,
            );
        }
    }
}

fn put_corner(figures: &mut Figures, name: &str, corner: Result<Corner, Undefined>, n: usize, changes: &Changes) {
    match corner {
        Ok(corner) => {
            let excess = corner.t.excess;
            Group::new(figures, name, n, span(&changes.days))
                .within("ratio", corner.ratio, corner.ewc_95, Unit::Fraction, RATIO)
                .interval("ewc_95", corner.ewc_95, Unit::Fraction, RATIO)
                .number("t_copula", corner.t.value, Unit::Fraction, COPULA)
                .within("excess", excess.estimate, excess.ewc_95, Unit::Fraction, COPULA)
                .interval("excess_ewc_95", excess.ewc_95, Unit::Fraction, COPULA)
                .number("p", excess.p, Unit::Probability, COPULA);
        }
        Err(why) => absent(figures, name, &LEAVES, &why.into()),
    }
}
