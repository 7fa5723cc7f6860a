//! Values within the day: the latest of each series, and a short history.

use std::time::Duration;

use convex_core::SeriesId;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::instant::instant;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A value within the day.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredQuote {
    /// The series.
    pub series: SeriesId,
    /// When it was true, by the provider's word.
    pub at: Timestamp,
    /// The value.
    pub value: f64,
    /// Who said so.
    pub provider: String,
    /// When it came.
    pub received: Timestamp,
    /// Minutes by which the provider holds values back.
    pub delayed_minutes: u16,
}

type Row = (String, i64, f64, String, i64, u16);

const QUOTES: &str = "select q.series, q.at, q.value, p.name, q.received, q.delayed_minutes
    from quotes q join providers p on p.key = q.provider";

impl Store {
    /// Keeps values, and lets go of those of the same series that are older than the newest by more than `keep`. A value
    /// of an instant that is known replaces it. Returns how many brought a later instant than any before.
    pub async fn put_quotes(&self, quotes: &[StoredQuote], keep: Duration) -> Result<usize, StoreError> {
        let keep = i64::try_from(keep.as_micros()).unwrap_or(i64::MAX);
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let mut later = 0;
        for quote in quotes {
            let provider = provider_key(&mut transaction, &quote.provider).await?;
            let (series, at) = (quote.series.to_string(), quote.at.as_microsecond());
            let (newest,): (Option<i64>,) = sqlx::query_as("select max(at) from quotes where series = $1")
                .bind(&series)
                .fetch_one(&mut *transaction)
                .await?;
            later += usize::from(newest.is_none_or(|newest| at > newest));
            sqlx::query(
                "insert into quotes (series, at, value, provider, received, delayed_minutes)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (series, at) do update set
                     value = excluded.value, provider = excluded.provider, received = excluded.received,
                     delayed_minutes = excluded.delayed_minutes",
            )
            .bind(&series)
            .bind(at)
            .bind(quote.value)
            .bind(provider)
            .bind(quote.received.as_microsecond())
            .bind(quote.delayed_minutes)
            .execute(&mut *transaction)
            .await?;
            sqlx::query("delete from quotes where series = $1 and at < $2")
                .bind(&series)
                .bind(newest.map_or(at, |newest| newest.max(at)).saturating_sub(keep))
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(later)
    }

    /// The latest value of every series that has one, by name.
    pub async fn latest_quotes(&self) -> Result<Vec<StoredQuote>, StoreError> {
        let text = format!("{QUOTES} where q.at = (select max(at) from quotes l where l.series = q.series) order by 1");
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(text)).fetch_all(&self.readers).await?;
        rows.into_iter().map(quote).collect()
    }

    /// The last value of a series at or before an instant.
    pub async fn quote_at(&self, series: &SeriesId, at: Timestamp) -> Result<Option<StoredQuote>, StoreError> {
        let text = format!("{QUOTES} where q.series = $1 and q.at <= $2 order by q.at desc limit 1");
        let row: Option<Row> = sqlx::query_as(AssertSqlSafe(text))
            .bind(series.to_string())
            .bind(at.as_microsecond())
            .fetch_optional(&self.readers)
            .await?;
        row.map(quote).transpose()
    }

    /// Values of a series from an instant on, in order of time.
    pub async fn quotes_since(&self, series: &SeriesId, since: Timestamp) -> Result<Vec<StoredQuote>, StoreError> {
        let text = format!("{QUOTES} where q.series = $1 and q.at >= $2 order by q.at");
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(text))
            .bind(series.to_string())
            .bind(since.as_microsecond())
            .fetch_all(&self.readers)
            .await?;
        rows.into_iter().map(quote).collect()
    }
}

fn quote((series, at, value, provider, received, delayed_minutes): Row) -> Result<StoredQuote, StoreError> {
    Ok(StoredQuote {
        series: SeriesId::parse(&series)?,
        at: instant(at, "a quote")?,
        value,
        provider,
        received: instant(received, "a quote")?,
        delayed_minutes,
    })
}
