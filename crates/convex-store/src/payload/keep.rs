//! Keeping an answer.

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use super::{NewPayload, PayloadId};
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// Larger bodies are hashed and compressed off the threads that serve.
const LARGE: usize = 128 << 10;

impl Store {
    /// Keeps an answer. A body that is already there is not kept again.
    pub async fn archive(&self, payload: &NewPayload<'_>) -> Result<PayloadId, StoreError> {
        let (sha256, packed) = digest_and_pack(payload.body).await?;
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let provider = provider_key(&mut transaction, payload.provider).await?;
        let body = body_key(&mut transaction, &sha256, payload.body.len(), &packed).await?;
        let (id,): (i64,) = sqlx::query_as(
            "insert into payloads (provider, purpose, since, method, url, via, request_body, fetched_at, status,
                 content_type, failure, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id",
        )
        .bind(provider)
        .bind(payload.purpose)
        .bind(payload.since.map(convex_core::Day::epoch_days))
        .bind(payload.method)
        .bind(payload.url)
        .bind(payload.via)
        .bind(payload.request_body)
        .bind(payload.fetched_at.as_microsecond())
        .bind(payload.status)
        .bind(payload.content_type)
        .bind(payload.failure)
        .bind(body)
        .fetch_one(&mut *transaction)
        .await?;
        for symbol in payload.symbols {
            sqlx::query("insert into payload_symbols (payload, symbol) values ($1, $2) on conflict do nothing")
                .bind(id)
                .bind(symbol)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(PayloadId(id))
    }
}

async fn digest_and_pack(body: &[u8]) -> Result<([u8; 32], Vec<u8>), StoreError> {
    let work = |body: &[u8]| zstd::bulk::compress(body, 0).map(|packed| (Sha256::digest(body).into(), packed));
    let done = if body.len() > LARGE {
        let body = body.to_vec();
        tokio::task::spawn_blocking(move || work(&body)).await.unwrap_or_else(|error| Err(error.into()))
    } else {
        work(body)
    };
    done.map_err(StoreError::Compression)
}

async fn body_key(
    connection: &mut SqliteConnection,
    sha256: &[u8; 32],
    length: usize,
    packed: &[u8],
) -> Result<i64, sqlx::Error> {
    let known: Option<(i64,)> = sqlx::query_as("select id from bodies where sha256 = $1")
        .bind(&sha256[..])
        .fetch_optional(&mut *connection)
        .await?;
    if let Some((id,)) = known {
        return Ok(id);
    }
    let (id,) = sqlx::query_as("insert into bodies (sha256, length, zstd) values ($1, $2, $3) returning id")
        .bind(&sha256[..])
        .bind(length as i64)
        .bind(packed)
        .fetch_one(connection)
        .await?;
    Ok(id)
}
