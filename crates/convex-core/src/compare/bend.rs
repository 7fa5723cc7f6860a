//! Whether the slope bends: in large moves, or between rises and falls.

use convex_stats::asymmetry::{self, Asymmetry};
use convex_stats::convexity::{self, Convexity};

use super::Changes;
use super::group::{absent, put_or_absent, span};
use crate::figure::{Figures, Unavailable, Unit};
use crate::seed::seed;

const DRAWS: &str = "999 draws";
const BEND: &str = "least squares with the square of b added; t with HC0 errors";
const SIDES: &str = "least squares on rises and falls of b; t with HC0 errors";
const WILD: &str = "restricted wild bootstrap, Rademacher signs, 999 draws";

const CONVEXITY_LEAVES: [&str; 3] = ["gamma", "t_hc0", "p_wild"];
const ASYMMETRY_LEAVES: [&str; 5] = ["beta_up", "beta_down", "difference", "t_hc0", "p_wild"];

/// `convexity.*` and `asymmetry.*`.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let sample = (changes.days.len(), span(&changes.days));
    let seed = |figure: &str| seed(figure, DRAWS, &changes.days, &changes.a, &changes.b);
    let found = convexity::convexity(&changes.a, &changes.b, seed("convexity"));
    put_or_absent(figures, "convexity", &CONVEXITY_LEAVES, found, sample, |group, found: Convexity| {
        group.number("gamma", found.gamma, Unit::Ratio, BEND).number("t_hc0", found.t_hc0, Unit::Stdevs, BEND).number(
            "p_wild",
            found.p_wild,
            Unit::Probability,
            WILD,
        );
    });
    let found = asymmetry::asymmetry(&changes.a, &changes.b, seed("asymmetry"));
    put_or_absent(figures, "asymmetry", &ASYMMETRY_LEAVES, found, sample, |group, found: Asymmetry| {
        group
            .number("beta_up", found.beta_up, Unit::Ratio, SIDES)
            .number("beta_down", found.beta_down, Unit::Ratio, SIDES)
            .number("difference", found.difference, Unit::Ratio, SIDES)
            .number("t_hc0", found.t_hc0, Unit::Stdevs, SIDES)
            .number("p_wild", found.p_wild, Unit::Probability, WILD);
    });
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "convexity", &CONVEXITY_LEAVES, why);
    absent(figures, "asymmetry", &ASYMMETRY_LEAVES, why);
}
