//! Connections: one that writes, a few that read.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

const READERS: u32 = 4;

/// A write-ahead log larger than this is written back when the database is opened: after a crash every short-lived
/// process would otherwise read the whole of it first.
const LARGE_LOG: u64 = 1 << 20;

/// The log is cut to this length once it is written back.
const KEPT_LOG: u64 = 8 << 20;

/// Opens no connection yet. One writer a process; the engine's lock holds between processes.
pub(crate) fn writer(path: &Path) -> SqlitePool {
    // A killed process loses nothing that was committed; only a power cut may take the last commits, never the order.
    let options = options(path).create_if_missing(true).synchronous(SqliteSynchronous::Normal);
    let options = options.pragma("journal_size_limit", KEPT_LOG.to_string());
    pool(1).connect_lazy_with(options)
}

/// Opens no connection yet. A reader sees one committed state for as long as a statement or transaction lasts.
pub(crate) fn reader(path: &Path) -> SqlitePool {
    pool(READERS).connect_lazy_with(options(path).pragma("query_only", "on"))
}

/// Writes a large log left by a killed process back into the database, unless others are at work on it: then they will.
pub(crate) async fn recover(path: &Path) -> Result<(), sqlx::Error> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > LARGE_LOG) {
        let mut connection = options(path).busy_timeout(Duration::ZERO).connect().await?;
        match sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut connection).await {
            Err(error) if !is_locked(&error) => return Err(error),
            _ => connection.close().await?,
        }
    }
    Ok(())
}

/// Whether another process holds a lock that this one needs.
pub(crate) fn is_locked(error: &sqlx::Error) -> bool {
    // The low byte of an extended code is the primary one; 5 is `SQLITE_BUSY`.
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(30)).disable_statement_logging()
}

fn pool(connections: u32) -> SqlitePoolOptions {
    // A connection to a file does not go stale: it needs neither a test before use nor a replacement.
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}
