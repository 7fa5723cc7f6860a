//! Writing observations.

use convex_core::{Series, SeriesId};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use crate::difference::{Difference, difference};
use crate::load::packed_copy;
use crate::packed::pack;
use crate::payload::PayloadId;
use crate::provider::provider_key;
use crate::sqlite::{BEGIN_WRITE, insert_observations};
use crate::{Store, StoreError};

/// What all batches of one write share.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    /// Who supplied the values.
    pub provider: &'a str,
    /// What the provider did to past values, as a word; `None` where nobody can say.
    pub adjustment: Option<&'a str>,
    /// The answer they came in; `None` for files.
    pub payload: Option<PayloadId>,
    /// From when this database knows them. Where the series has a change as late or later (a clock went back), the
    /// instant just after that change is taken, so that the last write always wins.
    pub known_from: Timestamp,
    /// The share of known values that may change; a write beyond it is refused whole. `None` allows all to change.
    pub may_change: Option<f64>,
}

impl<'a> Write<'a> {
    /// A write without an answer behind it, which may change any value.
    pub fn new(provider: &'a str, known_from: Timestamp) -> Self {
        Self { provider, adjustment: None, payload: None, known_from, may_change: None }
    }
}

/// Observations of one series.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The series.
    pub id: &'a SeriesId,
    /// What was received of it.
    pub observations: &'a Series,
}

/// What a batch did to its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The series.
    pub id: SeriesId,
    /// Days that had no value.
    pub new: usize,
    /// Days that had another value, which is kept as history.
    pub changed: usize,
    /// Days that had this value; they add nothing.
    pub unchanged: usize,
    /// Version of the series afterwards; 0 if it does not exist.
    pub version: i64,
}

impl Store {
    /// Writes batches in one transaction: all of them or none. Days that a batch leaves out keep their values.
    pub async fn append(&self, write: &Write<'_>, batches: &[Batch<'_>]) -> Result<Vec<Appended>, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let appended = append_all(&mut transaction, write, batches).await?;
        transaction.commit().await?;
        Ok(appended)
    }
}

/// As [`Store::append`], within a transaction.
pub(crate) async fn append_all(
    connection: &mut SqliteConnection,
    write: &Write<'_>,
    batches: &[Batch<'_>],
) -> Result<Vec<Appended>, StoreError> {
    let mut appended = Vec::with_capacity(batches.len());
    let mut origin = None;
    for batch in batches {
        appended.push(append_batch(connection, write, batch, &mut origin).await?);
    }
    Ok(appended)
}

/// Where rows come from: numbers of the provider and of the write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    pub(crate) provider: i64,
    pub(crate) write: Option<i64>,
}

async fn append_batch(
    connection: &mut SqliteConnection,
    write: &Write<'_>,
    batch: &Batch<'_>,
    origin: &mut Option<Origin>,
) -> Result<Appended, StoreError> {
    let known = packed_copy(connection, batch.id).await?;
    let (before, version, last_change) = match &known {
        Some(known) => (known.series.clone(), known.version, Some(known.changed_at)),
        None => (Series::empty(), 0, None),
    };
    let Difference { rows, new, changed, unchanged, merged } = difference(&before, batch.observations);
    refuse_wholesale_change(write, batch.id, changed, changed + unchanged)?;
    let mut appended = Appended { id: batch.id.clone(), new, changed, unchanged, version };
    if rows.is_empty() {
        return Ok(appended);
    }
    let given = write.known_from.as_microsecond();
    let known_from = last_change.map_or(given, |last| given.max(last.as_microsecond() + 1));
    let series = batch.id.to_string();
    // Made by the first batch that has rows, so that a write without news leaves no trace.
    let origin = match origin {
        Some(origin) => *origin,
        None => *origin.insert(write_row(connection, write).await?),
    };
    insert_observations(connection, &series, known_from, origin, &rows).await?;
    appended.version = write_state(connection, &series, &merged, known_from, origin).await?;
    Ok(appended)
}

pub(crate) async fn write_row(connection: &mut SqliteConnection, write: &Write<'_>) -> Result<Origin, StoreError> {
    let provider = provider_key(connection, write.provider).await?;
    let (id,): (i64,) =
        sqlx::query_as("insert into writes (provider, adjustment, payload, at) values ($1, $2, $3, $4) returning id")
            .bind(provider)
            .bind(write.adjustment)
            .bind(write.payload.map(PayloadId::number))
            .bind(write.known_from.as_microsecond())
            .fetch_one(connection)
            .await?;
    Ok(Origin { provider, write: Some(id) })
}

fn refuse_wholesale_change(write: &Write<'_>, id: &SeriesId, changed: usize, known: usize) -> Result<(), StoreError> {
    match write.may_change {
        Some(share) if changed as f64 > share * known as f64 => {
            Err(StoreError::TooManyChanged { series: id.clone(), changed, known })
        }
        _ => Ok(()),
    }
}

/// Writes what follows from the rows of a series, under a new version.
pub(crate) async fn write_state(
    connection: &mut SqliteConnection,
    series: &str,
    state: &Series,
    changed_at: i64,
    origin: Origin,
) -> Result<i64, sqlx::Error> {
    let Some(((first, _), (last, _))) = state.first().zip(state.last()) else { return Ok(0) };
    let (version,): (i64,) =
        sqlx::query_as("update counters set value = value + 1 where name = 'version' returning value")
            .fetch_one(&mut *connection)
            .await?;
    sqlx::query(
        "insert into series (id, created, version, n, first_day, last_day, changed_at, provider, write)
         values ($1, $2, $3, $4, $5, $6, $2, $7, $8)
         on conflict (id) do update set
             version = excluded.version, n = excluded.n, first_day = excluded.first_day,
             last_day = excluded.last_day, changed_at = excluded.changed_at, provider = excluded.provider,
             write = excluded.write",
    )
    .bind(series)
    .bind(changed_at)
    .bind(version)
    .bind(state.len() as i64)
    .bind(first.epoch_days())
    .bind(last.epoch_days())
    .bind(origin.provider)
    .bind(origin.write)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "insert into packed (series, bytes) values ($1, $2)
         on conflict (series) do update set bytes = excluded.bytes",
    )
    .bind(series)
    .bind(pack(state))
    .execute(connection)
    .await?;
    Ok(version)
}
