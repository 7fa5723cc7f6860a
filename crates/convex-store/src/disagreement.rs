//! Where a second provider says something else.

use convex_core::{Day, SeriesId};
use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::instant::{day, instant};
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// Two providers differ beyond tolerance.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The series.
    pub series: SeriesId,
    /// Who says something else.
    pub provider: String,
    /// When it was first found.
    pub found_at: Timestamp,
    /// When it was last looked at.
    pub checked_at: Timestamp,
    /// Days both have.
    pub compared: u32,
    /// Of them, days beyond tolerance.
    pub differing: u32,
    /// The day on which they differ most.
    pub worst_day: Day,
    /// Our value on that day.
    pub value: f64,
    /// Theirs.
    pub other: f64,
    /// What would have been tolerated: a share of the value for prices, a difference for rates.
    pub tolerance: f64,
    /// When they agreed again.
    pub resolved_at: Option<Timestamp>,
}

impl Store {
    /// Records a disagreement, or the present state of one that goes on; that keeps when it was found. Says whether it
    /// is new.
    pub async fn record_disagreement(&self, found: &Disagreement) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, &found.provider).await?;
        let (found_at, checked_at): (i64, i64) = sqlx::query_as(
            "insert into disagreements (series, provider, found_at, checked_at, compared, differing, worst_day, value,
                 other, tolerance)
             values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9)
             on conflict (series, provider) where resolved_at is null do update set
                 checked_at = max(excluded.checked_at, disagreements.found_at + 1),
                 compared = excluded.compared, differing = excluded.differing,
                 worst_day = excluded.worst_day, value = excluded.value, other = excluded.other,
                 tolerance = excluded.tolerance
             returning found_at, checked_at",
        )
        .bind(found.series.to_string())
        .bind(provider)
        .bind(found.checked_at.as_microsecond())
        .bind(found.compared)
        .bind(found.differing)
        .bind(found.worst_day.epoch_days())
        .bind(found.value)
        .bind(found.other)
        .bind(found.tolerance)
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(found_at == checked_at)
    }

    /// Records that two providers agree. Says whether that ended a disagreement.
    pub async fn resolve_disagreement(
        &self,
        series: &SeriesId,
        provider: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "update disagreements set resolved_at = $3
             where series = $1 and provider = (select key from providers where name = $2) and resolved_at is null",
        )
        .bind(series.to_string())
        .bind(provider)
        .bind(at.as_microsecond())
        .execute(&self.writer)
        .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Disagreements by series: those that go on, or with `resolved` all there ever were.
    pub async fn disagreements(&self, resolved: bool) -> Result<Vec<Disagreement>, StoreError> {
        let rows = sqlx::query(
            "select d.series, p.name as provider, d.found_at, d.checked_at, d.compared, d.differing, d.worst_day,
                 d.value, d.other, d.tolerance, d.resolved_at
             from disagreements d join providers p on p.key = d.provider
             where $1 or d.resolved_at is null order by d.series, d.found_at, d.id",
        )
        .bind(resolved)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(disagreement).collect()
    }
}

fn disagreement(row: &SqliteRow) -> Result<Disagreement, StoreError> {
    let what = "a disagreement";
    let at = |micros| instant(micros, what);
    Ok(Disagreement {
        series: SeriesId::parse(row.try_get("series")?)?,
        provider: row.try_get("provider")?,
        found_at: at(row.try_get("found_at")?)?,
        checked_at: at(row.try_get("checked_at")?)?,
        compared: row.try_get("compared")?,
        differing: row.try_get("differing")?,
        worst_day: day(row.try_get("worst_day")?, what)?,
        value: row.try_get("value")?,
        other: row.try_get("other")?,
        tolerance: row.try_get("tolerance")?,
        resolved_at: row.try_get::<Option<i64>, _>("resolved_at")?.map(at).transpose()?,
    })
}
