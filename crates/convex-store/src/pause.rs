//! Providers that are left alone for a while.

use jiff::Timestamp;

use crate::instant::instant;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A provider left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Who.
    pub provider: String,
    /// Until when.
    pub until: Timestamp,
    /// Class of the failure that led to it.
    pub class: String,
    /// Its words.
    pub words: String,
    /// Such failures in a row.
    pub failures: u32,
}

impl Store {
    /// Leaves a provider alone until an instant, or longer if it already is. Counts the failures in a row.
    pub async fn pause(&self, pause: &Pause) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, &pause.provider).await?;
        sqlx::query(
            "insert into pauses (provider, until, class, words, failures) values ($1, $2, $3, $4, $5)
             on conflict (provider) do update set
                 until = excluded.until, class = excluded.class, words = excluded.words, failures = excluded.failures",
        )
        .bind(provider)
        .bind(pause.until.as_microsecond())
        .bind(&pause.class)
        .bind(&pause.words)
        .bind(pause.failures)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The pause of a provider, over or not; `None` after it has answered.
    pub async fn pause_of(&self, provider: &str) -> Result<Option<Pause>, StoreError> {
        Ok(self.pauses().await?.into_iter().find(|pause| pause.provider == provider))
    }

    /// Every pause, over or not.
    pub async fn pauses(&self) -> Result<Vec<Pause>, StoreError> {
        let rows: Vec<(String, i64, String, String, u32)> = sqlx::query_as(
            "select p.name, a.until, a.class, a.words, a.failures
             from pauses a join providers p on p.key = a.provider order by p.name",
        )
        .fetch_all(&self.readers)
        .await?;
        let pauses = rows.into_iter().map(|(provider, until, class, words, failures)| {
            Ok(Pause { provider, until: instant(until, "a pause")?, class, words, failures })
        });
        pauses.collect()
    }

    /// Ends the pause of a provider: it has answered.
    pub async fn end_pause(&self, provider: &str) -> Result<(), StoreError> {
        sqlx::query("delete from pauses where provider = (select key from providers where name = $1)")
            .bind(provider)
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
