//! What several tests share: real history if it is at hand, a desk over a temporary database.
#![allow(dead_code, reason = "not every test that includes this module uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::{Path, PathBuf};

use convex::clock::Clock;
use convex::desk::Desk;
use convex::ingest::import::{ImportOptions, import};
use convex_core::catalog::Catalog;
use convex_store::Store;
use indicatif::ProgressBar;
use jiff::Timestamp;
use tempfile::TempDir;

/// The folder of real history beside the project, or `None` with a printed line.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.join("data").is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/data is not at hand");
    None
}

/// A clock that stands at noon of 20 November 2026.
pub(crate) fn clock() -> Clock {
    Clock::Fixed("2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap())
}

/// A database in a folder of its own, with these files or folders imported. The folder goes when it is dropped.
pub(crate) async fn store_with(paths: &[PathBuf]) -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("convex.db").display());
    let store = Store::open(&url).await.unwrap();
    let options = ImportOptions {
        id: None,
        revise: false,
        total_return: false,
        today: clock().today(),
        now: clock().now(),
        max_bytes: 1 << 30,
    };
    if !paths.is_empty() {
        let report = import(&store, Catalog::builtin(), paths, &options, &ProgressBar::hidden()).await.unwrap();
        assert!(!report.failed(), "{report}");
    }
    (store, folder)
}

/// A desk over such a database, without a sample market.
pub(crate) async fn desk_with(paths: &[PathBuf]) -> (Desk, TempDir) {
    let (store, folder) = store_with(paths).await;
    (Desk::new(Catalog::builtin(), store, None, clock()), folder)
}
