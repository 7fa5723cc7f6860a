//! Whether the two move together in the tails more than their correlation implies.

use convex_stats::Undefined;
use convex_stats::describe::quantile;
use convex_stats::tails::{Corner, SHARE, tails};

use super::Changes;
use super::group::{Group, absent, span};
use crate::figure::{Figures, Unavailable, Unit};

const RATIO: &str =
    "share of the worst 5 % of days of b on which a is in its own tail too; interval by equal-weighted cosines";
const COPULA: &str = "the same under a t copula with the rank correlation and tails of all days";

const HALF: &str =
    "the share in one half of history, by the tails of the whole, less that of the t copula of the whole";

const LEAVES: [&str; 6] = ["ratio", "ewc_95", "t_copula", "excess", "excess_ewc_95", "p"];

/// The corners in which b falls: a falls with it, or rises against it.
const CORNERS: [&str; 2] = ["both_fall", "a_rises_b_falls"];

/// `tails.*`, and the excess in each half of history under `halves.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let n = changes.days.len();
    let found = tails(&changes.a, &changes.b);
    match found {
        Ok(found) => {
            let mut group = Group::new(figures, "tails", n, span(&changes.days));
            match found.degrees_of_freedom {
                Some(df) => group.count("degrees_of_freedom", df as usize, COPULA),
                None => group.put("degrees_of_freedom", Err(Unavailable::NotMeaningful("the normal copula fits best"))),
            };
            // One question, one test: the corner that the sign of the link makes likely.
            let (name, corner) =
                if found.kendall >= 0.0 { (CORNERS[0], found.both_fall) } else { (CORNERS[1], found.a_rises_b_falls) };
            if let Ok(corner) = &corner {
                put_halves(figures, name, corner.t.value, changes);
            }
            put_corner(figures, &format!("tails.{name}"), corner, n, changes);
        }
        Err(why) => put_absent(figures, &why.into()),
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "tails", &["degrees_of_freedom"], why);
    for corner in CORNERS {
        absent(figures, &format!("tails.{corner}"), &LEAVES, why);
    }
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
