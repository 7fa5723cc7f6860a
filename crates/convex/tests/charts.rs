//! The block of charts by itself, each chart as a file, and the numbers behind them.

#![expect(clippy::unwrap_used, reason = "what is not as expected must fail the test")]

mod pages_support;
mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use pages_support::Site;
use serde_json::Value;

const PLOTS: [&str; 5] = ["rebased", "gap", "correlation", "beta", "drawdown"];

async fn panels(site: &Site, address: &str) -> Value {
    let answer = site.get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn the_block_alone_is_what_the_page_holds() {
    let site = Site::with(700).await;
    for (page, block) in [
        ("/compare/dia-vs-iwm?range=6M", "/compare/dia-vs-iwm/charts?range=6M"),
        ("/metrics/iwm?scale=log", "/metrics/iwm/charts?scale=log"),
    ] {
        let (page, block) = (site.get(page).await, site.get(block).await);
        assert_eq!(block.status, StatusCode::OK);
        assert_eq!(block.header("x-robots-tag"), "noindex");
        assert!(page.body.contains(block.body.trim()), "the block differs from the page's");
        assert!(!block.body.contains("<html"));
    }
    let turned = site.get("/compare/iwm-vs-dia/charts?range=6M").await;
    assert_eq!(turned.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(turned.header("location"), "/compare/dia-vs-iwm/charts?range=6M");
}

#[tokio::test]
async fn every_chart_is_a_file_in_three_forms() {
    let site = Site::with(700).await;
    for plot in PLOTS {
        let at = |end: &str| format!("/compare/dia-vs-iwm/charts/{plot}.{end}?range=Max");
        let csv = site.get(&at("csv")).await;
        assert_eq!(csv.status, StatusCode::OK, "{plot}");
        assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"dia-vs-iwm-{plot}.csv\""));
        let lines: Vec<&str> = csv.body.lines().collect();
        assert!(lines.len() > 400 && lines[0].starts_with("date,"), "{plot}: {} lines", lines.len());
        let columns = lines[0].matches(',').count();
        assert!(lines.iter().all(|line| line.matches(',').count() == columns), "{plot} is not square");

        let svg = site.get(&at("svg")).await;
        assert_eq!(svg.header("content-type"), "image/svg+xml");
        assert!(svg.body.contains("<title>Dow Jones (DIA) vs Russell 2000 (IWM): ") && svg.body.ends_with("</svg>"));

        let (status, headers, png) = site.ask_raw(Request::get(at("png")).body(Body::empty()).unwrap()).await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
        assert!(png.starts_with(b"\x89PNG") && png.len() > 5_000, "{plot}: {} bytes", png.len());
    }
    for square in ["ccf", "scatter"] {
        let at = |end: &str| format!("/compare/dia-vs-iwm/charts/{square}.{end}");
        let csv = site.get(&at("csv")).await;
        let rows = csv.body.lines().count() - 1;
        assert_eq!(rows, if square == "ccf" { 41 } else { 252 }, "{square}");
        let svg = site.get(&at("svg")).await;
        assert!(svg.body.contains(">Dow Jones (DIA) vs Russell 2000 (IWM)</text>") && svg.body.ends_with("</svg>"));
        let (_, _, png) = site.ask_raw(Request::get(at("png")).body(Body::empty()).unwrap()).await;
        assert!(png.starts_with(b"\x89PNG") && png.len() > 3_000, "{square}: {} bytes", png.len());
    }
    for missing in ["nothing.csv", "gap.pdf", "gap", "rebased-a.svg"] {
        let answer = site.get(&format!("/compare/dia-vs-iwm/charts/{missing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
    assert_eq!(site.get("/metrics/vixcls/charts/level.csv?range=1M").await.status, StatusCode::OK);
    assert_eq!(site.get("/compare/dia-vs-dia/charts/level-a.svg").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_of_simulated_data_says_so() {
    let site = Site::simulated().await;
    let csv = site.get("/compare/dia-vs-iwm/charts/gap.csv").await;
    assert!(csv.body.lines().skip(1).all(|line| line.ends_with(",Simulated")));
    assert!(csv.header("content-disposition").contains("-simulated.csv"));
    assert!(site.get("/compare/dia-vs-iwm/charts/gap.svg").await.body.contains(">Simulated</text>"));
    assert_eq!(panels(&site, "/api/v1/compare/dia-vs-iwm/panels").await["sample"], true);
}

#[tokio::test]
async fn the_numbers_behind_the_charts() {
    let site = Site::with(700).await;
    let all = panels(&site, "/api/v1/compare/dia-vs-iwm/panels?range=1Y").await;
    let ids: Vec<&str> = all["panels"].as_array().unwrap().iter().map(|panel| panel["id"].as_str().unwrap()).collect();
    assert_eq!(ids, PLOTS);
    let days = all["days"].as_array().unwrap().len();
    for panel in all["panels"].as_array().unwrap() {
        let (low, high) = (panel["low"].as_f64().unwrap(), panel["high"].as_f64().unwrap());
        for line in panel["lines"].as_array().unwrap() {
            let values = line["values"].as_array().unwrap();
            assert_eq!(values.len(), days);
            assert!(values.iter().filter_map(Value::as_f64).all(|value| (low..=high).contains(&value)), "{panel}");
        }
    }
    // Both start at 100, and the last rolling correlation is the figure of the same window.
    let first = |at: usize| all["panels"][0]["lines"][at]["values"][0].as_f64().unwrap();
    assert!((first(0) - 100.0).abs() < 1e-9 && (first(1) - 100.0).abs() < 1e-9);
    let whole = panels(&site, "/api/v1/compare/dia-vs-iwm/panels?window=252").await;
    let answer: Value = serde_json::from_str(&site.get("/api/v1/compare/dia-vs-iwm").await.body).unwrap();
    for (panel, figure) in [(2, "correlation.252obs.pearson"), (3, "beta.252obs.beta")] {
        let last = whole["panels"][panel]["lines"][0]["values"].as_array().unwrap().last().unwrap().as_f64().unwrap();
        let expected = answer["figures"][figure]["value"].as_f64().unwrap();
        assert!((last - expected).abs() < 1e-9, "{figure}: {last} against {expected}");
    }
    let thin = panels(&site, "/api/v1/compare/dia-vs-iwm/panels?range=Max&points=50").await;
    assert_eq!(thin["days"].as_array().unwrap().len(), 50);
    let own = panels(&site, "/api/v1/compare/dia-vs-iwm/panels?from=2025-01-02&to=2025-03-31").await;
    assert_eq!((own["from"].as_str(), own["to"].as_str()), (Some("2025-01-02"), Some("2025-03-31")));
}

#[tokio::test]
async fn what_is_not_understood_is_refused_in_words() {
    let site = Site::with(300).await;
    for (address, words) in [
        ("/api/v1/compare/dia-vs-iwm/panels?range=2Y", "range"),
        ("/api/v1/compare/dia-vs-iwm/panels?points=x", "points"),
        ("/compare/dia-vs-iwm/charts?scale=x", "scale"),
        ("/compare/dia-vs-iwm?from=2025-02-01&to=2025-01-01", "2025-02-01 is not before"),
    ] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(answer.body.contains(words), "{address}: {}", answer.body);
    }
    // Days without values are no mistake: the page stands, and says that nothing lies there.
    let far = site.get("/compare/dia-vs-iwm?from=1950-01-01&to=1951-01-01").await;
    assert_eq!(far.status, StatusCode::OK);
    assert!(far.text().contains("Fewer than two common days lie between the days asked for"));
    assert!(far.figures().len() >= 60);
}

#[tokio::test]
async fn a_log_scale_and_total_return_are_offered_where_they_exist() {
    let site = Site::with(300).await;
    let page = site.get("/compare/dia-vs-iwm?scale=log").await;
    assert!(page.attributes("href").iter().any(|href| href == "/compare/dia-vs-iwm#charts"), "back to linear");
    assert!(!page.text().contains("total return is"), "no payouts are stored");
    let asked = site.get("/compare/dia-vs-iwm?basis=total_return").await;
    assert!(asked.text().contains("Total return is not known for both legs: price is drawn."));
    let linear = panels(&site, "/api/v1/compare/dia-vs-iwm/panels").await;
    let log = panels(&site, "/api/v1/compare/dia-vs-iwm/panels?scale=log").await;
    assert_eq!(
        (linear["panels"][0]["scale"].as_str(), log["panels"][0]["scale"].as_str()),
        (Some("linear"), Some("log"))
    );
    assert_eq!(log["panels"][2]["scale"], "linear", "a correlation has no logarithm");
}
