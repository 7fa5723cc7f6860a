//! How asking goes: the last attempt and success of each series of a provider, and counts by day and class.

use convex_core::Day;
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::instant::instant;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// How one asking ended, after its retries.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Who was asked.
    pub provider: &'a str,
    /// The provider's own names of the series it was about.
    pub symbols: &'a [String],
    /// What was asked for, as a word.
    pub purpose: &'a str,
    /// When.
    pub at: Timestamp,
    /// Class of each request that was sent for it, `ok` and `not-modified` for successes: counted by day.
    pub outcomes: &'a [&'a str],
    /// Why it failed; `None` if it did not.
    pub failure: Option<Failed<'a>>,
}

/// Why an attempt failed.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    /// Class of the failure.
    pub class: &'a str,
    /// Words for the operator.
    pub words: &'a str,
    /// When asking again may help.
    pub not_before: Option<Timestamp>,
}

/// What is worth telling the operator about an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateChange {
    /// Fails, and no other series of the provider failed in this way before.
    Fails,
    /// No series of the provider fails in this way any more.
    Works {
        /// Class of the failure that is over.
        class: String,
        /// When the first failure in a row was.
        since: Timestamp,
        /// Failures in a row.
        failures: u32,
    },
}

/// How asking for one series goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Who is asked.
    pub provider: String,
    /// The provider's own name of the series.
    pub symbol: String,
    /// What is asked for, as a word.
    pub purpose: String,
    /// The last attempt.
    pub last_attempt: Timestamp,
    /// The last success.
    pub last_success: Option<Timestamp>,
    /// Failures in a row; 0 after a success.
    pub failures: u32,
    /// The first failure in a row.
    pub since: Option<Timestamp>,
    /// Class of the last failure, while it lasts.
    pub class: Option<String>,
    /// Words for the operator, while it lasts.
    pub words: Option<String>,
    /// When asking again may help.
    pub not_before: Option<Timestamp>,
    /// The last failure, also after it is over, and its class.
    pub last_failure: Option<(Timestamp, String)>,
}

/// Requests of a day that ended in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    /// Who was asked.
    pub provider: String,
    /// The day, UTC.
    pub day: Day,
    /// Class; `ok` and `not-modified` are successes.
    pub class: String,
    /// Requests.
    pub requests: u64,
}

const HEALTH: &str = "select p.name as provider, a.symbol, a.purpose, a.last_attempt, a.last_success, a.failures,
        a.since, a.class, a.words, a.not_before, a.last_failure, a.last_class
    from attempts a join providers p on p.key = a.provider";

impl Store {
    /// Records how an asking ended. Returns what changed by it, which is nothing while the same goes on.
    pub async fn record_attempt(&self, attempt: &Attempt<'_>) -> Result<Vec<StateChange>, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, attempt.provider).await?;
        for class in attempt.outcomes {
            count_outcome(&mut transaction, provider, attempt.at, class).await?;
        }
        let mut over: Vec<(String, i64, u32)> = Vec::new();
        let mut fails_anew = false;
        if let Some(failed) = attempt.failure {
            fails_anew = !any_fails(&mut transaction, provider, failed.class).await?;
        }
        for symbol in attempt.symbols {
            let before: Option<(Option<String>, Option<i64>, u32)> = sqlx::query_as(
                "select class, since, failures from attempts where provider = $1 and symbol = $2 and purpose = $3",
            )
            .bind(provider)
            .bind(symbol)
            .bind(attempt.purpose)
            .fetch_optional(&mut *transaction)
            .await?;
            if let Some((Some(class), Some(since), failures)) = before
                && attempt.failure.is_none_or(|failed| failed.class != class)
                && !over.iter().any(|(known, ..)| *known == class)
            {
                over.push((class, since, failures));
            }
            write_attempt(&mut transaction, provider, symbol, attempt).await?;
        }
        let mut changes = Vec::new();
        for (class, since, failures) in over {
            if !any_fails(&mut transaction, provider, &class).await? {
                changes.push(StateChange::Works { class, since: instant(since, "an attempt")?, failures });
            }
        }
        if fails_anew {
            changes.push(StateChange::Fails);
        }
        transaction.commit().await?;
        Ok(changes)
    }

    /// How asking goes, for every series that was ever asked for, by provider and symbol.
    pub async fn health(&self) -> Result<Vec<Health>, StoreError> {
        let text = format!("{HEALTH} order by p.name, a.symbol, a.purpose");
        let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&self.readers).await?;
        rows.iter().map(health).collect()
    }

    /// How asking for one series goes; `None` if it never was asked for.
    pub async fn health_of(&self, provider: &str, symbol: &str, purpose: &str) -> Result<Option<Health>, StoreError> {
        let text = format!("{HEALTH} where p.name = $1 and a.symbol = $2 and a.purpose = $3");
        let query = sqlx::query(AssertSqlSafe(text)).bind(provider).bind(symbol).bind(purpose);
        query.fetch_optional(&self.readers).await?.as_ref().map(health).transpose()
    }

    /// How requests ended, by provider, day and class, from a day on.
    pub async fn outcomes(&self, since: Day) -> Result<Vec<OutcomeCount>, StoreError> {
        let rows: Vec<(String, i32, String, i64)> = sqlx::query_as(
            "select p.name, o.day, o.class, o.requests from outcomes o join providers p on p.key = o.provider
             where o.day >= $1 order by p.name, o.day, o.class",
        )
        .bind(since.epoch_days())
        .fetch_all(&self.readers)
        .await?;
        let counted = rows.into_iter().map(|(provider, day, class, requests)| {
            let day = crate::instant::day(day, "a count of requests")?;
            Ok(OutcomeCount { provider, day, class, requests: requests.unsigned_abs() })
        });
        counted.collect()
    }
}

async fn count_outcome(
    connection: &mut SqliteConnection,
    provider: i64,
    at: Timestamp,
    class: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into outcomes (provider, day, class, requests) values ($1, $2, $3, 1)
         on conflict (provider, day, class) do update set requests = outcomes.requests + 1",
    )
    .bind(provider)
    .bind(at.as_second().div_euclid(24 * 60 * 60))
    .bind(class)
    .execute(connection)
    .await?;
    Ok(())
}

async fn any_fails(connection: &mut SqliteConnection, provider: i64, class: &str) -> Result<bool, sqlx::Error> {
    let (any,) = sqlx::query_as("select exists (select 1 from attempts where provider = $1 and class = $2)")
        .bind(provider)
        .bind(class)
        .fetch_one(connection)
        .await?;
    Ok(any)
}

async fn write_attempt(
    connection: &mut SqliteConnection,
    provider: i64,
    symbol: &str,
    attempt: &Attempt<'_>,
) -> Result<(), sqlx::Error> {
    let at = attempt.at.as_microsecond();
    let failure = attempt.failure;
    sqlx::query(
        "insert into attempts (provider, symbol, purpose, last_attempt, last_success, failures, since, class, words,
             not_before, last_failure, last_class)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $7, $8)
         on conflict (provider, symbol, purpose) do update set
             last_attempt = excluded.last_attempt,
             last_success = coalesce(excluded.last_success, attempts.last_success),
             failures = case when excluded.failures = 0 then 0 else attempts.failures + 1 end,
             since = case when excluded.failures = 0 then null else coalesce(attempts.since, excluded.since) end,
             class = excluded.class, words = excluded.words, not_before = excluded.not_before,
             last_failure = coalesce(excluded.last_failure, attempts.last_failure),
             last_class = coalesce(excluded.last_class, attempts.last_class)",
    )
    .bind(provider)
    .bind(symbol)
    .bind(attempt.purpose)
    .bind(at)
    .bind(failure.is_none().then_some(at))
    .bind(i64::from(failure.is_some()))
    .bind(failure.map(|_| at))
    .bind(failure.map(|failed| failed.class))
    .bind(failure.map(|failed| failed.words))
    .bind(failure.and_then(|failed| failed.not_before).map(Timestamp::as_microsecond))
    .execute(connection)
    .await?;
    Ok(())
}

fn health(row: &SqliteRow) -> Result<Health, StoreError> {
    let at = |micros| instant(micros, "an attempt");
    Ok(Health {
        provider: row.try_get("provider")?,
        symbol: row.try_get("symbol")?,
        purpose: row.try_get("purpose")?,
        last_attempt: at(row.try_get("last_attempt")?)?,
        last_success: row.try_get::<Option<i64>, _>("last_success")?.map(at).transpose()?,
        failures: row.try_get("failures")?,
        since: row.try_get::<Option<i64>, _>("since")?.map(at).transpose()?,
        class: row.try_get("class")?,
        words: row.try_get("words")?,
        not_before: row.try_get::<Option<i64>, _>("not_before")?.map(at).transpose()?,
        last_failure: match row.try_get::<Option<i64>, _>("last_failure")? {
            Some(failed) => Some((at(failed)?, row.try_get("last_class")?)),
            None => None,
        },
    })
}
