//! Work that only one process may do: it holds a lease, which runs out if the holder dies.

use std::time::Duration;

use jiff::Timestamp;

use crate::instant::instant;
use crate::{Store, StoreError};

/// Who holds a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Name of the work.
    pub name: String,
    /// Who may do it.
    pub holder: String,
    /// Until when.
    pub until: Timestamp,
}

impl Store {
    /// Takes a lease that nobody holds, or renews one's own. Says who holds it afterwards.
    pub async fn take_lease(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        length: Duration,
    ) -> Result<Lease, StoreError> {
        let until = now.as_microsecond().saturating_add(i64::try_from(length.as_micros()).unwrap_or(i64::MAX));
        // A row that is not changed is not returned; the update below always touches it, so the holder is known.
        let (holder, until): (String, i64) = sqlx::query_as(
            "insert into leases (name, holder, until) values ($1, $2, $3)
             on conflict (name) do update set
                 until = case when leases.holder = excluded.holder or leases.until <= $4
                     then excluded.until else leases.until end,
                 holder = case when leases.holder = excluded.holder or leases.until <= $4
                     then excluded.holder else leases.holder end
             returning holder, until",
        )
        .bind(name)
        .bind(holder)
        .bind(until)
        .bind(now.as_microsecond())
        .fetch_one(&self.writer)
        .await?;
        Ok(Lease { name: name.to_owned(), holder, until: instant(until, "a lease")? })
    }

    /// Gives a lease back. Says whether it was held.
    pub async fn release_lease(&self, name: &str, holder: &str) -> Result<bool, StoreError> {
        let gone = sqlx::query("delete from leases where name = $1 and holder = $2")
            .bind(name)
            .bind(holder)
            .execute(&self.writer)
            .await?;
        Ok(gone.rows_affected() > 0)
    }

    /// Who holds a lease, if it has not run out.
    pub async fn lease(&self, name: &str, now: Timestamp) -> Result<Option<Lease>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("select holder, until from leases where name = $1 and until > $2")
                .bind(name)
                .bind(now.as_microsecond())
                .fetch_optional(&self.readers)
                .await?;
        row.map(|(holder, until)| Ok(Lease { name: name.to_owned(), holder, until: instant(until, "a lease")? }))
            .transpose()
    }
}
