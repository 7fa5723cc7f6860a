//! The two pure crates read no clock, no file and no socket: what they know, they are told.

use std::fs;

use anyhow::Result;

use crate::Report;
use crate::tree::{files, root, shown};

const PURE: [&str; 2] = ["crates/convex-stats/src", "crates/convex-core/src"];

const FORBIDDEN: [&str; 11] = [
    "std::time",
    "SystemTime",
    "Instant",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread::sleep",
    "Zoned::now",
    "Timestamp::now",
    "thread_rng",
];

pub(crate) fn check() -> Result<Report> {
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for folder in PURE {
        for path in files(&root().join(folder), &["rs"])? {
            looked_at += 1;
            let text = fs::read_to_string(&path)?;
            faults.extend(impurities(&text).into_iter().map(|(line, word)| format!("{}:{line}: {word}", shown(&path))));
        }
    }
    Ok(Report { looked_at: format!("{looked_at} files of the pure crates"), faults })
}

/// Lines, counted from one, that name something forbidden outside a comment.
fn impurities(text: &str) -> Vec<(usize, &'static str)> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.zip(1..)
        .flat_map(|(code, line)| FORBIDDEN.iter().filter(|word| names(code, word)).map(move |word| (line, *word)))
        .collect()
}

/// Whether the word stands in the code by itself, not inside a longer name.
fn names(code: &str, word: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part_of_name) && !code[at + word.len()..].starts_with(part_of_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_clock_and_spares_a_comment() {
        let text = "use std::time::Instant;\n// an Instant is not allowed\nlet now = Timestamp::now();\nlet Instantaneous = 1;\n";
        assert_eq!(impurities(text), [(1, "std::time"), (1, "Instant"), (3, "Timestamp::now")]);
    }

    #[test]
    fn the_pure_crates_are_pure() {
        let report = check().unwrap();
        assert!(report.faults.is_empty(), "{}", report.faults.join("\n"));
    }
}
