//! Letting go of answers that nothing rests on.

use jiff::Timestamp;

use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// What was let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Answers.
    pub payloads: u64,
    /// Bodies that no answer has any more.
    pub bodies: u64,
}

impl Store {
    /// Removes answers of one kind that came before an instant and that no observation, no held value and no
    /// conditional request rests on: those for a purpose, or with `None` those that were failures.
    pub async fn prune_archive(&self, purpose: Option<&str>, before: Timestamp) -> Result<Pruned, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let payloads = sqlx::query(
            "delete from payloads
             where fetched_at < $1 and (purpose = $2 or ($2 is null and failure is not null))
                 and not exists (select 1 from writes w where w.payload = payloads.id)
                 and not exists (select 1 from quarantine q where q.payload = payloads.id)
                 and not exists (select 1 from validators v where v.payload = payloads.id)",
        )
        .bind(before.as_microsecond())
        .bind(purpose)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        let bodies =
            sqlx::query("delete from bodies where not exists (select 1 from payloads a where a.body = bodies.id)")
                .execute(&mut *transaction)
                .await?
                .rows_affected();
        transaction.commit().await?;
        Ok(Pruned { payloads, bodies })
    }
}
