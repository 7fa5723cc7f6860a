//! `convex import`: CSV files into the database, one transaction a file.

mod files;
mod progress;
mod read;
mod report;
mod write;

use std::path::PathBuf;
use std::time::Instant;

use convex_core::Day;
use convex_core::catalog::Catalog;
use convex_sources::file::Limits;
use convex_store::{Store, StoreError};
use indicatif::ProgressBar;
use jiff::Timestamp;
use tokio::sync::mpsc;

use files::find;
use read::Reader;
use write::Writer;

pub use progress::progress_bar;
pub use report::{FileReport, ImportReport, Outcome};

/// The share of known values that may change before another basis is suspected.
const MAY_CHANGE: f64 = 0.05;

/// Files read while one is written.
const AHEAD: usize = 4;

/// How files are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// The series a single file is taken as, whatever its name.
    pub id: Option<String>,
    /// Let any share of the known values change.
    pub revise: bool,
    /// The closes are adjusted for dividends: `dia.csv` is `dia.tr`.
    pub total_return: bool,
    /// The last day that may have a value.
    pub today: Day,
    /// From when the values are known.
    pub now: Timestamp,
    /// Largest file.
    pub max_bytes: u64,
}

/// Why an import did not come to an end. Files written before are kept.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Wrong usage.
    #[error("--id names one series: give it with one file")]
    IdForMany,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The thread that reads files failed.
    #[error("reading stopped: {0}")]
    Stopped(#[from] tokio::task::JoinError),
}

/// Reads files, and folders' own files, and writes each in one transaction. What is wrong with a file is in the report;
/// the other files are taken all the same.
pub async fn import(
    store: &Store,
    catalog: &Catalog,
    paths: &[PathBuf],
    options: &ImportOptions,
    progress: &ProgressBar,
) -> Result<ImportReport, ImportError> {
    if options.id.is_some() && !matches!(paths, [path] if !path.is_dir()) {
        return Err(ImportError::IdForMany);
    }
    let start = Instant::now();
    let files = find(paths);
    progress.set_length(files.iter().map(|file| file.bytes).sum());
    let limits = Limits { today: options.today, max_bytes: options.max_bytes };
    let reader = Reader { limits, progress: progress.clone() };
    let (sender, mut receiver) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || {
        for file in files {
            let read = reader.read(file);
            // Nobody listens any more once the database has failed.
            if sender.blocking_send(read).is_err() {
                break;
            }
        }
    });
    let mut writer = Writer::new(store, catalog, options);
    let mut reports = Vec::new();
    while let Some(read) = receiver.recv().await {
        reports.push(writer.write(read).await?);
    }
    reading.await?;
    progress.finish_and_clear();
    Ok(ImportReport { files: reports, seconds: start.elapsed().as_secs_f64() })
}
