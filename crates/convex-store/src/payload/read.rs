//! Reading an answer back.

use sha2::{Digest, Sha256};
use sqlx::{Row, SqliteConnection};

use super::list::{SUMMARY, summary};
use super::{PayloadId, PayloadSummary};
use crate::{Store, StoreError};

/// An archived answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// All but its body.
    pub summary: PayloadSummary,
    /// The body, as it was archived.
    pub body: Vec<u8>,
}

impl Store {
    /// An archived answer; `None` if there is none of that number.
    pub async fn archived(&self, id: PayloadId) -> Result<Option<Archived>, StoreError> {
        let mut transaction = self.readers.begin().await?;
        let text = format!("{SUMMARY} where a.id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).bind(id.0).fetch_optional(&mut *transaction).await?;
        let Some(row) = row else { return Ok(None) };
        let summary = summary(&row)?;
        let body = body_of(&mut transaction, row.try_get("body")?).await?.ok_or(StoreError::DamagedPayload(id.0))?;
        Ok(Some(Archived { summary, body }))
    }
}

/// The first answer of each body that is not what was archived. One body is in memory at a time.
pub(crate) async fn damaged_payloads(connection: &mut SqliteConnection) -> Result<Vec<PayloadId>, sqlx::Error> {
    let bodies: Vec<(i64, i64)> = sqlx::query_as("select body, min(id) from payloads group by body order by 2")
        .fetch_all(&mut *connection)
        .await?;
    let mut damaged = Vec::new();
    for (body, payload) in bodies {
        if body_of(connection, body).await?.is_none() {
            damaged.push(PayloadId(payload));
        }
    }
    Ok(damaged)
}

/// The bytes of a body, if they are those that were kept.
async fn body_of(connection: &mut SqliteConnection, body: i64) -> Result<Option<Vec<u8>>, sqlx::Error> {
    let (sha256, length, packed): (Vec<u8>, i64, Vec<u8>) =
        sqlx::query_as("select sha256, length, zstd from bodies where id = $1")
            .bind(body)
            .fetch_one(connection)
            .await?;
    let bytes = zstd::bulk::decompress(&packed, usize::try_from(length).unwrap_or_default()).ok();
    Ok(bytes.filter(|bytes| Sha256::digest(bytes)[..] == sha256[..]))
}
