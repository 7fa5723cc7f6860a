//! What makes a request conditional.

use jiff::Timestamp;

use crate::payload::PayloadId;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// How an answer can be recognised: by its tag, by the time of its last change, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validator {
    /// `ETag`, as given.
    pub etag: Option<String>,
    /// `Last-Modified`, as given.
    pub last_modified: Option<String>,
    /// The answer it recognises.
    pub payload: PayloadId,
}

impl Store {
    /// What is remembered for an address, as fetched and without a key.
    pub async fn validator(&self, provider: &str, url: &str) -> Result<Option<Validator>, StoreError> {
        let row: Option<(Option<String>, Option<String>, i64)> = sqlx::query_as(
            "select v.etag, v.last_modified, v.payload from validators v join providers p on p.key = v.provider
             where p.name = $1 and v.url = $2",
        )
        .bind(provider)
        .bind(url)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(|(etag, last_modified, payload)| Validator {
            etag,
            last_modified,
            payload: PayloadId::new(payload),
        }))
    }

    /// Remembers an answer that has been taken in, so that the next request asks only for a newer one.
    pub async fn remember_validator(
        &self,
        provider: &str,
        url: &str,
        validator: &Validator,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, provider).await?;
        sqlx::query(
            "insert into validators (provider, url, etag, last_modified, payload, at) values ($1, $2, $3, $4, $5, $6)
             on conflict (provider, url) do update set
                 etag = excluded.etag, last_modified = excluded.last_modified, payload = excluded.payload,
                 at = excluded.at",
        )
        .bind(provider)
        .bind(url)
        .bind(&validator.etag)
        .bind(&validator.last_modified)
        .bind(validator.payload.number())
        .bind(at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Forgets what has not been confirmed since an instant: addresses that hold a date are asked once only.
    pub async fn prune_validators(&self, before: Timestamp) -> Result<u64, StoreError> {
        let gone = sqlx::query("delete from validators where at < $1")
            .bind(before.as_microsecond())
            .execute(&self.writer)
            .await?;
        Ok(gone.rows_affected())
    }
}
