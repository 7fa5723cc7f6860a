//! Providers have a number in rows.

use sqlx::SqliteConnection;

/// The number of a provider; it gets one with its first row.
pub(crate) async fn provider_key(connection: &mut SqliteConnection, name: &str) -> Result<i64, sqlx::Error> {
    let known: Option<(i64,)> =
        sqlx::query_as("select key from providers where name = $1").bind(name).fetch_optional(&mut *connection).await?;
    if let Some((key,)) = known {
        return Ok(key);
    }
    let (key,) = sqlx::query_as("insert into providers (name) values ($1) returning key")
        .bind(name)
        .fetch_one(connection)
        .await?;
    Ok(key)
}
