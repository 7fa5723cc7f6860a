//! Reading series.

use std::collections::HashMap;

use convex_core::{Day, Series, SeriesId};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::packed::unpack;
use crate::{Store, StoreError};

/// A series as the database holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its observations.
    pub series: Series,
    /// Grows with every change, never used twice: what was derived from one version holds as long as it is the version.
    pub version: i64,
    /// Who supplied the last change.
    pub provider: String,
    /// What the provider did to past values, where known.
    pub adjustment: Option<String>,
    /// When that change became known.
    pub changed_at: Timestamp,
}

/// Identifiers a statement.
const IDS: usize = 500;

type Packed = (String, i64, String, Option<String>, i64, Vec<u8>);

const PACKED: &str = "select s.id, s.version, p.name, w.adjustment, s.changed_at, packed.bytes
    from series s join providers p on p.key = s.provider join packed on packed.series = s.id
    left join writes w on w.id = s.write where s.id ";

impl Store {
    /// The latest state of a series; `None` if there is no such series.
    pub async fn load(&self, id: &SeriesId) -> Result<Option<Stored>, StoreError> {
        packed_copy(&mut *self.readers.acquire().await?, id).await
    }

    /// The latest state of many series, in the order asked for and all of the same moment.
    pub async fn load_many(&self, ids: &[SeriesId]) -> Result<Vec<Option<Stored>>, StoreError> {
        let mut found = HashMap::with_capacity(ids.len());
        let mut transaction = self.readers.begin().await?;
        for ids in ids.chunks(IDS) {
            let places: Vec<_> = (1..=ids.len()).map(|at| format!("${at}")).collect();
            let text = format!("{PACKED} in ({})", places.join(", "));
            let mut query = sqlx::query_as(AssertSqlSafe(text));
            for id in ids {
                query = query.bind(id.to_string());
            }
            let rows: Vec<Packed> = query.fetch_all(&mut *transaction).await?;
            for row in rows {
                let id = SeriesId::parse(&row.0)?;
                let stored = opened(&id, row)?;
                found.insert(id, stored);
            }
        }
        transaction.commit().await?;
        Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
    }

    /// A series as this database knew it at an instant; `None` if it knew nothing of it then. Read from rows.
    pub async fn load_known_at(&self, id: &SeriesId, instant: Timestamp) -> Result<Option<Stored>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let name = id.to_string();
        let version: Option<(i64,)> = sqlx::query_as("select version from series where id = $1")
            .bind(&name)
            .fetch_optional(&mut *transaction)
            .await?;
        let rows = known_rows(&mut transaction, &name, instant.as_microsecond()).await?;
        let Some(((version,), last)) = version.zip(rows.iter().max_by_key(|row| row.known_from)) else {
            return Ok(None);
        };
        let (provider, adjustment): (String, Option<String>) = sqlx::query_as(
            "select p.name, w.adjustment from providers p left join writes w on w.id = $2 where p.key = $1",
        )
        .bind(last.provider)
        .bind(last.write)
        .fetch_one(&mut *transaction)
        .await?;
        let changed_at = instant_of(id, last.known_from)?;
        Ok(Some(Stored { series: series_of(id, rows)?, version, provider, adjustment, changed_at }))
    }
}

/// Reads a series from its packed copy.
pub(crate) async fn packed_copy(
    connection: &mut SqliteConnection,
    id: &SeriesId,
) -> Result<Option<Stored>, StoreError> {
    let row: Option<Packed> =
        sqlx::query_as(AssertSqlSafe(format!("{PACKED} = $1"))).bind(id.to_string()).fetch_optional(connection).await?;
    row.map(|row| opened(id, row)).transpose()
}

fn opened(id: &SeriesId, (_, version, provider, adjustment, changed_at, bytes): Packed) -> Result<Stored, StoreError> {
    let series = unpack(&bytes).map_err(|damage| StoreError::Damaged { series: id.clone(), damage })?;
    Ok(Stored { series, version, provider, adjustment, changed_at: instant_of(id, changed_at)? })
}

/// One row of `observations`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    day: i64,
    value: f64,
    pub known_from: i64,
    pub provider: i64,
    pub write: Option<i64>,
}

/// The last row of each day that was known at an instant, in order of days.
pub(crate) async fn known_rows(
    connection: &mut SqliteConnection,
    series: &str,
    instant: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    let all: Vec<(i64, f64, i64, i64, Option<i64>)> = sqlx::query_as(
        "select day, value, known_from, provider, write from observations
         where series = $1 and known_from <= $2 order by day, known_from",
    )
    .bind(series)
    .bind(instant)
    .fetch_all(connection)
    .await?;
    let mut rows: Vec<Row> = Vec::with_capacity(all.len());
    for (day, value, known_from, provider, write) in all {
        if rows.last().is_some_and(|last| last.day == day) {
            rows.pop();
        }
        rows.push(Row { day, value, known_from, provider, write });
    }
    Ok(rows)
}

/// The series that rows make.
pub(crate) fn series_of(id: &SeriesId, rows: Vec<Row>) -> Result<Series, StoreError> {
    let refuse = || StoreError::Row(id.clone());
    let mut days = Vec::with_capacity(rows.len());
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        days.push(i32::try_from(row.day).ok().and_then(Day::from_epoch_days).ok_or_else(refuse)?);
        values.push(row.value);
    }
    Series::new(days, values).map_err(|_| refuse())
}

fn instant_of(id: &SeriesId, microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|_| StoreError::Row(id.clone()))
}
