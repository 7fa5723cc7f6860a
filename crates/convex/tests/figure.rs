//! `convex figure`: what it prints of one figure, and how it exits.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

/// Two prices of 400 days, and the first with payouts added back.
fn imported() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (place, name, step) in [("prices", "dia", 37), ("prices", "iwm", 41), ("adjusted", "dia", 43)] {
        let mut day: convex_core::Day = "2024-01-01".parse().unwrap();
        let mut text = "date,close\n".to_owned();
        for at in 0..400 {
            text.push_str(&format!("{day},{}\n", 100 + at * at % step));
            day = day + 1;
        }
        std::fs::create_dir_all(folder.path().join(place)).unwrap();
        std::fs::write(folder.path().join(place).join(format!("{name}.csv")), text).unwrap();
    }
    for arguments in [&["import", "prices"][..], &["import", "adjusted", "--total-return"]] {
        let (code, _, err) = run(folder.path(), arguments);
        assert_eq!(code, 0, "{err}");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_convex"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CONVEX_DB")
        .env_remove("CONVEX_CONFIG")
        .env_remove("RUST_LOG")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_figure_is_printed_with_all_it_rests_on_and_again_by_its_own_command() {
    let folder = imported();
    let (code, out, err) = run(folder.path(), &["figure", "DIA-vs-iwm", "convexity.p_wild", "--as-of", "2025-01-20"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (json["name"].as_str(), json["figure"]["unit"].as_str()),
        (Some("convexity.p_wild"), Some("probability"))
    );
    assert_eq!((json["inputs"][0]["series"].as_str(), json["inputs"][1]["n"].as_u64()), (Some("dia"), Some(386)));
    assert_eq!((json["aligned"]["kind"].as_str(), json["aligned"]["n"].as_u64()), (Some("changes"), Some(385)));
    assert_eq!((json["seed"].as_str().unwrap().len(), json["aligned"]["sha256"].as_str().unwrap().len()), (64, 64));
    let again: Vec<&str> = json["command"].as_str().unwrap().split(' ').skip(1).collect();
    assert_eq!(run(folder.path(), &again), (0, out, String::new()));

    let (code, table, _) =
        run(folder.path(), &["figure", "dia-vs-iwm", "a.value", "--as-of", "2025-01-20", "--format", "table"]);
    assert_eq!(code, 0);
    assert!(table.contains("\nvalue       ") && table.contains("\nexact data  386 observations"), "{table}");
    assert!(table.ends_with("again       convex figure dia-vs-iwm a.value --as-of 2025-01-20\n"), "{table}");
}

#[test]
fn what_cannot_be_computed_says_why_and_what_does_not_exist_says_what_is_near() {
    let folder = imported();
    let (code, out, err) = run(folder.path(), &["figure", "dia-vs-iwm", "total_return.half_life.low"]);
    assert_eq!((code, err.as_str()), (3, ""));
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!(json["figure"]["unavailable"]["detail"], "total return of IWM");
    assert_eq!(json["inputs"][0]["series"], "dia.tr");
    let (code, out, err) = run(folder.path(), &["figure", "dia-vs-iwm", "beta.90d.bta"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("no figure \"beta.90d.bta\"") && err.contains("are beta.90d.beta"), "{err}");
    assert_eq!(run(folder.path(), &["figure", "dia", "a.value"]).0, 2);
    assert_eq!(run(folder.path(), &["figure", "dia-vs-nothing-at-all", "a.value"]).0, 1);
}
