//! The path of the spread of two rates: a unit root, a variance ratio, a half-life, and a tie between the levels.

use convex_stats::cointegration::engle_granger_either_way;
use convex_stats::half_life::half_life;
use convex_stats::unit_root::adf;
use convex_stats::variance_ratio::variance_ratio;

use super::Common;
use super::group::{Group, absent, span};
use super::level::{self, put_half_life_range};
use crate::figure::{Figures, Unavailable, Unit};
use crate::seed::seed;

const ADF: &str = "augmented Dickey-Fuller of the spread, constant, lags by AIC, MacKinnon p";
const EG: &str = "Engle-Granger on the levels of both rates, constant, lags by AIC, MacKinnon p";
const EITHER: &str = "Engle-Granger on the levels of both rates either way round, Bonferroni";
const VR: &str = "heteroskedasticity-robust variance ratio of the spread in autocorrelation form";
const VR_JOINT: &str = "largest of the horizons against a wild bootstrap, 999 draws";

/// `divergence.*` and `reversal.*` of the spread of two market series measured in differences.
pub(super) fn put_wide(figures: &mut Figures, levels: &Common) {
    level::put_wide(figures, &spread(levels), levels);
}

/// `unit_root.spread.*`, `cointegration.*`, `half_life.*` and `variance_ratio.*` of two rates.
pub(super) fn put(figures: &mut Figures, levels: &Common) {
    let spread = spread(levels);
    let (n, whole) = (levels.days.len(), span(&levels.days));
    let seed = |figure: &str, draws: &str| seed(figure, draws, &levels.days, &levels.a, &levels.b);
    match adf(&spread) {
        Ok(found) => {
            Group::new(figures, "unit_root.spread", n, whole)
                .number("adf", found.statistic, Unit::Stdevs, ADF)
                .number("adf_p", found.p, Unit::Probability, ADF)
                .count("adf_lag", found.lag, ADF)
                .count("adf_n", found.n, ADF);
        }
        Err(why) => put_absent(figures, &why.into()),
    }
    if let Ok(found) = engle_granger_either_way(&levels.a, &levels.b) {
        Group::new(figures, "cointegration", n, whole)
            .number("a_on_b.t", found.a_on_b.statistic, Unit::Stdevs, EG)
            .number("a_on_b.p", found.a_on_b.p, Unit::Probability, EG)
            .number("b_on_a.t", found.b_on_a.statistic, Unit::Stdevs, EG)
            .number("b_on_a.p", found.b_on_a.p, Unit::Probability, EG)
            .number("p_either_way", found.p, Unit::Probability, EITHER);
    }
    if let Ok(found) = variance_ratio(&spread, seed("variance_ratio", "999 draws")) {
        let mut group = Group::new(figures, "variance_ratio", n, whole);
        for at in &found.ratios {
            let horizon = at.horizon;
            group.number(&format!("{horizon}.vr"), at.ratio, Unit::Ratio, VR);
            group.number(&format!("{horizon}.z"), at.z, Unit::Stdevs, VR);
        }
        group.number("p_joint", found.p_joint, Unit::Probability, VR_JOINT);
    }
    if let Ok(found) = half_life(&spread, seed("half_life", "499 draws")) {
        let mut group = Group::new(figures, "half_life", n, whole);
        put_half_life_range(&mut group, &found);
    }
}

fn spread(levels: &Common) -> Vec<f64> {
    levels.a.iter().zip(&levels.b).map(|(a, b)| a - b).collect()
}

/// The unit root of the spread, absent for one reason; the other names are those of ratios.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "unit_root.spread", &["adf", "adf_p", "adf_lag", "adf_n"], why);
}
