//! Removing a series.

use convex_core::SeriesId;
use sqlx::AssertSqlSafe;

use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

impl Store {
    /// Removes a series with all its history. Returns how many rows of observations went; `None` if there was no such
    /// series.
    pub async fn forget(&self, id: &SeriesId) -> Result<Option<u64>, StoreError> {
        let name = id.to_string();
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let series = sqlx::query("delete from series where id = $1").bind(&name).execute(&mut *transaction).await?;
        let rows =
            sqlx::query("delete from observations where series = $1").bind(&name).execute(&mut *transaction).await?;
        for table in ["packed", "quarantine", "switches", "disagreements", "quotes", "shortfalls"] {
            let text = format!("delete from {table} where series = $1");
            sqlx::query(AssertSqlSafe(text)).bind(&name).execute(&mut *transaction).await?;
        }
        // Whatever is asked for next comes whole: a provider must not answer that nothing has changed.
        sqlx::query("delete from validators").execute(&mut *transaction).await?;
        transaction.commit().await?;
        let existed = series.rows_affected() + rows.rows_affected() > 0;
        Ok(existed.then(|| rows.rows_affected()))
    }
}
