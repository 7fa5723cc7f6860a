//! Reading files, on a thread of its own while the database writes.

use std::fs;
use std::path::PathBuf;

use convex_sources::file::{self, Found, Limits, Mistake, Parsed};
use indicatif::ProgressBar;

use super::files::{File, words};
use crate::format::count;

/// Reads one file after the other.
pub(super) struct Reader {
    pub limits: Limits,
    pub progress: ProgressBar,
}

/// A file that was read.
pub(super) struct Read {
    pub path: PathBuf,
    pub in_folder: bool,
    pub content: Result<Parsed, Refusal>,
}

/// Why there is nothing to write.
pub(super) enum Refusal {
    /// The file as a whole.
    File(String),
    /// A line of it.
    Line(Found),
}

impl Reader {
    pub(super) fn read(&self, file: File) -> Read {
        self.progress.set_message(file.path.display().to_string());
        let content = self.content(&file);
        Read { path: file.path, in_folder: file.in_folder, content }
    }

    fn content(&self, file: &File) -> Result<Parsed, Refusal> {
        if let Some(problem) = &file.problem {
            return Err(Refusal::File(problem.clone()));
        }
        if file.bytes > self.limits.max_bytes {
            return Err(self.too_large());
        }
        let input = fs::File::open(&file.path).map_err(|error| Refusal::File(words(&error)))?;
        file::parse(self.progress.wrap_read(input), &self.limits).map_err(|found| match found.mistake {
            Mistake::LargeFile(_) => self.too_large(),
            Mistake::Read(error) => Refusal::File(words(&error)),
            _ => Refusal::Line(found),
        })
    }

    fn too_large(&self) -> Refusal {
        let allowed = count(self.limits.max_bytes as usize);
        Refusal::File(format!(
            "larger than the {allowed} bytes allowed; max_file_bytes in [import] of convex.toml allows more"
        ))
    }
}
