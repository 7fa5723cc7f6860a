//! Readers who asked for mail.

use jiff::Timestamp;

use crate::instant::instant;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A reader, and what they want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Number in this database.
    pub id: i64,
    /// Where mail goes.
    pub address: String,
    /// When the owner of the address said yes; `None` until then.
    pub confirmed: Option<Timestamp>,
    /// Links of another generation are void.
    pub generation: i64,
    /// What they chose.
    pub wishes: Wishes,
}

/// What a reader chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Whether the daily mail is wanted.
    pub digest: bool,
    /// Days of the week: bit 0 is Monday.
    pub weekdays: u8,
    /// Hour of the local day.
    pub hour: u8,
    /// Name of the zone.
    pub zone: String,
    /// Text alone.
    pub plain: bool,
    /// Pairs they follow, as `a-vs-b`.
    pub pairs: Vec<String>,
    /// Metrics they follow.
    pub metrics: Vec<String>,
    /// Alerts a week.
    pub budget: u32,
}

impl Default for Wishes {
    fn default() -> Self {
        let (pairs, metrics) = (Vec::new(), Vec::new());
        Self { digest: true, weekdays: 31, hour: 7, zone: "UTC".to_owned(), plain: false, pairs, metrics, budget: 5 }
    }
}

type Row = (i64, String, Option<i64>, i64, bool, u8, u8, String, bool, String, String, u32);

const SUBSCRIBERS: &str =
    "select id, address, confirmed, generation, digest, weekdays, hour, zone, plain, pairs, metrics,
    budget from subscribers";

impl Store {
    /// The key of that name, made of these bytes if there is none yet: the same for every process.
    pub async fn secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        sqlx::query("insert into secrets (name, key) values ($1, $2) on conflict (name) do nothing")
            .bind(name)
            .bind(fresh)
            .execute(&self.writer)
            .await?;
        let (key,) =
            sqlx::query_as("select key from secrets where name = $1").bind(name).fetch_one(&self.writer).await?;
        Ok(key)
    }

    /// Takes note that somebody asked for mail to an address. A reader who is there already keeps what they chose.
    pub async fn ask_for_mail(&self, address: &str, wishes: &Wishes, now: Timestamp) -> Result<Subscriber, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        sqlx::query(
            "insert into subscribers (address, asked, digest, weekdays, hour, zone, plain, pairs, metrics, budget)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (address) do nothing",
        )
        .bind(address)
        .bind(now.as_microsecond())
        .bind(wishes.digest)
        .bind(wishes.weekdays)
        .bind(wishes.hour)
        .bind(&wishes.zone)
        .bind(wishes.plain)
        .bind(wishes.pairs.join(" "))
        .bind(wishes.metrics.join(" "))
        .bind(wishes.budget)
        .execute(&mut *transaction)
        .await?;
        let text = format!("{SUBSCRIBERS} where address = $1");
        let row: Row = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(address).fetch_one(&mut *transaction).await?;
        transaction.commit().await?;
        subscriber(row)
    }

    /// The owner of an address said yes. Says whether it is news.
    pub async fn confirm(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let done = sqlx::query("update subscribers set confirmed = $2 where id = $1 and confirmed is null")
            .bind(id)
            .bind(now.as_microsecond())
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps what a reader chose.
    pub async fn choose(&self, id: i64, wishes: &Wishes) -> Result<(), StoreError> {
        sqlx::query(
            "update subscribers set digest = $2, weekdays = $3, hour = $4, zone = $5, plain = $6, pairs = $7,
             metrics = $8, budget = $9 where id = $1",
        )
        .bind(id)
        .bind(wishes.digest)
        .bind(wishes.weekdays)
        .bind(wishes.hour)
        .bind(&wishes.zone)
        .bind(wishes.plain)
        .bind(wishes.pairs.join(" "))
        .bind(wishes.metrics.join(" "))
        .bind(wishes.budget)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Removes a reader with everything that is kept of them.
    pub async fn erase_subscriber(&self, id: i64) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        sqlx::query("delete from firings where rule in (select id from rules where subscriber = $1)")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        for text in ["delete from rules where subscriber = $1", "delete from outbox where subscriber = $1"] {
            sqlx::query(text).bind(id).execute(&mut *transaction).await?;
        }
        let gone = sqlx::query("delete from subscribers where id = $1").bind(id).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    /// One reader.
    pub async fn subscriber(&self, id: i64) -> Result<Option<Subscriber>, StoreError> {
        let text = format!("{SUBSCRIBERS} where id = $1");
        let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(id).fetch_optional(&self.readers).await?;
        row.map(subscriber).transpose()
    }

    /// Every reader whose address is confirmed.
    pub async fn confirmed_subscribers(&self) -> Result<Vec<Subscriber>, StoreError> {
        let text = format!("{SUBSCRIBERS} where confirmed is not null order by id");
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_all(&self.readers).await?;
        rows.into_iter().map(subscriber).collect()
    }

    /// Forgets addresses whose owners never said yes since an instant.
    pub async fn forget_unconfirmed(&self, before: Timestamp) -> Result<u64, StoreError> {
        let gone = sqlx::query("delete from subscribers where confirmed is null and asked < $1")
            .bind(before.as_microsecond())
            .execute(&self.writer)
            .await?;
        Ok(gone.rows_affected())
    }

    /// Notes that nothing more goes to an address, known by its hash alone, and lets go of what was waiting for it.
    pub async fn suppress(&self, hash: &[u8], address: &str, reason: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        sqlx::query("insert into suppressed (hash, reason, since) values ($1, $2, $3) on conflict (hash) do nothing")
            .bind(hash)
            .bind(reason)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("update outbox set state = 'dropped' where address = $1 and state = 'waiting'")
            .bind(address)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether nothing goes to an address any more.
    pub async fn is_suppressed(&self, hash: &[u8]) -> Result<bool, StoreError> {
        let (count,): (i64,) = sqlx::query_as("select count(*) from suppressed where hash = $1")
            .bind(hash)
            .fetch_one(&self.readers)
            .await?;
        Ok(count > 0)
    }
}

fn subscriber(row: Row) -> Result<Subscriber, StoreError> {
    let (id, address, confirmed, generation, digest, weekdays, hour, zone, plain, pairs, metrics, budget) = row;
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
    let wishes = Wishes { digest, weekdays, hour, zone, plain, pairs: words(pairs), metrics: words(metrics), budget };
    let confirmed = confirmed.map(|at| instant(at, "a subscriber")).transpose()?;
    Ok(Subscriber { id, address, confirmed, generation, wishes })
}
