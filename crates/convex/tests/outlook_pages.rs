//! Forecasts, states, scenarios and shocks as a visitor and a program get them, over invented series.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod pages_support;
mod support;

use std::path::Path;
use std::sync::Arc;

use axum::http::StatusCode;
use convex::clock::Clock;
use convex::outlook;
use convex_core::forecast::Options;
use convex_store::Store;
use pages_support::{Site, write_series};
use serde_json::Value as Json;
use support::store_with;

const PAGES: [&str; 9] = [
    "/regime",
    "/scenarios",
    "/scenarios?vix=20",
    "/scenarios?spx=-10&sessions=63",
    "/scenarios?vix=3&spx=-2&y10=10&sessions=5",
    "/scenarios/covid",
    "/forecasts",
    "/metrics/dia",
    "/compare/dia-vs-iwm",
];

fn check_words(path: &str, text: &str) {
    for word in ["undefined", "NaN", "null", "No data available", "inf"] {
        let mut parts = text.split(|c: char| !c.is_alphanumeric() && c != ' ');
        assert!(!parts.any(|part| part.trim() == word), "{path}: {word}");
    }
}

#[tokio::test]
async fn pages_are_whole_whatever_the_data() {
    for site in [Site::with(900).await, Site::with(30).await, Site::empty().await, Site::simulated().await] {
        for path in PAGES {
            let answer = site.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            check_words(path, &format!("{} {}", answer.text(), answer.attributes("title").join(" ")));
        }
    }
}

#[tokio::test]
async fn bad_input_is_told_and_never_a_failure() {
    let site = Site::with(30).await;
    for (path, said) in [
        ("/scenarios?vix=many", "vix"),
        ("/scenarios?vix=0", "without 0"),
        ("/scenarios?vix=1e9", "from −80 to 80"),
        ("/scenarios?vix=20&sessions=7", "none of 5, 21, 63"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.text().contains(said), "{path}: {}", answer.text());
    }
    for path in ["/scenarios/atlantis", "/api/v1/scenarios/atlantis", "/api/v1/forecasts/dia", "/api/v1/scorecard"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/api/v1/shock", "/api/v1/shock?vix=NaN", "/api/v1/shock?vix=5&sessions=x"] {
        assert_eq!(site.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

async fn forecast(store: &Store, clock: Clock) -> usize {
    let catalog = convex_core::catalog::Catalog::builtin();
    let wanted = outlook::targets(store, catalog, &[], None).await.unwrap();
    let options = Options { paths: 200, record_paths: 100, ..Options::default() };
    let made = outlook::make(wanted, options, Arc::new(|_, _| ())).await.unwrap();
    let (new, card) = outlook::keep(store, &made, "2008-01-01".parse().unwrap(), clock.now()).await.unwrap();
    assert!(card.is_some());
    new
}

#[tokio::test]
async fn what_is_kept_is_shown_and_kept_once() {
    let files = tempfile::tempdir().unwrap();
    write_series(files.path(), 900);
    let (store, _database) = store_with(&[files.path().to_path_buf()]).await;
    let new = forecast(&store, support::clock()).await;
    assert!(new > 5, "{new}");
    assert_eq!(forecast(&store, support::clock()).await, 0);

    let site = Site::over(store);
    let record: Json = serde_json::from_str(&site.get("/api/v1/forecasts/dia-vs-iwm").await.body).unwrap();
    let horizons = record["forecast"]["horizons"].as_array().unwrap();
    assert_eq!(horizons.len(), 3);
    for horizon in horizons {
        assert_eq!(horizon["quantiles"].as_array().unwrap().len(), 40);
        assert!(horizon["bands"][2]["low"].as_f64().unwrap() < horizon["bands"][0]["low"].as_f64().unwrap());
    }
    assert!(record["forecast"]["inputs"].as_str().unwrap().starts_with("dia "));
    // The other order is the same ratio, under its canonical name.
    assert_eq!(
        site.get("/api/v1/forecasts/iwm-vs-dia").await.body,
        site.get("/api/v1/forecasts/dia-vs-iwm").await.body
    );

    let page = site.get("/compare/dia-vs-iwm").await;
    assert!(page.attributes("data-figure").iter().any(|name| name == "forecast.21.band_80"));
    assert!(page.text().contains("Ranges, not a prediction, and no advice"), "{}", page.text());
    let metric = site.get("/metrics/dia").await;
    assert!(metric.attributes("data-figure").iter().any(|name| name == "forecast.63.band_95"));
    // Nothing was kept for a day before the forecasts.
    assert!(site.get("/metrics/dia?as_of=2024-01-05").await.text().contains("No bands are kept"));
    let card = site.get("/forecasts").await;
    assert!(
        card.attributes("data-figure").iter().any(|name| name == "scorecard.all.21.coverage_80"),
        "{}",
        card.text()
    );
    check_words("/forecasts", &card.text());
    let json: Json = serde_json::from_str(&site.get("/api/v1/scorecard").await.body).unwrap();
    assert!(json["scorecard"]["overall"][0]["card"]["n"].as_u64().unwrap() > 50);
}

#[tokio::test]
async fn machines_get_the_same() {
    let site = Site::with(900).await;
    let regimes: Json = serde_json::from_str(&site.get("/api/v1/regimes").await.body).unwrap();
    let vix = regimes["regimes"].as_array().unwrap().iter().find(|rule| rule["id"] == "vix");
    assert!(vix.is_some_and(|rule| rule["now"]["since"].is_string()), "{regimes}");
    let shock: Json = serde_json::from_str(&site.get("/api/v1/shock?vix=2&sessions=5").await.body).unwrap();
    assert!(!shock["answers"].as_array().unwrap().is_empty());
    let scenarios: Json = serde_json::from_str(&site.get("/api/v1/scenarios").await.body).unwrap();
    assert_eq!(scenarios["scenarios"].as_array().unwrap().len(), 12);
    let events: Json = serde_json::from_str(&site.get("/api/v1/events").await.body).unwrap();
    assert_eq!(events["events"][0]["id"], "vix-above-30");
    assert_eq!(site.get("/api/v1/events/dia-vs-iwm").await.status, StatusCode::OK);
}

#[test]
fn the_command_says_what_it_cannot_forecast() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let db = format!("sqlite://{}", Path::new(folder.path()).join("x.db").display());
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_convex"));
        command.current_dir(folder.path()).args(["--db", &db]).args(args).output().unwrap()
    };
    let output = run(&["forecast", "atlantis"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing to forecast for \"atlantis\""));
    assert_eq!(run(&["forecast"]).status.code(), Some(3));
    assert_eq!(run(&["regime"]).status.code(), Some(3));
    let list = run(&["scenario", "--format", "table"]);
    assert!(list.status.success() && String::from_utf8_lossy(&list.stdout).contains("Covid, 2020"));
    assert_eq!(run(&["scenario", "covid"]).status.code(), Some(3));
    let output = run(&["scenario", "atlantis"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("no scenario \"atlantis\""));
}
