//! What an import did, for the person who ran it.

use std::fmt;
use std::path::PathBuf;

use convex_store::Appended;

use crate::format::{count, plural};

/// What became of all files.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// One report a file, in the order read.
    pub files: Vec<FileReport>,
    /// How long it took.
    pub seconds: f64,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// The file, or the path that led to none.
    pub path: PathBuf,
    /// What is worth knowing about a file that was taken.
    pub notices: Vec<String>,
    /// Whether it was.
    pub outcome: Outcome,
}

/// Whether a file was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Written: one series, or two.
    Taken(Vec<Appended>),
    /// Found in a folder, and not a series; no mistake.
    Skipped(String),
    /// Left out whole.
    LeftOut {
        /// The line that is wrong, if it is one line.
        line: Option<u64>,
        /// What is wrong, and the way out.
        why: String,
    },
}

impl Outcome {
    pub(super) fn left_out(why: String) -> Self {
        Self::LeftOut { line: None, why }
    }
}

impl ImportReport {
    /// Whether any file was left out: exit code 1.
    pub fn failed(&self) -> bool {
        self.files.iter().any(|file| matches!(file.outcome, Outcome::LeftOut { .. }))
    }

    /// What was written of each series, in order.
    pub fn appended(&self) -> impl Iterator<Item = &Appended> {
        self.files.iter().flat_map(FileReport::appended)
    }
}

impl FileReport {
    /// What was written of each series of the file.
    pub fn appended(&self) -> &[Appended] {
        match &self.outcome {
            Outcome::Taken(appended) => appended,
            _ => &[],
        }
    }

    /// Lines for standard output: one a series, `dia: 6,538 new, 0 changed, 0 unchanged`.
    pub fn summary(&self) -> impl Iterator<Item = String> {
        self.appended().iter().map(|of| format!("{}: {}", of.id, Counts::default().and(of)))
    }

    /// Lines for standard error, each with the file and, where there is one, the line.
    pub fn messages(&self) -> impl Iterator<Item = String> {
        let path = self.path.display();
        let last = match &self.outcome {
            Outcome::Taken(_) => None,
            Outcome::Skipped(why) => Some(format!("{path}: skipped: {why}")),
            Outcome::LeftOut { line: None, why } => Some(format!("{path}: left out: {why}")),
            Outcome::LeftOut { line: Some(line), why } => Some(format!("{path}:{line}: left out: {why}")),
        };
        self.notices.iter().map(|notice| format!("{}: {notice}", self.path.display())).chain(last)
    }
}

/// The last line: what came in altogether, and how fast.
impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_kind = |kind: fn(&Outcome) -> bool| self.files.iter().filter(|file| kind(&file.outcome)).count();
        let taken = of_kind(|outcome| matches!(outcome, Outcome::Taken(_)));
        let counts = self.appended().fold(Counts::default(), Counts::and);
        let (observations, series) = (counts.sum(), self.appended().count());
        write!(
            f,
            "{}, {} series, {}: {counts}",
            plural(taken, "file"),
            count(series),
            plural(observations, "observation")
        )?;
        if observations > 0 {
            let a_second = (observations as f64 / self.seconds) as usize;
            write!(f, "; {:.2} s, {} a second", self.seconds, count(a_second))?;
        }
        for (files, words) in [
            (of_kind(|outcome| matches!(outcome, Outcome::Skipped(_))), "skipped"),
            (of_kind(|outcome| matches!(outcome, Outcome::LeftOut { .. })), "left out"),
        ] {
            if files > 0 {
                write!(f, "; {} {words}", plural(files, "file"))?;
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Counts {
    new: usize,
    changed: usize,
    unchanged: usize,
}

impl Counts {
    fn and(self, of: &Appended) -> Self {
        Self { new: self.new + of.new, changed: self.changed + of.changed, unchanged: self.unchanged + of.unchanged }
    }

    fn sum(&self) -> usize {
        self.new + self.changed + self.unchanged
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} new, {} changed, {} unchanged", count(self.new), count(self.changed), count(self.unchanged))
    }
}
