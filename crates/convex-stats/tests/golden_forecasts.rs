//! Volatility, switching, autoregression, logistic fits and intervals of shares against arch, statsmodels and scipy; see
//! golden/forecasts.py.

use std::path::Path;
use std::sync::LazyLock;

use convex_stats::autoregression::autoregression;
use convex_stats::logistic::logistic;
use convex_stats::proportion::{jeffreys, wilson};
use convex_stats::switching::switching;
use convex_stats::volatility::garch;
use serde_json::Value;

static GOLDEN: LazyLock<Value> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden_forecasts.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    serde_json::from_str(&text).expect("golden files are JSON")
});

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|value| value.as_f64().expect("a number")).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn entries(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of.as_object().expect("an object").iter()
}

/// Within a thousandth, relative where the parameter is above one.
#[track_caller]
fn near(what: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-3 * expected.abs().max(1.0), "{what}: {found}, {expected} expected");
}

#[test]
fn garch_reaches_the_likelihood_of_arch() {
    for (name, of) in entries(&GOLDEN["series"]) {
        let changes = numbers(&of["changes"]);
        let expected = number(&of["garch"]["log_likelihood"]);
        let found = garch(&changes, None).unwrap();
        println!("{name}: {} against {expected}", found.log_likelihood);
        assert!(found.log_likelihood >= expected - 1e-4, "{name}: {found:?}, {expected} expected");
        if found.log_likelihood <= expected + 1e-4 {
            let [mean, omega, alpha, beta, degrees] = numbers(&of["garch"]["parameters"])[..] else { panic!("five") };
            let recursion = found.recursion;
            near(name, found.mean, mean);
            near(name, recursion.omega, omega);
            near(name, recursion.alpha, alpha);
            near(name, recursion.beta, beta);
            // Beyond thirty degrees a t is so nearly normal that the likelihood hardly tells them apart.
            if degrees < 30.0 {
                near(name, found.degrees, degrees);
            }
            let deviations: Vec<f64> = changes.iter().map(|change| change - found.mean).collect();
            let path = recursion.path(&deviations, 0.0);
            near(name, path[changes.len() - 1], number(&of["garch"]["last_variance"]));
        }
    }
}

#[test]
fn switching_reaches_the_likelihood_of_statsmodels() {
    for (name, of) in entries(&GOLDEN["series"]) {
        let changes = numbers(&of["changes"]);
        let golden = &of["switching"];
        let expected = number(&golden["log_likelihood"]);
        let found = switching(&changes, None).unwrap();
        println!("{name}: {} against {expected}", found.log_likelihood);
        assert!(found.log_likelihood >= expected - 1e-4, "{name}: {found:?}, {expected} expected");
        if found.log_likelihood <= expected + 1e-4 {
            for (what, found) in [("means", found.means), ("variances", found.variances), ("leaves", found.leaves)] {
                for (found, expected) in found.iter().zip(numbers(&golden[what])) {
                    near(&format!("{name} {what}"), *found, expected);
                }
            }
            let filtered = found.filtered(&changes);
            for (found, expected) in filtered[changes.len() - 50..].iter().zip(numbers(&golden["filtered_wild"])) {
                near(&format!("{name} filtered"), *found, expected);
            }
        }
    }
}

#[test]
fn autoregressions_of_statsmodels() {
    for (name, of) in entries(&GOLDEN["autoregression"]) {
        let mut values = numbers(&of["values"]);
        let found = autoregression(&values, 8).unwrap();
        let expected = numbers(&of["parameters"]);
        assert_eq!(found.weights.len() as u64, of["order"].as_u64().expect("a count"), "{name}");
        for (found, expected) in std::iter::once(&found.constant).chain(&found.weights).zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{name}: {found}, {expected} expected");
        }
        for expected in numbers(&of["forecast"]) {
            let next = found.next(&values);
            assert!((next - expected).abs() < 1e-9, "{name}: {next}, {expected} expected");
            values.push(next);
        }
    }
}

#[test]
fn logistic_fit_of_statsmodels() {
    let golden = &GOLDEN["logistic"];
    let rows: Vec<Vec<f64>> = golden["rows"].as_array().expect("rows").iter().map(numbers).collect();
    let happened: Vec<bool> = numbers(&golden["happened"]).into_iter().map(|came| came > 0.5).collect();
    let found = logistic(&rows, &happened, 0.0).unwrap();
    assert!((found.log_likelihood - number(&golden["log_likelihood"])).abs() < 1e-9);
    for (found, expected) in std::iter::once(&found.constant).chain(&found.weights).zip(numbers(&golden["parameters"]))
    {
        assert!((found - expected).abs() < 1e-7, "{found}, {expected} expected");
    }
}

#[test]
fn intervals_of_shares() {
    for share in GOLDEN["shares"].as_array().expect("a list") {
        let count = |key: &str| share[key].as_u64().expect("a count") as usize;
        let (cases, of) = (count("cases"), count("of"));
        for (found, key) in [(wilson(cases, of), "wilson"), (jeffreys(cases, of), "jeffreys")] {
            let expected = numbers(&share[key]);
            assert!(
                (found.low - expected[0]).abs() < 1e-8 && (found.high - expected[1]).abs() < 1e-8,
                "{key} {cases}/{of}: {found:?} {expected:?}"
            );
        }
    }
}
