//! The JSON API as a program meets it: answers, and problems with stable types.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value as Json;
use tempfile::TempDir;
use tower::ServiceExt;

use support::desk_with;

/// Two series of 400 sessions that share their days, one of a single observation, one that never moves.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    let write = |name: &str, n: u32, value: fn(u32) -> f64| {
        let mut text = "date,close\n".to_owned();
        let mut day: convex_core::Day = "2024-01-01".parse().unwrap();
        for at in 0..n {
            text.push_str(&format!("{day},{}\n", value(at)));
            day = day + 1;
        }
        let path = folder.path().join(format!("{name}.csv"));
        std::fs::write(&path, text).unwrap();
        path
    };
    vec![
        write("dia", 400, |at| 100.0 + f64::from(at * at % 37) + f64::from(at) / 10.0),
        write("iwm", 400, |at| 50.0 + f64::from(at * at % 41) + f64::from(at) / 9.0),
        write("once", 1, |_| 3.0),
        write("flat", 400, |_| 7.0),
    ]
}

async fn get(path: &str) -> (StatusCode, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (desk, _database) = desk_with(&files(&folder)).await;
    let router = convex::web::router(Arc::new(desk));
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let kind = response.headers().get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap()).to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 24).await.unwrap();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

async fn json(path: &str) -> (StatusCode, Json) {
    let (status, kind, body) = get(path).await;
    assert!(kind.contains("json"), "{path}: {kind}");
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn a_comparison_answers_in_the_order_asked() {
    let (status, answer) = json("/api/v1/compare/IWM-vs-dow?as_of=2025-01-15").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((answer["pair"].as_str(), answer["a"].as_str()), (Some("iwm-vs-dia"), Some("iwm")));
    assert_eq!(answer["requested_as_of"], "2025-01-15");
    assert_eq!(answer["as_of"], "2025-01-15");
    assert_eq!(answer["figures"]["a.as_of"]["value"], "2025-01-15");
    assert!(answer["figures"]["correlation.all.pearson"]["value"].is_number());
}

#[tokio::test]
async fn what_cannot_be_computed_says_why_and_is_no_error() {
    for (pair, reason) in [
        ("dia-vs-dia", "itself"),
        ("dia-vs-once", "no overlap"),
        ("dia-vs-flat", "constant"),
        ("dia-vs-vix", "no observations"),
    ] {
        let (status, answer) = json(&format!("/api/v1/compare/{pair}")).await;
        assert_eq!(status, StatusCode::OK, "{pair}");
        let figure = &answer["figures"]["correlation.all.pearson"];
        assert_eq!(figure["unavailable"]["reason"], reason, "{pair}");
        assert!(!figure["unavailable"]["detail"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn problems_have_a_type_and_never_status_500() {
    for (path, status, kind) in [
        ("/api/v1/compare/dia-vs-iwn", 404, "/problems/unknown-metric"),
        ("/api/v1/metrics/%ff", 400, "/problems/bad-request"),
        ("/api/v1/metrics/%00", 404, "/problems/unknown-metric"),
        ("/api/v1/metrics/%27%3B%20drop%20table%20series", 404, "/problems/unknown-metric"),
        ("/api/v1/compare/dia", 400, "/problems/bad-request"),
        ("/api/v1/compare/dia-vs-iwm?as_of=yesterday", 400, "/problems/bad-request"),
        ("/api/v1/compare/dia-vs-iwm?as_of=2025-02-30", 400, "/problems/bad-request"),
        ("/api/v1/metrics/dia/observations?format=xml", 400, "/problems/bad-request"),
        ("/api/v1/metrics/dia/observations?basis=both", 400, "/problems/bad-request"),
        ("/api/v1/nothing", 404, "/problems/not-found"),
    ] {
        let (found, kind_header, body) = get(path).await;
        assert_eq!(found.as_u16(), status, "{path}: {body}");
        assert_eq!(kind_header, "application/problem+json", "{path}");
        let problem: Json = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["type"], kind, "{path}");
        assert_eq!(problem["status"], status, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_id_names_the_nearest() {
    let (_, problem) = json("/api/v1/metrics/iwn").await;
    let nearest: Vec<&str> = problem["nearest"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    assert!(nearest.contains(&"iwm"), "{nearest:?}");
}

#[tokio::test]
async fn metrics_say_value_age_and_source() {
    let (_, list) = json("/api/v1/metrics").await;
    assert_eq!(list["sample"], false);
    let metrics = list["metrics"].as_array().unwrap();
    let of = |id: &str| metrics.iter().find(|metric| metric["id"] == id).unwrap();
    assert_eq!((of("dia")["n"].as_u64(), of("dia")["source"].as_str()), (Some(400), Some("file")));
    assert_eq!(of("dia")["age"]["state"], "stale");
    assert_eq!(of("vixcls")["age"]["state"], "nothing stored");
    assert_eq!(of("flat")["category"], "uncatalogued");
    let (_, one) = json("/api/v1/metrics/dow").await;
    assert_eq!(one["id"], "dia");
    assert_eq!(one["figures"]["n_all"]["value"], 400);
}

#[tokio::test]
async fn observations_come_as_json_and_csv() {
    let (_, answer) = json("/api/v1/metrics/dia/observations?from=2024-01-02&to=2024-01-03").await;
    assert_eq!(answer["n"], 2);
    assert_eq!(answer["observations"][0]["date"], "2024-01-02");
    let (status, kind, body) = get("/api/v1/metrics/dia/observations?format=csv&to=2024-01-02").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(body, "date,value\n2024-01-01,100\n2024-01-02,101.1\n");
    let (_, none) = json("/api/v1/metrics/dia/observations?basis=total_return").await;
    assert_eq!(none["n"], 0);
}
