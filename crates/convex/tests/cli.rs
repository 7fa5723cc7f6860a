//! Transcripts of the command line: what it prints, where, and how it exits.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A working directory with two small series of 300 days and one bad file.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("prices")).unwrap();
    for (name, step) in [("dia", 37), ("iwm", 41)] {
        let mut day: convex_core::Day = "2024-01-01".parse().unwrap();
        let mut text = "date,close\n".to_owned();
        for at in 0..300 {
            text.push_str(&format!("{day},{}\n", 100 + at * at % step));
            day = day + 1;
        }
        write(&format!("prices/{name}.csv"), text);
    }
    write("bad.csv", "date,close\n2024-01-02,1\n2024-01-02,2\n".to_owned());
    folder
}

fn convex(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_convex"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CONVEX_DB")
        .env_remove("CONVEX_CONFIG")
        .env_remove("RUST_LOG")
        .output()
        .unwrap()
}

/// Exit code, standard output and standard error of a command.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = convex(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn imported() -> TempDir {
    let folder = folder();
    let (code, out, err) = run(folder.path(), &["import", "prices"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("dia: 300 new, 0 changed, 0 unchanged"), "{out}");
    folder
}

#[test]
fn comparing_prints_json_into_a_pipe_and_a_table_when_asked() {
    let folder = imported();
    let (code, out, err) = run(folder.path(), &["compare", "DIA", "iwm"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["pair"], "dia-vs-iwm");
    let (code, table, _) = run(folder.path(), &["compare", "dia", "iwm", "--format", "table"]);
    assert_eq!(code, 0);
    for line in
        ["Dow Jones (DIA) vs Russell 2000 (IWM)", "Last value", "Rank correlation, 90 days", "Questions", "Charts:"]
    {
        assert!(table.contains(line), "{line} is missing:\n{table}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 110), "a line is too long:\n{table}");
}

#[test]
fn an_earlier_day_uses_nothing_later() {
    let folder = imported();
    let (_, whole, _) = run(folder.path(), &["compare", "dia", "iwm", "--as-of", "2024-06-30"]);
    // The same figures come from files that end there.
    let cut = tempfile::tempdir().unwrap();
    std::fs::create_dir(cut.path().join("prices")).unwrap();
    for name in ["dia.csv", "iwm.csv"] {
        let text = std::fs::read_to_string(folder.path().join("prices").join(name)).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| *line <= "2024-06-30~" || line.starts_with("date")).collect();
        std::fs::write(cut.path().join("prices").join(name), kept.join("\n")).unwrap();
    }
    run(cut.path(), &["import", "prices"]);
    let (_, physically, _) = run(cut.path(), &["compare", "dia", "iwm"]);
    let figures = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["figures"].clone();
    assert_eq!(figures(&whole), figures(&physically));
}

#[test]
fn nothing_in_common_is_exit_3_and_json_is_still_printed() {
    let folder = imported();
    for pair in [["dia", "vix"], ["dia", "dia"]] {
        let (code, out, _) = run(folder.path(), &["compare", pair[0], pair[1]]);
        assert_eq!(code, 3, "{pair:?}");
        assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok());
    }
}

#[test]
fn mistakes_name_the_way_out() {
    let folder = imported();
    let (code, out, err) = run(folder.path(), &["compare", "dia", "iwn"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.starts_with("convex: unknown metric \"iwn\"; did you mean iwm"), "{err}");
    let (code, _, err) = run(folder.path(), &["import", "bad.csv"]);
    assert_eq!(code, 1);
    assert!(err.contains("bad.csv:3: left out"), "{err}");
    let (code, _, err) = run(folder.path(), &["import", "--id", "x", "bad.csv", "prices"]);
    assert_eq!(code, 2, "{err}");
    assert_eq!(run(folder.path(), &["compare", "dia"]).0, 2);
    assert_eq!(run(folder.path(), &["compare", "dia", "iwm", "--as-of", "soon"]).0, 2);
    let (code, _, err) = run(folder.path(), &["--db", "postgres://somewhere/x", "metrics"]);
    assert_eq!(code, 1);
    assert!(err.contains("SQLite only"), "{err}");
    std::fs::write(folder.path().join("convex.toml"), "\nlissen = \"x\"\n").unwrap();
    let (code, _, err) = run(folder.path(), &["metrics"]);
    assert_eq!(code, 1);
    assert!(err.contains("convex.toml:2: unknown field `lissen`"), "{err}");
}

#[test]
fn a_user_catalogue_adds_a_metric_and_a_mistake_in_it_has_a_line() {
    let folder = imported();
    std::fs::write(folder.path().join("convex.toml"), "catalog = [\"mine.toml\"]\n").unwrap();
    let entry = "[[metric]]\nid = \"mine\"\nname = \"Mine\"\ndefinition = \"A series of my own.\"\ncategory = \"energy\"\n\
                 cadence = \"daily\"\nunit = \"USD\"\nchange = \"log\"\nrole = \"investable\"\nlicence = \"open\"\n";
    std::fs::write(folder.path().join("mine.toml"), entry).unwrap();
    let (code, out, err) = run(folder.path(), &["metrics", "--format", "table"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.lines().any(|line| line.starts_with("mine ")), "{out}");
    std::fs::write(folder.path().join("mine.toml"), entry.replace("\"daily\"", "\"dayly\"")).unwrap();
    let (code, _, err) = run(folder.path(), &["metrics"]);
    assert_eq!(code, 1);
    assert!(err.contains("mine.toml:6: unknown cadence \"dayly\""), "{err}");
}

#[test]
fn export_forget_and_doctor_tell_the_truth() {
    let folder = imported();
    let (code, out, _) = run(folder.path(), &["export", "dia", "--to", "2024-01-02"]);
    assert_eq!((code, out.as_str()), (0, "date,value\n2024-01-01,100\n2024-01-02,101\n"));
    let (code, out, _) = run(folder.path(), &["doctor"]);
    assert_eq!(code, 0);
    assert!(out.contains("2 series, 600 observations, whole"), "{out}");
    assert_eq!(run(folder.path(), &["forget", "dia"]).0, 0);
    assert_eq!(run(folder.path(), &["forget", "dia"]).0, 1);
    assert_eq!(run(folder.path(), &["export", "dia"]).0, 1);
    assert_eq!(run(folder.path(), &["metrics", "dia"]).0, 3);
}

#[test]
fn help_of_every_command_has_examples() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["serve", "import", "compare", "metrics", "export", "forget", "doctor"] {
        let (code, out, _) = run(folder.path(), &[command, "--help"]);
        assert_eq!(code, 0);
        assert!(out.contains("Example"), "{command}:\n{out}");
    }
}
