//! Opening and closing a database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqlitePool;

use crate::StoreError;
use crate::sqlite::{self, SCHEMA, State};

const LOCKED_PAUSE: Duration = Duration::from_millis(20);
const LOCKED_TRIES: u32 = 500;

/// A database of observations. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

impl Store {
    /// Opens `sqlite://PATH`; makes the folder, the file and the tables that are missing.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let path = path_of(url)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let store = Self { writer: sqlite::writer(&path), readers: sqlite::reader(&path), path };
        let mut tries = 0;
        loop {
            match store.prepare().await {
                // While one process makes the file, the engine turns others away without letting them wait.
                Err(StoreError::Open { source, .. }) if sqlite::is_locked(&source) && tries < LOCKED_TRIES => {
                    tries += 1;
                }
                Err(error) => return Err(error),
                Ok(()) => return Ok(store),
            }
            tokio::time::sleep(LOCKED_PAUSE).await;
        }
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        let path = || self.path.clone();
        let opened = |source| StoreError::Open { path: path(), source };
        // Only a writer may create the file; a file that exists costs no more than one reader to look at.
        let first = if self.path.exists() { &self.readers } else { &self.writer };
        match sqlite::state(first).await.map_err(opened)? {
            State::Current => sqlite::recover(&self.path).await.map_err(opened),
            State::Behind(_) => sqlite::migrate(&self.writer).await.map_err(opened),
            State::Newer(found) => Err(StoreError::Newer { path: path(), found, known: SCHEMA }),
            State::Foreign => Err(StoreError::Foreign { path: path() }),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for what is running, and leaves the database as one tidy file. A store that is merely dropped loses
    /// nothing, but the next process has the log to read.
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn path_of(url: &str) -> Result<PathBuf, StoreError> {
    match url.split_once("://") {
        Some(("sqlite", path)) if !path.is_empty() && !path.contains('?') => Ok(PathBuf::from(path)),
        Some((engine @ ("postgres" | "postgresql"), _)) => Err(StoreError::Engine(engine.to_owned())),
        // An address may hold a password; only its beginning is repeated.
        Some((engine, _)) if engine != "sqlite" => Err(StoreError::Url(format!("{engine}://…"))),
        _ => Err(StoreError::Url(url.to_owned())),
    }
}
