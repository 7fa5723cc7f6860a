//! Digests as they were first made.

use convex_core::Day;
use jiff::Timestamp;

use crate::instant::{day, instant};
use crate::{Store, StoreError};

impl Store {
    /// Keeps a digest, unless one of that day is kept; returns what is kept.
    pub async fn keep_digest(&self, of: Day, content: &str, now: Timestamp) -> Result<String, StoreError> {
        sqlx::query("insert into digests (day, made, content) values ($1, $2, $3) on conflict (day) do nothing")
            .bind(of.epoch_days())
            .bind(now.as_microsecond())
            .bind(content)
            .execute(&self.writer)
            .await?;
        let (kept,) = sqlx::query_as("select content from digests where day = $1")
            .bind(of.epoch_days())
            .fetch_one(&self.writer)
            .await?;
        Ok(kept)
    }

    /// The digest of a day, and when it was made.
    pub async fn digest(&self, of: Day) -> Result<Option<(Timestamp, String)>, StoreError> {
        let row: Option<(i64, String)> = sqlx::query_as("select made, content from digests where day = $1")
            .bind(of.epoch_days())
            .fetch_optional(&self.readers)
            .await?;
        row.map(|(made, content)| Ok((instant(made, "a digest")?, content))).transpose()
    }

    /// The newest digests, by day.
    pub async fn digests(&self, most: u32) -> Result<Vec<(Day, Timestamp, String)>, StoreError> {
        let rows: Vec<(i32, i64, String)> =
            sqlx::query_as("select day, made, content from digests order by day desc limit $1")
                .bind(most)
                .fetch_all(&self.readers)
                .await?;
        let of = |(of, made, content)| Ok((day(of, "a digest")?, instant(made, "a digest")?, content));
        rows.into_iter().map(of).collect()
    }
}
