//! The files that paths stand for.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file to read, or a path that leads to none.
#[derive(Debug)]
pub(super) struct File {
    pub path: PathBuf,
    /// Found in a folder, not named: it may be something else than a series.
    pub in_folder: bool,
    pub bytes: u64,
    /// Why there is nothing to read.
    pub problem: Option<String>,
}

/// Files in the order given, those of a folder by name.
pub(super) fn find(paths: &[PathBuf]) -> Vec<File> {
    let mut files = Vec::new();
    for path in paths {
        let nothing = |problem| File { path: path.clone(), in_folder: false, bytes: 0, problem: Some(problem) };
        match fs::metadata(path) {
            Err(error) => files.push(nothing(words(&error))),
            Ok(found) if found.is_dir() => match folder(path) {
                Err(error) => files.push(nothing(words(&error))),
                Ok(own) if own.is_empty() => files.push(nothing("no file of this folder ends in .csv".to_owned())),
                Ok(own) => files.extend(own),
            },
            Ok(found) => {
                files.push(File { path: path.clone(), in_folder: false, bytes: found.len(), problem: None });
            }
        }
    }
    files
}

/// A folder's own files. Subfolders are not entered: they may hold the same series on another basis.
fn folder(path: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if !is_csv(&path) {
            continue;
        }
        // Through links, which a folder's own listing is not.
        match fs::metadata(&path) {
            Ok(found) if found.is_file() => {
                files.push(File { path, in_folder: true, bytes: found.len(), problem: None });
            }
            Ok(_) => {}
            Err(error) => {
                let problem = Some(words(&error));
                files.push(File { path, in_folder: true, bytes: 0, problem });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn is_csv(path: &Path) -> bool {
    // Names with a leading dot are what editors and archives leave behind.
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && path.extension().and_then(OsStr::to_str).is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// Why a path cannot be read.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
