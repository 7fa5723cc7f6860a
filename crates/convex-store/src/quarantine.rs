//! Values that were not believed: held, released as observations, or dismissed.

use convex_core::{Day, Series, SeriesId};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::append::append_all;
use crate::instant::{day, instant};
use crate::payload::PayloadId;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Appended, Batch, Store, StoreError, Write};

/// A value that is not believed.
#[derive(Clone, Copy, Debug)]
pub struct Suspect<'a> {
    /// The series.
    pub series: &'a SeriesId,
    /// The day.
    pub day: Day,
    /// The value.
    pub value: f64,
    /// Who said so.
    pub provider: &'a str,
    /// What the provider did to past values.
    pub adjustment: Option<&'a str>,
    /// The answer it came in.
    pub payload: Option<PayloadId>,
    /// Why not, as a word.
    pub reason: &'a str,
    /// Why not, as a sentence.
    pub words: &'a str,
    /// When it was found.
    pub found_at: Timestamp,
}

/// What has been decided about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing yet.
    Held,
    /// It is an observation now.
    Released,
    /// It is wrong, and stays out when it comes again.
    Dismissed,
}

impl Verdict {
    /// The word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Released => "released",
            Self::Dismissed => "dismissed",
        }
    }

    fn from_key(key: &str) -> Result<Self, StoreError> {
        let all = [Self::Held, Self::Released, Self::Dismissed];
        all.into_iter().find(|verdict| verdict.key() == key).ok_or(StoreError::Impossible("a held value"))
    }
}

/// A value in quarantine.
#[derive(Clone, Debug, PartialEq)]
pub struct Quarantined {
    /// Its number, by which it is released or dismissed.
    pub id: i64,
    /// The series.
    pub series: SeriesId,
    /// The day.
    pub day: Day,
    /// The value.
    pub value: f64,
    /// Who said so.
    pub provider: String,
    /// What the provider did to past values.
    pub adjustment: Option<String>,
    /// The answer it came in.
    pub payload: Option<PayloadId>,
    /// Why it is not believed, as a word.
    pub reason: String,
    /// Why, as a sentence.
    pub words: String,
    /// When it was first found.
    pub found_at: Timestamp,
    /// What has been decided.
    pub verdict: Verdict,
    /// When.
    pub decided_at: Option<Timestamp>,
}

impl Store {
    /// Holds values back. Returns what stands decided about each: one that comes again keeps its verdict.
    pub async fn quarantine(&self, suspects: &[Suspect<'_>]) -> Result<Vec<Verdict>, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let mut verdicts = Vec::with_capacity(suspects.len());
        for suspect in suspects {
            let provider = provider_key(&mut transaction, suspect.provider).await?;
            let (state,): (String,) = sqlx::query_as(
                "insert into quarantine (series, day, value, provider, adjustment, payload, reason, words, found_at,
                     state)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held')
                 on conflict (series, day, value, provider) do update set
                     reason = excluded.reason, words = excluded.words, payload = excluded.payload,
                     adjustment = excluded.adjustment
                 returning state",
            )
            .bind(suspect.series.to_string())
            .bind(suspect.day.epoch_days())
            .bind(suspect.value)
            .bind(provider)
            .bind(suspect.adjustment)
            .bind(suspect.payload.map(PayloadId::number))
            .bind(suspect.reason)
            .bind(suspect.words)
            .bind(suspect.found_at.as_microsecond())
            .fetch_one(&mut *transaction)
            .await?;
            verdicts.push(Verdict::from_key(&state)?);
        }
        transaction.commit().await?;
        Ok(verdicts)
    }

    /// Values in quarantine, by series and day: those with a verdict, of one series, or all.
    pub async fn quarantined(
        &self,
        verdict: Option<Verdict>,
        series: Option<&SeriesId>,
    ) -> Result<Vec<Quarantined>, StoreError> {
        let text = format!(
            "{QUARANTINED} where ($1 is null or q.state = $1) and ($2 is null or q.series = $2)
             order by q.series, q.day, q.id"
        );
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(verdict.map(Verdict::key))
            .bind(series.map(ToString::to_string))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(quarantined).collect()
    }

    /// Takes a value in after all: it becomes an observation, known from now. `None` if there is no such value, or it
    /// is one already.
    pub async fn release(&self, id: i64, now: Timestamp) -> Result<Option<Appended>, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let Some(found) = one(&mut transaction, id).await? else { return Ok(None) };
        if found.verdict == Verdict::Released {
            return Ok(None);
        }
        let write = Write {
            adjustment: found.adjustment.as_deref(),
            payload: found.payload,
            ..Write::new(&found.provider, now)
        };
        let observations =
            Series::new(vec![found.day], vec![found.value]).map_err(|_| StoreError::Row(found.series.clone()))?;
        let batch = Batch { id: &found.series, observations: &observations };
        let appended = append_all(&mut transaction, &write, &[batch]).await?.pop();
        decide(&mut transaction, id, Verdict::Released, now).await?;
        transaction.commit().await?;
        Ok(appended)
    }

    /// Leaves a held value out for good. Says whether there was one.
    pub async fn dismiss(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let held = one(&mut transaction, id).await?.is_some_and(|found| found.verdict == Verdict::Held);
        if held {
            decide(&mut transaction, id, Verdict::Dismissed, now).await?;
        }
        transaction.commit().await?;
        Ok(held)
    }
}

async fn one(connection: &mut SqliteConnection, id: i64) -> Result<Option<Quarantined>, StoreError> {
    let text = format!("{QUARANTINED} where q.id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(quarantined).transpose()
}

async fn decide(
    connection: &mut SqliteConnection,
    id: i64,
    verdict: Verdict,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("update quarantine set state = $1, decided_at = $2 where id = $3")
        .bind(verdict.key())
        .bind(at.as_microsecond())
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

const QUARANTINED: &str = "select q.id, q.series, q.day, q.value, p.name as provider, q.adjustment, q.payload,
        q.reason, q.words, q.found_at, q.state, q.decided_at
    from quarantine q join providers p on p.key = q.provider";

fn quarantined(row: &SqliteRow) -> Result<Quarantined, StoreError> {
    let what = "a held value";
    let at = |micros| instant(micros, what);
    Ok(Quarantined {
        id: row.try_get("id")?,
        series: SeriesId::parse(row.try_get("series")?)?,
        day: day(row.try_get("day")?, what)?,
        value: row.try_get("value")?,
        provider: row.try_get("provider")?,
        adjustment: row.try_get("adjustment")?,
        payload: row.try_get::<Option<i64>, _>("payload")?.map(PayloadId::new),
        reason: row.try_get("reason")?,
        words: row.try_get("words")?,
        found_at: at(row.try_get("found_at")?)?,
        verdict: Verdict::from_key(row.try_get("state")?)?,
        decided_at: row.try_get::<Option<i64>, _>("decided_at")?.map(at).transpose()?,
    })
}
