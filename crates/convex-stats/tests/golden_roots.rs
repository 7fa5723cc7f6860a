//! Unit roots, cointegration, variance ratios, half-lives and gaps against statsmodels and numpy; see golden/roots.py.

use std::path::Path;
use std::sync::LazyLock;

use convex_stats::cointegration::{Shift, engle_granger_either_way, gregory_hansen, johansen, johansen_lag};
use convex_stats::divergence::{WALKS, divergence};
use convex_stats::half_life::{GRID, half_life};
use convex_stats::reversal::reversal;
use convex_stats::unit_root::{adf, kpss};
use convex_stats::variance_ratio::variance_ratio;
use serde_json::Value;

const NAMES: [&str; 7] =
    ["apart_400", "together_600", "moved_500", "turned_500", "smooth_300", "returning_1500", "clustered_1200"];

static GOLDEN: LazyLock<Value> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_roots.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).expect("golden files are JSON")
});

fn at(pointer: &str) -> &'static Value {
    GOLDEN.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is not in the file"))
}

fn number(pointer: &str) -> f64 {
    at(pointer).as_f64().unwrap_or_else(|| panic!("{pointer} is not a number"))
}

fn count(pointer: &str) -> usize {
    at(pointer).as_u64().unwrap_or_else(|| panic!("{pointer} is not a count")) as usize
}

fn numbers(pointer: &str) -> Vec<f64> {
    let list = at(pointer).as_array().unwrap_or_else(|| panic!("{pointer} is not a list"));
    list.iter().map(|value| value.as_f64().expect("a number")).collect()
}

/// Equal to `tolerance`, relative.
#[track_caller]
fn near(pointer: &str, found: f64, tolerance: f64) {
    let expected = number(pointer);
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{pointer}: {found}, {expected} expected");
}

/// p-values: equal to 1e-9 of the unit interval.
#[track_caller]
fn near_p(pointer: &str, found: f64) {
    let expected = number(pointer);
    assert!((found - expected).abs() <= 1e-9, "{pointer}: {found}, {expected} expected");
}

#[test]
fn tests_of_one_series() {
    for name in NAMES {
        for leg in ["y", "x"] {
            let series = numbers(&format!("/{name}/{leg}"));
            let path = format!("/{name}/unit_root/{leg}");
            let found = adf(&series).unwrap();
            assert_eq!(
                (found.lag, found.n),
                (count(&format!("{path}/adf_lag")), count(&format!("{path}/adf_n"))),
                "{path}"
            );
            near(&format!("{path}/adf"), found.statistic, 1e-9);
            near_p(&format!("{path}/adf_p"), found.p);
            let found = kpss(&series).unwrap();
            assert_eq!((found.lag, found.n), (count(&format!("{path}/kpss_lag")), series.len()), "{path}");
            near(&format!("{path}/kpss"), found.statistic, 1e-9);
            near_p(&format!("{path}/kpss_p"), found.p);
        }
    }
}

#[test]
fn engle_and_granger() {
    for name in NAMES {
        let (y, x) = (numbers(&format!("/{name}/y")), numbers(&format!("/{name}/x")));
        let both = engle_granger_either_way(&y, &x).unwrap();
        for (way, found) in [("y_on_x", both.a_on_b), ("x_on_y", both.b_on_a)] {
            let path = format!("/{name}/engle_granger/{way}");
            assert_eq!((found.lag, found.n), (count(&format!("{path}/lag")), count(&format!("{path}/n"))), "{path}");
            near(&format!("{path}/t"), found.statistic, 1e-9);
            near_p(&format!("{path}/p"), found.p);
            near(&format!("{path}/slope"), found.slope, 1e-9);
            near(&format!("{path}/constant"), found.constant, 1e-8);
        }
    }
}

#[test]
fn johansens_tests() {
    for name in NAMES {
        let (y, x) = (numbers(&format!("/{name}/y")), numbers(&format!("/{name}/x")));
        assert_eq!(johansen_lag(&y, &x, 8), Ok(count(&format!("/{name}/johansen/best_lag"))), "{name}");
        for lag in [0, 1, 4] {
            let path = format!("/{name}/johansen/lags/{lag}");
            let found = johansen(&y, &x, lag).unwrap();
            assert_eq!(found.n, count(&format!("{path}/n")));
            for (r, test) in found.ranks.iter().enumerate() {
                near(&format!("{path}/trace/{r}"), test.trace, 1e-8);
                near(&format!("{path}/largest/{r}"), test.largest, 1e-8);
                near(&format!("{path}/eigenvalues/{r}"), found.eigenvalues[r], 1e-8);
                assert_eq!(test.trace_critical.to_vec(), numbers(&format!("{path}/trace_critical/{r}")));
                assert_eq!(test.largest_critical.to_vec(), numbers(&format!("{path}/largest_critical/{r}")));
            }
        }
    }
}

#[test]
fn gregory_and_hansen() {
    for name in NAMES {
        let (y, x) = (numbers(&format!("/{name}/y")), numbers(&format!("/{name}/x")));
        for (model, shift) in [("level", Shift::Level), ("regime", Shift::Regime)] {
            let path = format!("/{name}/gregory_hansen/{model}");
            let found = gregory_hansen(&y, &x, shift).unwrap();
            let expected = ["break_at", "lag", "n"].map(|key| count(&format!("{path}/{key}")));
            assert_eq!([found.break_at, found.lag, found.n], expected, "{path}");
            near(&format!("{path}/statistic"), found.statistic, 1e-8);
            for regime in 0..2 {
                near(&format!("{path}/slope/{regime}"), found.slope[regime], 1e-8);
                near(&format!("{path}/constant/{regime}"), found.constant[regime], 1e-7);
            }
        }
    }
}

/// A share of `draws` draws: within four standard errors of the expected one, plus the one case counted besides them.
#[track_caller]
fn near_share(pointer: &str, found: f64, draws: usize) {
    let (expected, draws) = (number(pointer), draws as f64);
    let error = (expected.clamp(1e-3, 1.0 - 1e-3) * (1.0 - expected.clamp(1e-3, 1.0 - 1e-3)) / draws).sqrt();
    assert!((found - expected).abs() <= 4.0 * error + 1.0 / draws, "{pointer}: {found}, {expected} expected");
}

#[test]
fn variance_ratios() {
    for name in NAMES {
        let found = variance_ratio(&numbers(&format!("/{name}/y")), [7; 32]).unwrap();
        let path = format!("/{name}/variance_ratio");
        let horizons: Vec<f64> = found.ratios.iter().map(|ratio| ratio.horizon as f64).collect();
        assert_eq!(horizons, numbers(&format!("{path}/horizons")), "{path}");
        for (place, ratio) in found.ratios.iter().enumerate() {
            near(&format!("{path}/ratio/{place}"), ratio.ratio, 1e-9);
            near(&format!("{path}/z/{place}"), ratio.z, 1e-9);
        }
        near_share(&format!("{path}/p_joint"), found.p_joint, found.draws);
    }
}

/// The file has the share of 4,000 draws below the t statistic seen, for each half-life and the unit root. Ours has 499
/// draws: between 0.055 and 0.945 they surely accept, below 0.003 or above 0.997 they surely do not.
#[test]
fn half_lives() {
    for name in NAMES {
        let path = format!("/{name}/half_life");
        let below = numbers(&format!("{path}/below"));
        let surely_accepted = |place: usize| (0.055..=0.945).contains(&below[place]);
        let surely_rejected = |place: usize| !(0.003..=0.997).contains(&below[place]);
        let found = half_life(&numbers(&format!("/{name}/y")), [7; 32]);
        let Ok(found) = found else {
            assert!(!(0..=GRID.len()).any(surely_accepted), "{path}: nothing is accepted");
            continue;
        };
        near(&format!("{path}/phi"), found.phi, 1e-9);
        let place = |life: u32| GRID.iter().position(|known| *known == life).expect("a half-life of the grid");
        let low = found.low.map_or(GRID.len(), place);
        let high = found.high.map_or(GRID.len(), place);
        assert!(!surely_rejected(low) && !surely_rejected(high), "{path}: {found:?}");
        assert!(!(0..low).any(surely_accepted) && !(high + 1..GRID.len()).any(surely_accepted), "{path}: {found:?}");
        let doubtful = if found.unit_root_accepted { surely_rejected(GRID.len()) } else { surely_accepted(GRID.len()) };
        assert!(!doubtful, "{path}: {found:?}");
    }
}

#[test]
fn gaps_beside_walks() {
    for name in NAMES.into_iter().filter(|name| GOLDEN.pointer(&format!("/{name}/gap")).is_some()) {
        let (levels, path) = (numbers(&format!("/{name}/y")), format!("/{name}/gap"));
        let found = divergence(&levels, [7; 32]).unwrap();
        near(&format!("{path}/z"), found.z, 1e-9);
        near(&format!("{path}/share"), found.share_beyond_2, 1e-12);
        assert_eq!(found.episodes, count(&format!("{path}/episodes")), "{path}");
        near_share(&format!("{path}/p_walk"), found.p_walk, WALKS);
        for (key, mean) in [("share_walk", found.share_beyond_2_walk), ("episodes_walk", found.episodes_walk)] {
            // The file's own mean, over 2,000 walks, adds a quarter to the variance.
            let error = number(&format!("{path}/{key}_sd")) * (1.25 / WALKS as f64).sqrt();
            let expected = number(&format!("{path}/{key}"));
            assert!((mean - expected).abs() <= 4.0 * error, "{path}/{key}: {mean}, {expected} expected");
        }
        for horizon in [21, 63] {
            let reversal = reversal(&levels, horizon).unwrap();
            near(&format!("{path}/reversal/{horizon}/t"), reversal.statistic, 1e-9);
            near(&format!("{path}/reversal/{horizon}/p"), reversal.p, 1e-9);
            assert_eq!(reversal.episodes, found.episodes);
        }
    }
}
