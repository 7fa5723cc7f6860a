//! Shares of a screen, each made by a process of its own, are the screen.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use convex_core::Day;

fn convex(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convex"));
    command.current_dir(folder).args(words);
    command.env("CONVEX_DB", format!("sqlite://{}", folder.join("convex.db").display())).env_remove("CONVEX_CONFIG");
    command
}

/// Fifty-two walks on two calendars, so that there are several tiles.
fn write_series(folder: &Path) {
    let last: Day = "2025-12-31".parse().unwrap();
    let mut state = 7_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 2f64.powi(31) - 0.5
    };
    for number in 0..52 {
        let (mut level, mut text) = (4.0_f64, "date,close\n".to_owned());
        for day in (0..500 - 20 * (number % 2)).rev().map(|back| last - back).filter(|day| !day.is_weekend()) {
            level += 0.03 * noise();
            writeln!(text, "{day},{:.6}", level.exp()).unwrap();
        }
        std::fs::write(folder.join(format!("walk{number:02}.csv")), text).unwrap();
    }
}

/// Pairs and effects of a list as CSV.
fn pairs(csv: &[u8]) -> Vec<String> {
    let text = String::from_utf8(csv.to_vec()).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let place = |name: &str| names.iter().position(|own| *own == name).unwrap();
    let wanted = [place("a"), place("b"), place("effect")];
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        wanted.map(|at| cells[at]).join(" ")
    };
    let mut pairs: Vec<String> = lines.map(line).collect();
    pairs.sort();
    pairs
}

#[test]
fn shares_of_several_processes_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let series = folder.path().join("series");
    std::fs::create_dir(&series).unwrap();
    write_series(&series);
    assert!(convex(folder.path(), &["import", "series"]).output().unwrap().status.success());
    let ask = |share: &'static [&'static str]| {
        let words: Vec<&str> = ["screen", "--format", "csv", "--top", "5000"].iter().chain(share).copied().collect();
        convex(folder.path(), &words).stdout(Stdio::piped()).spawn().unwrap()
    };
    let running = [ask(&["--share", "1/3"]), ask(&["--share", "2/3"]), ask(&["--share", "3/3"])];
    let found = running.map(|process| pairs(&process.wait_with_output().unwrap().stdout));
    assert!(found.iter().all(|pairs| pairs.len() > 300));
    let mut together = found.concat();
    together.sort();
    let whole = pairs(&ask(&[]).wait_with_output().unwrap().stdout);
    assert_eq!(whole.len(), 52 * 51 / 2);
    assert!(together == whole, "{} pairs in shares, {} in all", together.len(), whole.len());

    let refused = convex(folder.path(), &["screen", "--share", "4/3"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("2/4 is the second of four"));
}
