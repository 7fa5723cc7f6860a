//! Series of which a provider gives less history than is kept here.

use convex_core::{Day, SeriesId};
use jiff::Timestamp;

use crate::instant::{day, instant};
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A provider's history of a series begins later than what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The series.
    pub series: SeriesId,
    /// Who gives less.
    pub provider: String,
    /// First day kept.
    pub kept_from: Day,
    /// First day still given.
    pub given_from: Day,
    /// When it was first found.
    pub found_at: Timestamp,
    /// When it was last looked at.
    pub checked_at: Timestamp,
}

impl Store {
    /// Records a shortfall, or the present state of one that goes on; that keeps when it was found. Says whether it is
    /// new.
    pub async fn record_shortfall(&self, found: &Shortfall) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, &found.provider).await?;
        let known: Option<(i64,)> =
            sqlx::query_as("select found_at from shortfalls where series = $1 and provider = $2")
                .bind(found.series.to_string())
                .bind(provider)
                .fetch_optional(&mut *transaction)
                .await?;
        sqlx::query(
            "insert into shortfalls (series, provider, kept_from, given_from, found_at, checked_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (series, provider) do update set
                 kept_from = excluded.kept_from, given_from = excluded.given_from, checked_at = excluded.checked_at",
        )
        .bind(found.series.to_string())
        .bind(provider)
        .bind(found.kept_from.epoch_days())
        .bind(found.given_from.epoch_days())
        .bind(found.found_at.as_microsecond())
        .bind(found.checked_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(known.is_none())
    }

    /// Records that a provider gives all that is kept of a series. Says whether that ended a shortfall.
    pub async fn end_shortfall(&self, series: &SeriesId, provider: &str) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "delete from shortfalls where series = $1 and provider = (select key from providers where name = $2)",
        );
        let ended = ended.bind(series.to_string()).bind(provider).execute(&self.writer).await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Every shortfall that goes on, by series.
    pub async fn shortfalls(&self) -> Result<Vec<Shortfall>, StoreError> {
        let rows: Vec<(String, String, i32, i32, i64, i64)> = sqlx::query_as(
            "select s.series, p.name, s.kept_from, s.given_from, s.found_at, s.checked_at
             from shortfalls s join providers p on p.key = s.provider order by s.series, p.name",
        )
        .fetch_all(&self.readers)
        .await?;
        let what = "a shortfall";
        let read = |(series, provider, kept_from, given_from, found_at, checked_at): (String, _, _, _, _, _)| {
            Ok(Shortfall {
                series: SeriesId::parse(&series)?,
                provider,
                kept_from: day(kept_from, what)?,
                given_from: day(given_from, what)?,
                found_at: instant(found_at, what)?,
                checked_at: instant(checked_at, what)?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}
