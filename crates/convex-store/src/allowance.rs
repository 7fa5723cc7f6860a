//! Requests counted, so that a provider's limits hold across restarts and across processes on one database.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::SqliteConnection;

use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// So many requests in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// In any span of this length, up to a few hours.
    Rolling {
        /// The length.
        span: Duration,
        /// Requests allowed.
        most: u32,
    },
    /// From an instant to another, such as a day or a month.
    Calendar {
        /// The word for the span; counts of one word are one count.
        word: &'static str,
        /// Its first instant.
        start: Timestamp,
        /// The first instant after it.
        end: Timestamp,
        /// Requests allowed.
        most: u32,
    },
}

/// Whether a request may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spend {
    /// It may, and is counted.
    Counted,
    /// It may not, and is not counted.
    Refused {
        /// Position of the limit that stands longest in the way.
        limit: usize,
        /// When that limit lets the next request through.
        until: Timestamp,
    },
}

/// A request counted so far in the future is of a clock that was set back since.
const CLOCK_SET_BACK: Duration = Duration::from_mins(1);

impl Store {
    /// Counts a request, unless a limit stands in the way.
    pub async fn spend(&self, provider: &str, now: Timestamp, limits: &[Limit]) -> Result<Spend, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, provider).await?;
        let longest = limits.iter().filter_map(|limit| match limit {
            Limit::Rolling { span, .. } => Some(*span),
            Limit::Calendar { .. } => None,
        });
        let longest = longest.max().unwrap_or_default();
        sqlx::query("delete from spent_lately where provider = $1 and (at <= $2 or at > $3)")
            .bind(provider)
            .bind(micros(now).saturating_sub(length(longest)))
            .bind(micros(now).saturating_add(length(CLOCK_SET_BACK)))
            .execute(&mut *transaction)
            .await?;
        let mut worst: Option<(usize, i64)> = None;
        for (at, limit) in limits.iter().enumerate() {
            if let Some(free) = free_at(&mut transaction, provider, micros(now), limit).await?
                && worst.is_none_or(|(_, until)| free > until)
            {
                worst = Some((at, free));
            }
        }
        if let Some((limit, until)) = worst {
            let until = crate::instant::instant(until, "a count of requests")?;
            transaction.commit().await?;
            return Ok(Spend::Refused { limit, until });
        }
        count(&mut transaction, provider, micros(now), limits).await?;
        transaction.commit().await?;
        Ok(Spend::Counted)
    }

    /// Requests counted in the current span of a word, since its start.
    pub async fn spent(&self, provider: &str, word: &str, start: Timestamp) -> Result<u32, StoreError> {
        let row: Option<(u32,)> = sqlx::query_as(
            "select s.requests from spent s join providers p on p.key = s.provider
             where p.name = $1 and s.span = $2 and s.start = $3",
        )
        .bind(provider)
        .bind(word)
        .bind(micros(start))
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map_or(0, |(requests,)| requests))
    }

    /// Requests counted in the current span of a word, since its start, by provider.
    pub async fn spent_in(&self, word: &str, start: Timestamp) -> Result<Vec<(String, u32)>, StoreError> {
        let rows = sqlx::query_as(
            "select p.name, s.requests from spent s join providers p on p.key = s.provider
             where s.span = $1 and s.start = $2 order by p.name",
        );
        Ok(rows.bind(word).bind(micros(start)).fetch_all(&self.readers).await?)
    }

    /// Requests of the last hour that were counted after an instant, by provider.
    pub async fn spent_lately(&self, after: Timestamp) -> Result<Vec<(String, u32)>, StoreError> {
        let rows = sqlx::query_as(
            "select p.name, count(*) from spent_lately s join providers p on p.key = s.provider
             where s.at > $1 group by p.name order by p.name",
        );
        Ok(rows.bind(micros(after)).fetch_all(&self.readers).await?)
    }
}

/// When a limit lets the next request through; `None` if it does now.
async fn free_at(
    connection: &mut SqliteConnection,
    provider: i64,
    now: i64,
    limit: &Limit,
) -> Result<Option<i64>, sqlx::Error> {
    match *limit {
        Limit::Rolling { span, most: 0 } => Ok(Some(now + length(span))),
        Limit::Rolling { span, most } => {
            // The limit holds if the last request but `most` is a whole span old.
            let row: Option<(i64,)> = sqlx::query_as(
                "select at from spent_lately where provider = $1 order by at desc, id desc limit 1 offset $2",
            )
            .bind(provider)
            .bind(most - 1)
            .fetch_optional(connection)
            .await?;
            Ok(row.map(|(at,)| at.saturating_add(length(span))).filter(|free| *free > now))
        }
        Limit::Calendar { word, start, end, most } => {
            let row: Option<(u32,)> =
                sqlx::query_as("select requests from spent where provider = $1 and span = $2 and start = $3")
                    .bind(provider)
                    .bind(word)
                    .bind(micros(start))
                    .fetch_optional(connection)
                    .await?;
            Ok((row.map_or(0, |(requests,)| requests) >= most).then(|| micros(end)))
        }
    }
}

async fn count(
    connection: &mut SqliteConnection,
    provider: i64,
    now: i64,
    limits: &[Limit],
) -> Result<(), sqlx::Error> {
    if limits.iter().any(|limit| matches!(limit, Limit::Rolling { .. })) {
        sqlx::query("insert into spent_lately (provider, at) values ($1, $2)")
            .bind(provider)
            .bind(now)
            .execute(&mut *connection)
            .await?;
    }
    for limit in limits {
        let Limit::Calendar { word, start, end, .. } = limit else { continue };
        sqlx::query(
            "insert into spent (provider, span, start, requests) values ($1, $2, $3, 1)
             on conflict (provider, span, start) do update set requests = spent.requests + 1",
        )
        .bind(provider)
        .bind(*word)
        .bind(micros(*start))
        .execute(&mut *connection)
        .await?;
        // The span before is kept: a clock set back must not begin its count anew.
        sqlx::query("delete from spent where provider = $1 and span = $2 and start < $3")
            .bind(provider)
            .bind(*word)
            .bind(micros(*start) - 2 * (micros(*end) - micros(*start)))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

fn micros(instant: Timestamp) -> i64 {
    instant.as_microsecond()
}

fn length(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}
