//! Screens as a visitor, a program and a terminal get them, over invented series.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod pages_support;
mod support;

use std::path::Path;
use std::process::Command;

use axum::http::StatusCode;
use pages_support::Site;
use serde_json::Value as Json;

const PAGES: [&str; 11] = [
    "/",
    "/screen",
    "/screen?list=tested&as_of=2025-06-30",
    "/screen?list=ranked",
    "/screen?list=ranked&by=gap&top=20&sort=-z",
    "/screen?list=ranked&by=correlation&sort=percentile",
    "/screen?list=ranked&ids=dia,iwm,qqq,vix",
    "/screen?list=ledger",
    "/correlations",
    "/correlations?window=252obs&ids=dia,iwm,gold,dgs10,cpiaucsl",
    "/correlations?window=all&as_of=2025-06-30",
];

#[tokio::test]
async fn pages_are_whole_whatever_the_data() {
    for site in [Site::with(900).await, Site::with(30).await, Site::empty().await, Site::simulated().await] {
        for path in PAGES {
            let answer = site.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            let text = format!("{} {}", answer.text(), answer.attributes("title").join(" "));
            for word in ["undefined", "NaN", "null", "No data available", "inf"] {
                assert!(
                    !text.split(|c: char| !c.is_alphanumeric() && c != ' ').any(|part| part.trim() == word),
                    "{path}: {word}"
                );
            }
            assert!(answer.headings().len() < 20);
        }
    }
}

#[tokio::test]
async fn a_tested_list_says_how_many_tests_there_are_and_a_ranked_one_that_there_are_none() {
    let site = Site::with(900).await;
    let tested = site.get("/screen").await;
    assert!(tested.text().contains("judged together on 1,000 resampled pasts"), "{}", tested.text());
    assert!(tested.attributes("data-figure").iter().any(|name| name == "screen.divergence.p_family"));
    assert!(tested.attributes("data-pair").iter().any(|pair| pair == "dia-vs-iwm"));
    let ranked = site.get("/screen?list=ranked").await;
    assert!(ranked.text().contains("Nothing here was tested"), "{}", ranked.text());
    assert!(!ranked.text().contains("p, family"));
    assert!(ranked.body.contains("/api/v1/screen?format=csv"));
    // Once made, the tests of the day stand on the first page too.
    let home = site.get("/").await;
    assert!(home.text().contains("Diverging now") && home.text().contains("judged together"), "{}", home.text());
}

#[tokio::test]
async fn sorting_is_a_link_and_keeps_what_was_asked() {
    let site = Site::with(900).await;
    let page = site.get("/screen?list=ranked&by=gap&sort=-z").await;
    let links = page.attributes("href");
    assert!(links.contains(&"/screen?list=ranked&by=gap&sort=z".to_owned()), "{links:?}");
    let z = |answer: &pages_support::Answer| -> Vec<f64> {
        let cells = answer.body.split("data-figure=\"divergence.z\"").skip(1);
        cells.filter_map(|cell| cell.split(" value=\"").nth(1)?.split('"').next()?.parse().ok()).collect()
    };
    let falling = z(&page);
    assert!(falling.len() > 10 && falling.is_sorted_by(|one, other| one >= other), "{falling:?}");
    let rising = z(&site.get("/screen?list=ranked&by=gap&sort=z").await);
    assert!(rising.is_sorted());
}

#[tokio::test]
async fn bad_settings_are_told_and_never_fail() {
    let site = Site::with(60).await;
    for (path, words) in [
        ("/screen?list=ranked&by=luck", "by: “luck”"),
        ("/screen?list=ranked&top=0", "top:"),
        ("/screen?list=ranked&top=99999999", "at most 5000 rows"),
        ("/screen?as_of=soon", "as_of:"),
        ("/screen?pairs=dia", "is not of the form"),
        ("/correlations?window=9", "window:"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let text = answer.text().replace("&#34;", "\"").replace('"', "“");
        assert!(text.contains(words.split('“').next().unwrap()), "{path}: {text}");
    }
    assert_eq!(site.get("/screen?ids=nosuch").await.status, StatusCode::NOT_FOUND);
    for path in ["/api/v1/screen?by=luck", "/api/v1/screen?format=xml", "/api/v1/screen?pairs=a&tested=1"] {
        let answer = site.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::BAD_REQUEST, "application/problem+json")
        );
    }
}

#[tokio::test]
async fn the_api_gives_json_csv_and_parquet() {
    let site = Site::with(900).await;
    let ranked: Json = serde_json::from_str(&site.get("/api/v1/screen?top=7&spearman=1").await.body).unwrap();
    assert_eq!((ranked["list"].as_str(), ranked["tests"].as_u64()), (Some("ranked"), Some(0)));
    let rows = ranked["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 7);
    let effects: Vec<f64> = rows.iter().map(|row| row["effect"].as_f64().unwrap().abs()).collect();
    assert!(effects.is_sorted_by(|one, other| one >= other), "{effects:?}");
    for name in [
        "returns.n",
        "correlation.90d.pearson",
        "correlation.90d.spearman",
        "correlation.change.z_difference",
        "divergence.z",
    ] {
        assert!(rows[0]["figures"].get(name).is_some(), "{name}");
    }
    assert!(ranked["odds"]["expected_without_change"].is_number() && ranked["note"].is_string());
    let tested: Json = serde_json::from_str(&site.get("/api/v1/screen?tested=1").await.body).unwrap();
    let first = &tested["rows"][0]["tests"]["divergence"];
    assert!(tested["tests"].as_u64().unwrap() >= 9 && first["p_family"].is_number(), "{tested}");
    let own: Json =
        serde_json::from_str(&site.get("/api/v1/screen?tested=1&pairs=dia-vs-iwm,qqq-vs-mine").await.body).unwrap();
    assert_eq!(own["rows"].as_array().unwrap().len(), 2);

    let csv = site.get("/api/v1/screen?format=csv&top=5").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert!(
        lines.len() == 6 && lines[0].starts_with("place,a,b,as_of,state,ranked_by,effect,n,n_90d,correlation_90d,"),
        "{}",
        csv.body
    );
    let request =
        axum::http::Request::get("/api/v1/screen?format=parquet&tested=1").body(axum::body::Body::empty()).unwrap();
    let (status, headers, bytes) = site.ask_raw(request).await;
    assert_eq!(
        (status, &bytes[..4], headers["content-type"].to_str().unwrap()),
        (StatusCode::OK, b"PAR1".as_slice(), "application/vnd.apache.parquet")
    );
    let simulated = Site::simulated().await.get("/api/v1/screen?format=csv&top=3").await;
    assert!(simulated.body.lines().next().unwrap().ends_with(",simulated"));
    assert!(simulated.header("content-disposition").contains("-simulated.csv"));
}

#[tokio::test]
async fn a_matrix_shows_every_pair_with_n_and_interval() {
    let site = Site::with(900).await;
    let page = site.get("/correlations?ids=dia,iwm,gold,qqq").await;
    let names = page.attributes("data-figure");
    // Both halves of the square, and the table.
    assert_eq!(names.iter().filter(|name| *name == "correlation.90d.pearson").count(), 12 + 6);
    assert!(page.attributes("title").iter().any(|title| title.contains("n = 6")), "{:?}", page.attributes("title"));
    assert!(page.attributes("href").contains(&"/correlations?window=252obs&ids=dia,iwm,gold,qqq".to_owned()));
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_convex"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CONVEX_DB")
        .env_remove("CONVEX_CONFIG")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (command.status.code().unwrap(), text(&command.stdout), text(&command.stderr))
}

/// A folder with five series of 700 days in a database.
fn database() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("prices")).unwrap();
    for (at, name) in ["dia", "iwm", "qqq", "gold", "acme"].iter().enumerate() {
        let mut text = "date,close\n".to_owned();
        let (mut day, mut level): (convex_core::Day, f64) = ("2023-01-02".parse().unwrap(), 100.0);
        let mut state = at as u64 + 3;
        let mut common = 17_u64;
        for _ in 0..700 {
            let draw = |state: &mut u64| {
                *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (*state >> 33) as f64 / 2f64.powi(31) - 0.5
            };
            level *= (0.02 * (draw(&mut state) + draw(&mut common))).exp();
            text.push_str(&format!("{day},{level:.6}\n"));
            day = day + 1;
        }
        std::fs::write(folder.path().join(format!("prices/{name}.csv")), text).unwrap();
    }
    let (code, _, err) = run(folder.path(), &["import", "prices"]);
    assert_eq!(code, 0, "{err}");
    folder
}

#[test]
fn the_command_line_ranks_tests_and_writes_files() {
    let folder = database();
    let here = folder.path();
    let (code, out, err) = run(here, &["screen", "--top", "3"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((json["pairs"].as_u64(), json["rows"].as_array().map(Vec::len)), (Some(10), Some(3)));
    let (code, table, _) = run(here, &["screen", "--by", "gap", "--format", "table"]);
    assert!(code == 0 && table.contains("Nothing here was tested: of 10 pairs of 5 series"), "{table}");
    let (code, table, _) = run(here, &["screen", "--tested", "--format", "table"]);
    assert!(code == 0 && table.contains("dia-vs-iwm") && table.contains("judged together"), "{table}");

    std::fs::write(here.join("mine.txt"), "# mine\nDIA/acme\ngold qqq\n").unwrap();
    let (code, out, _) = run(here, &["screen", "--list", "mine.txt", "--tested"]);
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["rows"].as_array().unwrap().len(), json["tests"].as_u64()), (0, 2, Some(6)));
    let (code, out, _) = run(here, &["screen", "--list", "mine.txt", "--format", "csv"]);
    assert!(code == 0 && out.lines().count() == 3, "{out}");
    let (code, _, err) = run(here, &["screen", "--format", "parquet", "--output", "s.parquet"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(&std::fs::read(here.join("s.parquet")).unwrap()[..4], b"PAR1");

    let (code, _, err) = run(here, &["screen", "--tested", "--keep", "--as-of", "2024-10-31"]);
    assert!(code == 0 && err.contains("kept the tested list of 2024-10-31"), "{err}");
    let (_, _, err) = run(here, &["screen", "--tested", "--keep", "--as-of", "2024-10-31"]);
    assert!(err.contains("is kept already"), "{err}");
    let (code, out, _) = run(here, &["screen", "--ledger"]);
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["days"].as_u64(), json["horizons"].as_array().map(Vec::len)), (0, Some(1), Some(2)));
}

#[test]
fn the_command_line_refuses_in_words() {
    let folder = database();
    let here = folder.path();
    std::fs::write(here.join("bad.txt"), "dia\nnosuch\n").unwrap();
    let (code, _, err) = run(here, &["screen", "--list", "bad.txt"]);
    assert!(code == 1 && err.contains("unknown metric \"nosuch\""), "{err}");
    std::fs::write(here.join("mixed.txt"), "dia\ndia/iwm\n").unwrap();
    let (code, _, err) = run(here, &["screen", "--list", "mixed.txt"]);
    assert!(code == 1 && err.contains("line 2: a list holds ids or pairs, not both"), "{err}");
    let (code, _, err) = run(here, &["screen", "--list", "absent.txt"]);
    assert!(code == 1 && err.contains("cannot read the list absent.txt"), "{err}");
    assert_eq!(run(here, &["screen", "--by", "luck"]).0, 2);
    assert_eq!(run(here, &["screen", "--ledger", "--tested"]).0, 2);
    let empty = tempfile::tempdir().unwrap();
    let (code, out, _) = run(empty.path(), &["screen"]);
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["pairs"].as_u64()), (3, Some(0)));
}
