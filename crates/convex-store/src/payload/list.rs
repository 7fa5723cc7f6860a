//! Which answers are archived.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, QueryBuilder, Row, Sqlite};

use super::{PayloadId, PayloadSummary};
use crate::instant::{day, instant};
use crate::{Store, StoreError};

/// Which archived answers to list; those of all providers, series and times unless told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Of this provider.
    pub provider: Option<String>,
    /// That can hold this series, by the provider's own name.
    pub symbol: Option<String>,
    /// For this purpose, as a word.
    pub purpose: Option<String>,
    /// That came at or after this instant.
    pub from: Option<Timestamp>,
    /// That came before this instant.
    pub until: Option<Timestamp>,
    /// After this answer in the list: for the next page.
    pub after: Option<PayloadId>,
    /// At most so many; 0 for all.
    pub limit: u32,
}

impl Store {
    /// Archived answers without their bodies, in the order they were kept.
    pub async fn archive_list(&self, search: &Search) -> Result<Vec<PayloadSummary>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SUMMARY);
        query.push(" where a.id > ").push_bind(search.after.map_or(0, PayloadId::number));
        if let Some(provider) = &search.provider {
            query.push(" and p.name = ").push_bind(provider);
        }
        if let Some(symbol) = &search.symbol {
            query.push(" and a.id in (select payload from payload_symbols where symbol = ").push_bind(symbol).push(")");
        }
        if let Some(purpose) = &search.purpose {
            query.push(" and a.purpose = ").push_bind(purpose);
        }
        if let Some(from) = search.from {
            query.push(" and a.fetched_at >= ").push_bind(from.as_microsecond());
        }
        if let Some(until) = search.until {
            query.push(" and a.fetched_at < ").push_bind(until.as_microsecond());
        }
        query.push(" order by a.id");
        if search.limit > 0 {
            query.push(" limit ").push_bind(search.limit);
        }
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter().map(summary).collect()
    }

    /// The last good answer that can hold a series.
    pub async fn last_archived(
        &self,
        provider: &str,
        symbol: &str,
        purpose: &str,
    ) -> Result<Option<PayloadSummary>, StoreError> {
        let text = format!(
            "{SUMMARY} where a.id = (
                 select max(b.id) from payloads b join payload_symbols s on s.payload = b.id
                 join providers q on q.key = b.provider
                 where q.name = $1 and s.symbol = $2 and b.purpose = $3 and b.failure is null)"
        );
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(provider)
            .bind(symbol)
            .bind(purpose)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(summary).transpose()
    }
}

/// Symbols are joined by a character that no symbol has.
pub(super) const SUMMARY: &str = "select a.id, p.name as provider, a.purpose, a.since,
        (select group_concat(s.symbol, char(31)) from payload_symbols s where s.payload = a.id) as symbols,
        a.method, a.url, a.via, a.request_body, a.fetched_at, a.status, a.content_type, a.failure, a.body,
        b.length, b.sha256
    from payloads a join providers p on p.key = a.provider join bodies b on b.id = a.body";

pub(super) fn summary(row: &SqliteRow) -> Result<PayloadSummary, StoreError> {
    let what = "an archived answer";
    let symbols: Option<String> = row.try_get("symbols")?;
    let sha256: Vec<u8> = row.try_get("sha256")?;
    Ok(PayloadSummary {
        id: PayloadId(row.try_get("id")?),
        provider: row.try_get("provider")?,
        purpose: row.try_get("purpose")?,
        since: row.try_get::<Option<i32>, _>("since")?.map(|since| day(since, what)).transpose()?,
        symbols: symbols.iter().flat_map(|symbols| symbols.split('\u{1f}')).map(str::to_owned).collect(),
        method: row.try_get("method")?,
        url: row.try_get("url")?,
        via: row.try_get("via")?,
        request_body: row.try_get("request_body")?,
        fetched_at: instant(row.try_get("fetched_at")?, what)?,
        status: row.try_get("status")?,
        content_type: row.try_get("content_type")?,
        failure: row.try_get("failure")?,
        length: row.try_get::<i64, _>("length")?.unsigned_abs(),
        sha256: sha256.try_into().map_err(|_| StoreError::Impossible(what))?,
    })
}
