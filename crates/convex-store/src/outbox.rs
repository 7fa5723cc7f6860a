//! What is to be sent. A message is queued once by its key and claimed by one process at a time.
//!
//! Before its text goes out a message is marked as being sent. What a process has written reaches the server even if the
//! process is killed, so a message that was being sent when its process died counts as gone out, unconfirmed: sent again,
//! it would come twice.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::instant::instant;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A message to queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Told apart by this: the same key is queued once, for ever.
    pub key: String,
    /// Whose it is.
    pub subscriber: Option<i64>,
    /// Where it goes.
    pub address: String,
    /// `digest`, `alert`, `confirm` or `webhook`.
    pub kind: String,
    /// What it is made of.
    pub content: String,
    /// Not before.
    pub due: Timestamp,
}

/// A message in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Number in this database.
    pub id: i64,
    /// What it was queued as.
    pub new: NewMessage,
    /// Times it was tried.
    pub tries: u32,
    /// How the last try ended, if it failed.
    pub trouble: Option<String>,
}

/// Messages by how they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// To be sent.
    pub waiting: u64,
    /// Being sent by a process.
    pub claimed: u64,
    /// Accepted by the next server.
    pub sent: u64,
    /// Gone out without an answer: the process ended.
    pub unconfirmed: u64,
    /// Given up.
    pub dead: u64,
    /// No longer wanted.
    pub dropped: u64,
}

type Row = (i64, String, Option<i64>, String, String, String, i64, u32, Option<String>);
type Stated = (i64, String, Option<i64>, String, String, String, i64, u32, Option<String>, String);

const MESSAGES: &str = "select id, key, subscriber, address, kind, content, due, tries, trouble from outbox";

impl Store {
    /// Queues messages, all or none; those whose keys are known are left as they are. Returns how many are new.
    pub async fn queue(&self, messages: &[NewMessage]) -> Result<u64, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let mut new = 0;
        for message in messages {
            let done = sqlx::query(
                "insert into outbox (key, subscriber, address, kind, content, due) values ($1, $2, $3, $4, $5, $6)
                 on conflict (key) do nothing",
            )
            .bind(&message.key)
            .bind(message.subscriber)
            .bind(&message.address)
            .bind(&message.kind)
            .bind(&message.content)
            .bind(message.due.as_microsecond())
            .execute(&mut *transaction)
            .await?;
            new += done.rows_affected();
        }
        transaction.commit().await?;
        Ok(new)
    }

    /// Claims up to `most` messages that are due, and those whose claim ran out: their process died before it sent them.
    pub async fn claim(
        &self,
        holder: &str,
        now: Timestamp,
        length: Duration,
        most: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let until = now.as_microsecond().saturating_add(i64::try_from(length.as_micros()).unwrap_or(i64::MAX));
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        sqlx::query(
            "update outbox set state = 'unconfirmed', holder = null, until = null,
             trouble = 'the process ended before the answer came' where state = 'sending' and until <= $1",
        )
        .bind(now.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        let text = format!(
            "{MESSAGES} where (state = 'waiting' and due <= $1) or (state = 'claimed' and until <= $1)
             order by due, id limit $2"
        );
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(text))
            .bind(now.as_microsecond())
            .bind(most)
            .fetch_all(&mut *transaction)
            .await?;
        let mut claimed = Vec::new();
        for row in rows {
            sqlx::query(
                "update outbox set state = 'claimed', holder = $2, until = $3, tries = tries + 1 where id = $1",
            )
            .bind(row.0)
            .bind(holder)
            .bind(until)
            .execute(&mut *transaction)
            .await?;
            let message = message(row)?;
            claimed.push(Message { tries: message.tries + 1, ..message });
        }
        transaction.commit().await?;
        Ok(claimed)
    }

    /// The text of a message is about to go out; says whether the claim is still held. If not, it must not be sent.
    pub async fn mark_sending(&self, id: i64, holder: &str) -> Result<bool, StoreError> {
        let done =
            sqlx::query("update outbox set state = 'sending' where id = $1 and state = 'claimed' and holder = $2")
                .bind(id)
                .bind(holder)
                .execute(&self.writer)
                .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The next server took a message; says whether the claim was still held.
    pub async fn mark_sent(&self, id: i64, holder: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "update outbox set state = 'sent', sent = $3, holder = null, until = null, trouble = null
             where id = $1 and state in ('claimed', 'sending') and holder = $2",
        )
        .bind(id)
        .bind(holder)
        .bind(now.as_microsecond())
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// A message could not be sent: it waits until an instant, or is given up.
    pub async fn mark_failed(
        &self,
        id: i64,
        holder: &str,
        again: Option<Timestamp>,
        trouble: &str,
    ) -> Result<(), StoreError> {
        let trouble: String = trouble.chars().take(300).collect();
        sqlx::query(
            "update outbox set state = case when $3 is null then 'dead' else 'waiting' end, due = coalesce($3, due),
             holder = null, until = null, trouble = $4
             where id = $1 and state in ('claimed', 'sending') and holder = $2",
        )
        .bind(id)
        .bind(holder)
        .bind(again.map(Timestamp::as_microsecond))
        .bind(trouble)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// A message is no longer wanted.
    pub async fn mark_dropped(&self, id: i64, why: &str) -> Result<(), StoreError> {
        sqlx::query("update outbox set state = 'dropped', holder = null, until = null, trouble = $2 where id = $1")
            .bind(id)
            .bind(why)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// How many messages stand how.
    pub async fn outbox(&self) -> Result<OutboxCounts, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("select state, count(*) from outbox group by state").fetch_all(&self.readers).await?;
        let of = |state: &str| rows.iter().find(|row| row.0 == state).map_or(0, |row| row.1 as u64);
        let (waiting, claimed, sent) = (of("waiting"), of("claimed") + of("sending"), of("sent"));
        Ok(OutboxCounts {
            waiting,
            claimed,
            sent,
            unconfirmed: of("unconfirmed"),
            dead: of("dead"),
            dropped: of("dropped"),
        })
    }

    /// Messages that were given up, the newest first.
    pub async fn dead_letters(&self, most: u32) -> Result<Vec<Message>, StoreError> {
        let text = format!("{MESSAGES} where state = 'dead' order by id desc limit $1");
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(text)).bind(most).fetch_all(&self.readers).await?;
        rows.into_iter().map(message).collect()
    }

    /// Messages of one reader, the newest first: what they may ask to see.
    pub async fn messages_of(&self, subscriber: i64) -> Result<Vec<(Message, String)>, StoreError> {
        let text = MESSAGES.replace(" from outbox", ", state from outbox");
        let text = format!("{text} where subscriber = $1 order by id desc limit 1000");
        let rows: Vec<Stated> = sqlx::query_as(AssertSqlSafe(text)).bind(subscriber).fetch_all(&self.readers).await?;
        let of = |(a, b, c, d, e, f, g, h, i, state): Stated| Ok((message((a, b, c, d, e, f, g, h, i))?, state));
        rows.into_iter().map(of).collect()
    }
}

fn message((id, key, subscriber, address, kind, content, due, tries, trouble): Row) -> Result<Message, StoreError> {
    let new = NewMessage { key, subscriber, address, kind, content, due: instant(due, "a message")? };
    Ok(Message { id, new, tries, trouble })
}
