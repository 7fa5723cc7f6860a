//! The path of the gap: unit roots, common paths, variance ratios, half-life, how wide it is and whether it turns back.

use convex_stats::cointegration::engle_granger_either_way;
use convex_stats::divergence::{divergence, episodes, trailing_z};
use convex_stats::half_life::{GRID, HalfLife, half_life};
use convex_stats::reversal::reversal;
use convex_stats::unit_root::{adf, kpss};
use convex_stats::variance_ratio::variance_ratio;

use super::group::{Group, absent, put_or_absent, span};
use super::{Common, cointegration};
use crate::Day;
use crate::figure::{Figures, Unavailable, Unit};
use crate::seed::seed;

const ADF: &str = "augmented Dickey-Fuller, constant, lags by AIC, MacKinnon p";
const KPSS: &str = "KPSS, constant, Hobijn lags, p clipped to 0.01 to 0.10";
const EG: &str = "Engle-Granger, constant, lags by AIC, MacKinnon p";
const EITHER: &str = "Engle-Granger either way round, Bonferroni";
const GRID_METHOD: &str = "half-lives of a fixed grid accepted by a grid bootstrap with wild signs, 499 draws";
const VR: &str = "heteroskedasticity-robust variance ratio in autocorrelation form";
const VR_JOINT: &str = "largest of the horizons against a wild bootstrap, 999 draws";
const WALKS: &str = "z over 252 observations beside 500 driftless walks of the pair’s own changes";
const HODRICK: &str = "Hodrick 1B on deviations beyond 2 of the 252-observation z";

const UNIT_ROOT_LEAVES: [&str; 7] = ["adf", "adf_p", "adf_lag", "adf_n", "kpss", "kpss_p", "kpss_lag"];
const COINTEGRATION_LEAVES: [&str; 5] = ["a_on_b.t", "a_on_b.p", "b_on_a.t", "b_on_a.p", "p_either_way"];
const HALF_LIFE_LEAVES: [&str; 6] = ["phi", "low", "high", "above", "below", "unit_root_accepted"];
const DIVERGENCE_LEAVES: [&str; 6] =
    ["z", "p_walk", "share_beyond_2", "share_beyond_2_walk", "episodes", "episodes_walk"];
const REVERSAL_LEAVES: [&str; 2] = ["t", "p"];

/// Observations a test of levels needs.
const LEAST: usize = 250;

/// Figures of the path of the gap, for two legs measured in log changes, on levels both have.
pub(super) fn put(figures: &mut Figures, levels: &Common) {
    let logs = |values: &[f64]| values.iter().map(|value| value.ln()).collect::<Vec<f64>>();
    let (a, b) = (logs(&levels.a), logs(&levels.b));
    let ratio: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
    let sample = (levels.days.len(), span(&levels.days));
    for (name, path) in [("log_a", &a), ("log_b", &b), ("log_ratio", &ratio)] {
        put_unit_root(figures, &format!("unit_root.{name}"), path, sample);
    }
    put_cointegration(figures, &a, &b, sample);
    cointegration::put(figures, &a, &b, &levels.days, sample);
    let seed = |figure: &str, draws: &str| seed(figure, draws, &levels.days, &levels.a, &levels.b);
    let found = half_life(&ratio, seed("half_life", "499 draws"));
    put_or_absent(figures, "half_life", &HALF_LIFE_LEAVES, found, sample, |group, found| {
        put_half_life_range(group, &found);
    });
    match variance_ratio(&ratio, seed("variance_ratio", "999 draws")) {
        Ok(found) => {
            let mut group = Group::new(figures, "variance_ratio", sample.0, sample.1);
            for at in &found.ratios {
                group.number(&format!("{}.vr", at.horizon), at.ratio, Unit::Ratio, VR).number(
                    &format!("{}.z", at.horizon),
                    at.z,
                    Unit::Stdevs,
                    VR,
                );
            }
            group.number("p_joint", found.p_joint, Unit::Probability, VR_JOINT);
        }
        Err(why) => absent(figures, "variance_ratio", &["p_joint"], &why.into()),
    }
    put_wide(figures, &ratio, levels);
}

/// `divergence.*` and `reversal.*`, and the latter in each half of history under `halves.*`, of the path of a gap.
pub(super) fn put_wide(figures: &mut Figures, gap: &[f64], levels: &Common) {
    let sample = (levels.days.len(), span(&levels.days));
    let found = divergence(gap, seed("divergence", "500 walks", &levels.days, &levels.a, &levels.b));
    put_or_absent(figures, "divergence", &DIVERGENCE_LEAVES, found, sample, |group, found| {
        group
            .number("z", found.z, Unit::Stdevs, WALKS)
            .number("p_walk", found.p_walk, Unit::Probability, WALKS)
            .number("share_beyond_2", found.share_beyond_2, Unit::Fraction, WALKS)
            .number("share_beyond_2_walk", found.share_beyond_2_walk, Unit::Fraction, WALKS)
            .count("episodes", found.episodes, WALKS)
            .number("episodes_walk", found.episodes_walk, Unit::Count, WALKS);
    });
    put_reversal(figures, "reversal", gap, sample);
    put_reversal_halves(figures, gap, &levels.days);
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    for path in ["log_a", "log_b", "log_ratio"] {
        absent(figures, &format!("unit_root.{path}"), &UNIT_ROOT_LEAVES, why);
    }
    absent(figures, "cointegration", &COINTEGRATION_LEAVES, why);
    cointegration::put_absent(figures, why);
    absent(figures, "half_life", &HALF_LIFE_LEAVES, why);
    absent(figures, "variance_ratio", &["p_joint"], why);
    absent(figures, "divergence", &DIVERGENCE_LEAVES, why);
    absent(figures, "reversal", &["episodes"], why);
    for horizon in [21, 63] {
        absent(figures, &format!("reversal.{horizon}"), &REVERSAL_LEAVES, why);
    }
}

/// The accepted points of the grid, and the points just outside: a true half-life may lie between an accepted point and
/// the next, so that only the outer pair holds it as often as promised.
pub(super) fn put_half_life_range(group: &mut Group<'_>, found: &HalfLife) {
    let open = |bound: &'static str| Err(Unavailable::Open(bound));
    let place = |half_life: u32| GRID.iter().position(|point| *point == half_life);
    let below = found.low.and_then(place).and_then(|at| GRID.get(at.checked_sub(1)?));
    let above = found.high.and_then(place).and_then(|at| GRID.get(at + 1));
    group.number("phi", found.phi, Unit::Ratio, GRID_METHOD);
    for (leaf, point, absent) in [
        ("low", found.low, "no bound"),
        ("high", found.high, "no upper bound"),
        ("above", below.copied(), "no bound"),
        ("below", above.copied(), "no upper bound"),
    ] {
        match point {
            Some(point) => group.number(leaf, f64::from(point), Unit::Sessions, GRID_METHOD),
            None => group.put(leaf, open(absent)),
        };
    }
    group.count("unit_root_accepted", usize::from(found.unit_root_accepted), GRID_METHOD);
}

fn put_unit_root(figures: &mut Figures, name: &str, path: &[f64], sample: (usize, (Day, Day))) {
    if path.len() < LEAST {
        let few = Unavailable::TooFew { have: path.len(), need: LEAST };
        return absent(figures, name, &UNIT_ROOT_LEAVES, &few);
    }
    let found = adf(path).and_then(|adf| Ok((adf, kpss(path)?)));
    put_or_absent(figures, name, &UNIT_ROOT_LEAVES, found, sample, |group, (adf, kpss)| {
        group
            .number("adf", adf.statistic, Unit::Stdevs, ADF)
            .number("adf_p", adf.p, Unit::Probability, ADF)
            .count("adf_lag", adf.lag, ADF)
            .count("adf_n", adf.n, ADF)
            .number("kpss", kpss.statistic, Unit::Stdevs, KPSS)
            .number("kpss_p", kpss.p, Unit::Probability, KPSS)
            .count("kpss_lag", kpss.lag, KPSS);
    });
}

fn put_cointegration(figures: &mut Figures, a: &[f64], b: &[f64], sample: (usize, (Day, Day))) {
    if a.len() < LEAST {
        let few = Unavailable::TooFew { have: a.len(), need: LEAST };
        return absent(figures, "cointegration", &COINTEGRATION_LEAVES, &few);
    }
    let found = engle_granger_either_way(a, b);
    put_or_absent(figures, "cointegration", &COINTEGRATION_LEAVES, found, sample, |group, found| {
        group
            .number("a_on_b.t", found.a_on_b.statistic, Unit::Stdevs, EG)
            .number("a_on_b.p", found.a_on_b.p, Unit::Probability, EG)
            .number("b_on_a.t", found.b_on_a.statistic, Unit::Stdevs, EG)
            .number("b_on_a.p", found.b_on_a.p, Unit::Probability, EG)
            .number("p_either_way", found.p, Unit::Probability, EITHER);
    });
}

fn put_reversal(figures: &mut Figures, name: &str, ratio: &[f64], sample: (usize, (Day, Day))) {
    match trailing_z(ratio).map(|z| episodes(&z).len()) {
        Ok(count) if ratio.len() >= 600 => {
            Group::new(figures, name, sample.0, sample.1).count("episodes", count, HODRICK);
        }
        Ok(_) => {
            let few = Unavailable::TooFew { have: ratio.len(), need: 600 };
            absent(figures, name, &["episodes"], &few);
        }
        Err(why) => absent(figures, name, &["episodes"], &why.into()),
    }
    for horizon in [21, 63] {
        let found = reversal(ratio, horizon);
        put_or_absent(figures, &format!("{name}.{horizon}"), &REVERSAL_LEAVES, found, sample, |group, found| {
            group.number("t", found.statistic, Unit::Stdevs, HODRICK).number("p", found.p, Unit::Probability, HODRICK);
        });
    }
}

/// The sign of the turning back in each half, for those who ask whether it lasts.
fn put_reversal_halves(figures: &mut Figures, ratio: &[f64], days: &[Day]) {
    let n = ratio.len();
    for (half, range) in [("first", 0..n / 2), ("second", n / 2..n)] {
        for horizon in [21, 63] {
            let Ok(found) = reversal(&ratio[range.clone()], horizon) else { continue };
            Group::new(figures, format!("halves.{half}"), range.len(), span(&days[range.clone()])).number(
                &format!("reversal_{horizon}"),
                found.statistic,
                Unit::Stdevs,
                HODRICK,
            );
        }
    }
}
