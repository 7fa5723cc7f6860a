//! The schema and its version, which the file's header holds: knowing that it is current costs one page read.

use sqlx::sqlite::SqlitePool;

/// In order; the position is the version reached. Never edited once released.
const MIGRATIONS: [&str; 6] = [
    include_str!("../../migrations/sqlite/0001_observations.sql"),
    include_str!("../../migrations/sqlite/0002_sources.sql"),
    include_str!("../../migrations/sqlite/0003_screens.sql"),
    include_str!("../../migrations/sqlite/0004_mail.sql"),
    include_str!("../../migrations/sqlite/0005_supply.sql"),
    include_str!("../../migrations/sqlite/0006_forecasts.sql"),
];

/// Version of the schema this program knows.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// `CVX1`, as the first migration sets it.
const APPLICATION: i64 = 0x4356_5831;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing yet, or an older schema.
    Behind(i64),
    /// The schema of this program.
    Current,
    /// A schema of a later program.
    Newer(i64),
    /// Tables that are not convex's.
    Foreign,
}

/// Looks at the header of the file.
pub(crate) async fn state(pool: &SqlitePool) -> Result<State, sqlx::Error> {
    state_of(&mut *pool.acquire().await?).await
}

/// Brings the schema up to date in one transaction; does nothing where another process has just done so.
pub(crate) async fn migrate(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    // The file remembers the mode. Set only here, so that a look at another program's file leaves it as it is.
    sqlx::query("pragma journal_mode = wal").execute(writer).await?;
    let mut transaction = writer.begin_with(super::BEGIN_WRITE).await?;
    if let State::Behind(version) = state_of(&mut transaction).await? {
        for script in &MIGRATIONS[version as usize..] {
            sqlx::raw_sql(*script).execute(&mut *transaction).await?;
        }
        let version = format!("pragma user_version = {SCHEMA}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(version)).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

async fn state_of(connection: &mut sqlx::SqliteConnection) -> Result<State, sqlx::Error> {
    let (version, application, tables): (i64, i64, i64) = sqlx::query_as(
        "select user_version, application_id, (select count(*) from sqlite_schema)
         from pragma_user_version, pragma_application_id",
    )
    .fetch_one(connection)
    .await?;
    Ok(match (application, version) {
        (APPLICATION, SCHEMA) => State::Current,
        (APPLICATION, version) if version > SCHEMA => State::Newer(version),
        (APPLICATION, version) => State::Behind(version),
        (0, 0) if tables == 0 => State::Behind(0),
        _ => State::Foreign,
    })
}
