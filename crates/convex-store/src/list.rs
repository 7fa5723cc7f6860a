//! What series there are.

use convex_core::{Day, SeriesId};
use jiff::Timestamp;

use crate::{Store, StoreError};

/// A series in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesSummary {
    /// The series.
    pub id: SeriesId,
    /// Days that have a value.
    pub n: usize,
    /// First of them.
    pub first: Day,
    /// Last of them.
    pub last: Day,
    /// Version, as in [`Stored`](crate::Stored).
    pub version: i64,
    /// Who supplied the last change.
    pub provider: String,
    /// What the provider did to past values, where known.
    pub adjustment: Option<String>,
    /// When that change became known.
    pub changed_at: Timestamp,
}

type Row = (String, i64, i32, i32, i64, String, Option<String>, i64);

impl Store {
    /// All series, by name. Reads one row a series, no observation.
    pub async fn list(&self) -> Result<Vec<SeriesSummary>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "select s.id, s.n, s.first_day, s.last_day, s.version, p.name, w.adjustment, s.changed_at
             from series s join providers p on p.key = s.provider left join writes w on w.id = s.write order by s.id",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(summary).collect()
    }

    /// Whether there is any observation.
    pub async fn has_observations(&self) -> Result<bool, StoreError> {
        let (any,): (bool,) = sqlx::query_as("select exists (select 1 from series)").fetch_one(&self.readers).await?;
        Ok(any)
    }
}

fn summary(row: Row) -> Result<SeriesSummary, StoreError> {
    let (id, n, first, last, version, provider, adjustment, changed_at) = row;
    let id = SeriesId::parse(&id)?;
    let day = |days| Day::from_epoch_days(days).ok_or_else(|| StoreError::Row(id.clone()));
    let (first, last) = (day(first)?, day(last)?);
    let changed_at = Timestamp::from_microsecond(changed_at).map_err(|_| StoreError::Row(id.clone()))?;
    Ok(SeriesSummary { n: n as usize, first, last, version, provider, adjustment, changed_at, id })
}
