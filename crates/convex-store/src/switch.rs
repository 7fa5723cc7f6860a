//! Changes of the provider that a series comes from.

use convex_core::SeriesId;
use jiff::Timestamp;

use crate::instant::instant;
use crate::provider::provider_key;
use crate::sqlite::BEGIN_WRITE;
use crate::{Store, StoreError};

/// A series now comes from another provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The series.
    pub series: SeriesId,
    /// When.
    pub at: Timestamp,
    /// Who supplied it before; `None` if nobody did.
    pub from: Option<String>,
    /// Who does now.
    pub to: String,
    /// Why, as a sentence.
    pub reason: String,
}

impl Store {
    /// Records that a series now comes from another provider.
    pub async fn record_switch(&self, switch: &Switch) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let from = match &switch.from {
            Some(from) => Some(provider_key(&mut transaction, from).await?),
            None => None,
        };
        let to = provider_key(&mut transaction, &switch.to).await?;
        sqlx::query(
            "insert into switches (series, at, from_provider, to_provider, reason) values ($1, $2, $3, $4, $5)",
        )
        .bind(switch.series.to_string())
        .bind(switch.at.as_microsecond())
        .bind(from)
        .bind(to)
        .bind(&switch.reason)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Switches in order of time: of one series, or all.
    pub async fn switches(&self, series: Option<&SeriesId>) -> Result<Vec<Switch>, StoreError> {
        let rows: Vec<(String, i64, Option<String>, String, String)> = sqlx::query_as(
            "select s.series, s.at, f.name, t.name, s.reason
             from switches s left join providers f on f.key = s.from_provider join providers t on t.key = s.to_provider
             where $1 is null or s.series = $1 order by s.at, s.id",
        )
        .bind(series.map(ToString::to_string))
        .fetch_all(&self.readers)
        .await?;
        let switches = rows.into_iter().map(|(series, at, from, to, reason)| {
            Ok(Switch { series: SeriesId::parse(&series)?, at: instant(at, "a switch")?, from, to, reason })
        });
        switches.collect()
    }
}
