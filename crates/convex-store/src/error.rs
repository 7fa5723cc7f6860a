//! What can go wrong with a store.

use std::path::PathBuf;

use convex_core::{BadId, SeriesId};

use crate::Damaged;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database cannot be read.
    #[error("\"{0}\" does not name a database: write sqlite://PATH")]
    Url(String),
    /// The address names an engine this version does not speak.
    #[error("this version keeps its data in SQLite only: write sqlite://PATH instead of {0}://…")]
    Engine(String),
    /// The database's folder cannot be made.
    #[error("cannot create the folder {path}: {source}", path = .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The file cannot be opened.
    #[error("cannot open the database {path}: {source}", path = .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: sqlx::Error,
    },
    /// The file belongs to something else.
    #[error("{path} is a SQLite database of another program: name another file", path = .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version of the program.
    #[error("{path} has schema {found}, this version knows {known}: use a newer convex", path = .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Schema of the file.
        found: i64,
        /// Schema of this version.
        known: i64,
    },
    /// The packed copy of a series cannot be read.
    #[error("series \"{series}\": {damage}; run convex doctor --repair")]
    Damaged {
        /// The series.
        series: SeriesId,
        /// What is wrong with its packed copy.
        damage: Damaged,
    },
    /// The database holds a series under a name that cannot be one.
    #[error("the database holds a series that cannot be: {0}")]
    Id(#[from] BadId),
    /// The database holds a day, a value or an instant that cannot be.
    #[error("series \"{0}\" holds a row that cannot be; run convex doctor")]
    Row(SeriesId),
    /// The database holds something besides observations that cannot be.
    #[error("the database holds {0} that cannot be; run convex doctor")]
    Impossible(&'static str),
    /// An archived answer is not what was archived.
    #[error("answer {0} in the archive is damaged; run convex doctor")]
    DamagedPayload(i64),
    /// An answer cannot be compressed.
    #[error("an answer cannot be compressed: {0}")]
    Compression(std::io::Error),
    /// A write would change more known values than it may. Nothing was written.
    #[error("series \"{series}\": {changed} of {known} known values would change")]
    TooManyChanged {
        /// The series.
        series: SeriesId,
        /// Known values that would change.
        changed: usize,
        /// Values received for days that were known.
        known: usize,
    },
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
}
