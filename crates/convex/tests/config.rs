//! `convex config`, as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

const FILE: &str = "\
listen = \"127.0.0.1:9090\"

[sources.fred]
api_key_file = \"fred.key\"
base_url = \"http://127.0.0.1:9000/fred\"

[sources.yahoo]
enabled = false

[sources.coinbase]
ws_base_url = \"ws://127.0.0.1:9001\"
quota = { per_second = 3 }
";

/// Status, standard output and standard error; paths of the folder are shown as `FOLDER`.
fn convex(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convex"));
    command.current_dir(folder).env_clear().envs(environment.iter().copied()).args(arguments);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&folder.display().to_string(), "FOLDER");
    format!("{}\n{}{}", output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(file: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("convex.toml"), file).unwrap();
    let key = folder.path().join("fred.key");
    std::fs::write(&key, "secret-of-the-file\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    folder
}

#[test]
fn check_says_what_is_special_and_shows_no_key() {
    let folder = folder(FILE);
    let environment = [("CONVEX_TIINGO_API_KEY", "secret-of-the-environment")];
    let checked = convex(folder.path(), &["config", "check"], &environment);
    assert!(!checked.contains("secret-of"), "{checked}");
    let checked: Vec<_> = checked.lines().filter(|line| !line.starts_with("catalogue")).collect();
    insta::assert_snapshot!(checked.join("\n"));
}

#[test]
fn show_prints_what_holds() {
    let folder = folder(FILE);
    let environment = [("CONVEX_TIINGO_API_KEY", "secret-of-the-environment")];
    let shown = convex(folder.path(), &["config", "show", "--format", "table"], &environment);
    assert!(!shown.contains("secret-of"), "{shown}");
    for line in [
        "listen = \"127.0.0.1:9090\"",
        "[sources.fred]",
        "base_url = \"http://127.0.0.1:9000/fred\"",
        "key = \"***\"",
        "key_from = \"CONVEX_TIINGO_API_KEY\"",
        "ws_base_url = \"ws://127.0.0.1:9001\"",
        "per_second = 3",
        "keep_quotes_days = 7",
    ] {
        assert!(shown.contains(line), "{line} is missing in {shown}");
    }
    let json = convex(folder.path(), &["config", "show"], &environment);
    let json: serde_json::Value = serde_json::from_str(json.strip_prefix("0\n").unwrap()).unwrap();
    assert_eq!(json["sources"]["tiingo"]["key"], "***");
    assert_eq!(json["sources"]["yahoo"]["enabled"], false);
}

#[test]
fn mistakes_are_named_with_their_lines() {
    let check = |file: &str, environment: &[(&str, &str)], expected: &str| {
        let folder = folder(file);
        let told = convex(folder.path(), &["config", "check"], environment);
        assert!(told.starts_with("1\n") && told.contains(expected), "{told}");
        assert!(!told.contains("secret-of"), "{told}");
    };
    check("\n\n[sources.freed]\n", &[], "convex.toml:3: unknown source \"freed\", there are fred, ");
    check("[sources.fred]\nkey = \"secret-of-mine\"\n", &[], "convex.toml:2: unknown field `key`");
    check("[sources.fred]\napi_key_file = \"absent.key\"\n", &[], "cannot read the key file absent.key: ");
    check("[archive]\nkeep = 1\n", &[], "convex.toml:2: unknown field `keep`");
    let spaced = [("CONVEX_FRED_API_KEY", "secret-of the environment")];
    check("", &spaced, "the key in CONVEX_FRED_API_KEY holds characters that no key has");
}
