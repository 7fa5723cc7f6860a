//! A file is one idea; past 400 lines it is usually two.

use std::fs;

use anyhow::Result;

use crate::Report;
use crate::tree::{files, root, shown};

const LIMIT: usize = 400;

pub(crate) fn check() -> Result<Report> {
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for folder in ["crates", "xtask", "web"] {
        for path in files(&root().join(folder), &["rs", "ts", "css", "html", "sql"])? {
            looked_at += 1;
            let lines = fs::read_to_string(&path)?.lines().count();
            if lines > LIMIT {
                faults.push(format!("{}: {lines} lines, {LIMIT} are long", shown(&path)));
            }
        }
    }
    Ok(Report { looked_at: format!("{looked_at} source files"), faults })
}
