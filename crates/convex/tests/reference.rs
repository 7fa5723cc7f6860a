//! Every figure against an independent reference: real history is imported, nine pairs are compared, and each number the
//! reference gives is held against ours. Skipped with a printed line where the history is not at hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use std::path::Path;

use convex_core::figure::{Figure, Figures, Value};
use serde_json::Value as Json;

use support::{desk_with, shared};

/// Closed forms agree to this relative difference.
const CLOSED_FORM: f64 = 1e-9;
/// Bootstrap bounds agree to this share of the interval's width: four standard errors of a 2.5 % quantile of 2,000 draws,
/// on both sides.
const MONTE_CARLO: f64 = 0.09;

#[tokio::test]
async fn nine_pairs_equal_the_reference() {
    let Some(shared) = shared() else { return };
    let golden = shared.join("oracle/golden");
    let (desk, _folder) = desk_with(&[shared.join("data")]).await;
    let mut pairs = 0;
    let mut compared = 0;
    for entry in std::fs::read_dir(golden).unwrap() {
        let path = entry.unwrap().path();
        let reference = read(&path);
        let id = |leg: &str| reference[leg]["id"].as_str().unwrap().to_owned();
        let comparison = desk.comparison(&id("a"), &id("b"), None).await.unwrap();
        assert_eq!(reference["as_of"].as_str().unwrap(), comparison.as_of.unwrap().to_string());
        compared += check("", &reference, &comparison.figures, &path.display().to_string());
        pairs += 1;
    }
    assert_eq!(pairs, 9);
    assert!(compared > 9 * 180, "only {compared} figures were compared");
}

fn read(path: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Walks the reference's output and holds each leaf against the figure of the same dotted name; returns how many.
fn check(prefix: &str, reference: &Json, figures: &Figures, file: &str) -> usize {
    let Json::Object(entries) = reference else { panic!("{file}: {prefix} is not an object") };
    let mut compared = 0;
    for (key, value) in entries {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        if ["a.id", "b.id", "as_of"].contains(&name.as_str()) {
            continue;
        }
        match value {
            Json::Object(inner) if inner.contains_key("unavailable") => {
                let figure = figures.get(&name).unwrap_or_else(|| panic!("{file}: no figure {name}"));
                assert!(figure.is_err(), "{file}: {name} should be unavailable: {}", inner["unavailable"]);
            }
            Json::Object(_) => {
                compared += check(&name, value, figures, file);
                continue;
            }
            _ => {
                let figure = figures.get(&name).unwrap_or_else(|| panic!("{file}: no figure {name}"));
                equal(&name, value, figure, file);
            }
        }
        compared += 1;
    }
    compared
}

fn equal(name: &str, reference: &Json, figure: &Figure, file: &str) {
    let estimate = figure.as_ref().unwrap_or_else(|why| panic!("{file}: {name} is unavailable: {why}"));
    match (reference, &estimate.value) {
        (Json::Number(expected), Value::Number(found)) => {
            number(name, expected.as_f64().unwrap(), *found, file);
        }
        (Json::String(expected), Value::Day(found)) => assert_eq!(*expected, found.to_string(), "{file}: {name}"),
        (Json::Array(bounds), Value::IntervalOnly) => {
            let (low, high) = (bounds[0].as_f64().unwrap(), bounds[1].as_f64().unwrap());
            let interval = estimate.interval.unwrap();
            if name.ends_with("bootstrap_95") {
                let reach = MONTE_CARLO * (high - low);
                assert!((interval.low - low).abs() < reach, "{file}: {name} low {} against {low}", interval.low);
                assert!((interval.high - high).abs() < reach, "{file}: {name} high {} against {high}", interval.high);
            } else {
                close(name, low, interval.low, CLOSED_FORM, file);
                close(name, high, interval.high, CLOSED_FORM, file);
            }
        }
        (Json::Array(expected), Value::List(found)) => {
            assert_eq!(expected.len(), found.len(), "{file}: {name}");
            for (expected, found) in expected.iter().zip(found) {
                close(name, expected.as_f64().unwrap(), *found, CLOSED_FORM, file);
            }
        }
        (expected, found) => panic!("{file}: {name}: {expected} against {found:?}"),
    }
}

/// A number in the tolerance of its kind.
fn number(name: &str, expected: f64, found: f64, file: &str) {
    let leaf = name.rsplit('.').next().unwrap();
    let within = |reach: f64| {
        assert!(
            (expected - found).abs() <= reach,
            "{file}: {name}: expected {expected}, found {found}, within {reach}"
        );
    };
    match leaf {
        // A p-value counted from draws: four standard errors of 999 draws, and of those that stop at 50 exceedances.
        "p_wild" | "p_joint" | "p_side" | "p_walk" => {
            let stopped = expected * ((1.0 - expected) / 50.0).sqrt();
            let whole = (expected * (1.0 - expected) / 500.0).sqrt();
            within(4.0 * (stopped + whole) + 0.004);
        }
        "limit_95" | "episodes_walk" => within(0.07 * expected),
        "share_beyond_2_walk" => within(0.01),
        // A bound of the grid may be its neighbour where the quantile of the draws sits on the edge.
        "low" | "high" if name.starts_with("half_life") => {
            let place = |value: f64| GRID.iter().position(|grid| (grid - value).abs() < 0.5).unwrap();
            assert!(place(expected).abs_diff(place(found)) <= 1, "{file}: {name}: expected {expected}, found {found}");
        }
        "adf_p" | "kpss_p" => within(1e-6),
        "p" if name.starts_with("cointegration") => within(1e-6),
        _ => close(name, expected, found, CLOSED_FORM, file),
    }
}

/// Half-lives the bounds are chosen from.
const GRID: [f64; 15] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0, 89.0, 144.0, 233.0, 377.0, 610.0, 987.0];

fn close(name: &str, expected: f64, found: f64, relative: f64, file: &str) {
    let reach = relative * expected.abs().max(1e-6);
    assert!((expected - found).abs() <= reach, "{file}: {name}: expected {expected}, found {found}");
}
