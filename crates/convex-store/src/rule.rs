//! Rules of readers, where each stands, and the ledger of what fired.

use convex_core::Day;
use convex_core::alert::Watch;
use jiff::Timestamp;

use crate::instant::{day, instant};
use crate::outbox::NewMessage;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A rule as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRule {
    /// Number in this database.
    pub id: i64,
    /// Whose it is; `None` for a rule of the installation.
    pub subscriber: Option<i64>,
    /// In the language of rules.
    pub text: String,
    /// `mail`, `feed` or `webhook`.
    pub channel: String,
    /// Address of the webhook.
    pub target: String,
    /// Where it stands.
    pub watch: Watch,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFiring {
    /// Number in this database.
    pub id: i64,
    /// The rule.
    pub rule: i64,
    /// Its text.
    pub text: String,
    /// The day of the reading.
    pub day: Day,
    /// What it saw, in words.
    pub reading: String,
    /// When it was noticed.
    pub made: Timestamp,
    /// `queued` or `over budget`.
    pub outcome: String,
}

/// What came of stepping a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepped {
    /// The rule.
    pub rule: i64,
    /// Where it stands now.
    pub watch: Watch,
    /// What fired: the day, what was seen, and how it goes out.
    pub fired: Vec<(Day, String, String)>,
}

type Row = (i64, Option<i64>, String, String, String, bool, u32, Option<u32>, Option<i32>, Option<String>);
type FiringRow = (i64, i64, String, i32, String, i64, String);

const FIRINGS: &str = "select f.id, f.rule, r.text, f.day, f.reading, f.made, f.outcome
    from firings f join rules r on r.id = f.rule";

impl Store {
    /// Keeps a rule; the same rule of the same reader once. Returns its number.
    pub async fn keep_rule(&self, rule: &StoredRule, now: Timestamp) -> Result<i64, StoreError> {
        let (id,) = sqlx::query_as(
            "insert into rules (subscriber, text, channel, target, made, armed, held, quiet, seen, word)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (subscriber, text, channel, target) do update set channel = excluded.channel returning id",
        )
        .bind(rule.subscriber)
        .bind(&rule.text)
        .bind(&rule.channel)
        .bind(&rule.target)
        .bind(now.as_microsecond())
        .bind(rule.watch.armed)
        .bind(rule.watch.held)
        .bind(rule.watch.quiet)
        .bind(rule.watch.seen.map(Day::epoch_days))
        .bind(&rule.watch.word)
        .fetch_one(&self.writer)
        .await?;
        Ok(id)
    }

    /// Removes a rule of a reader, with its ledger.
    pub async fn drop_rule(&self, id: i64, subscriber: i64) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let gone = sqlx::query("delete from rules where id = $1 and subscriber = $2")
            .bind(id)
            .bind(subscriber)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    /// Every rule of readers whose address is confirmed, and of the installation; or those of one reader.
    pub async fn rules(&self, subscriber: Option<i64>) -> Result<Vec<StoredRule>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "select r.id, r.subscriber, r.text, r.channel, r.target, r.armed, r.held, r.quiet, r.seen, r.word
             from rules r left join subscribers s on s.id = r.subscriber
             where (r.subscriber is null or s.confirmed is not null or $1 is not null)
               and ($1 is null or r.subscriber = $1) order by r.id",
        )
        .bind(subscriber)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(rule).collect()
    }

    /// Keeps where rules stand, what fired and what is to be sent, all or nothing: a firing is told of once.
    pub async fn keep_steps(
        &self,
        steps: &[Stepped],
        messages: &[NewMessage],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        for step in steps {
            let watch = &step.watch;
            sqlx::query("update rules set armed = $2, held = $3, quiet = $4, seen = $5, word = $6 where id = $1")
                .bind(step.rule)
                .bind(watch.armed)
                .bind(watch.held)
                .bind(watch.quiet)
                .bind(watch.seen.map(Day::epoch_days))
                .bind(&watch.word)
                .execute(&mut *transaction)
                .await?;
            for (day, reading, outcome) in &step.fired {
                sqlx::query(
                    "insert into firings (rule, day, reading, made, outcome)
                     select $1, $2, $3, $4, $5 where exists (select 1 from rules where id = $1)
                     on conflict (rule, day) do nothing",
                )
                .bind(step.rule)
                .bind(day.epoch_days())
                .bind(reading)
                .bind(now.as_microsecond())
                .bind(outcome)
                .execute(&mut *transaction)
                .await?;
            }
        }
        for message in messages {
            sqlx::query(
                "insert into outbox (key, subscriber, address, kind, content, due)
                 select $1, $2, $3, $4, $5, $6 where $2 is null or exists (select 1 from subscribers where id = $2)
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
        }
        transaction.commit().await?;
        Ok(())
    }

    /// What fired of one reader's rules, the newest first.
    pub async fn firings(&self, subscriber: i64, most: u32) -> Result<Vec<StoredFiring>, StoreError> {
        let text = format!("{FIRINGS} where r.subscriber = $1 order by f.day desc, f.id desc limit $2");
        let rows: Vec<FiringRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(subscriber).bind(most).fetch_all(&self.readers).await?;
        rows.into_iter().map(firing).collect()
    }

    /// Days on which alerts of each reader were queued since a day: what their budget is counted from.
    pub async fn queued_alerts(&self, since: Day) -> Result<Vec<(i64, Day)>, StoreError> {
        let rows: Vec<(i64, i32)> = sqlx::query_as(
            "select r.subscriber, f.day from firings f join rules r on r.id = f.rule
             where f.day >= $1 and f.outcome = 'queued' and r.subscriber is not null",
        )
        .bind(since.epoch_days())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|(reader, of)| Ok((reader, day(of, "a firing")?))).collect()
    }
}

fn rule(
    (id, subscriber, text, channel, target, armed, held, quiet, seen, word): Row,
) -> Result<StoredRule, StoreError> {
    let seen = seen.map(|days| day(days, "a rule")).transpose()?;
    Ok(StoredRule { id, subscriber, text, channel, target, watch: Watch { armed, held, quiet, seen, word } })
}

fn firing((id, rule, text, of, reading, made, outcome): FiringRow) -> Result<StoredFiring, StoreError> {
    Ok(StoredFiring { id, rule, text, day: day(of, "a firing")?, reading, made: instant(made, "a firing")?, outcome })
}
