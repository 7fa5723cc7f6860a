//! Values with the instants at which the world learned them, as a provider of revisions tells them.

use std::collections::{BTreeMap, BTreeSet};

use convex_core::{Day, Series, SeriesId};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use crate::append::{Origin, write_row, write_state};
use crate::load::{known_rows, packed_copy, series_of};
use crate::sqlite::{BEGIN_WRITE, insert_observations};
use crate::{Store, StoreError, Write};

/// A value of a day, known from an instant on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vintage {
    /// The day it describes.
    pub day: Day,
    /// The value.
    pub value: f64,
    /// When it became known.
    pub known_from: Timestamp,
}

impl Store {
    /// Adds what was known when. A vintage that says what was known already adds nothing; one of an instant at which
    /// another value of the day became known is left out, because no row is ever changed. Returns the rows added.
    ///
    /// Instants of the vintages count, not that of the write. Its limit on changes does not apply.
    pub async fn append_vintages(
        &self,
        write: &Write<'_>,
        id: &SeriesId,
        vintages: &[Vintage],
    ) -> Result<usize, StoreError> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let series = id.to_string();
        let mut known = history(&mut transaction, &series).await?;
        let added = news(&mut known, vintages);
        if added.is_empty() {
            return Ok(0);
        }
        let origin = write_row(&mut transaction, write).await?;
        let mut rows = 0;
        for (known_from, days) in &added {
            insert_observations(&mut transaction, &series, *known_from, origin, days).await?;
            rows += days.len();
        }
        rewrite_state(&mut transaction, id, &series).await?;
        transaction.commit().await?;
        Ok(rows)
    }
}

/// Values of a day by the instant they became known, in microseconds.
type History = BTreeMap<Day, BTreeMap<i64, f64>>;

async fn history(connection: &mut SqliteConnection, series: &str) -> Result<History, StoreError> {
    let rows: Vec<(i32, i64, f64)> =
        sqlx::query_as("select day, known_from, value from observations where series = $1")
            .bind(series)
            .fetch_all(connection)
            .await?;
    let mut history = History::new();
    for (day, known_from, value) in rows {
        history.entry(crate::instant::day(day, "an observation")?).or_default().insert(known_from, value);
    }
    Ok(history)
}

/// The rows to add, by instant, each a strictly ascending run of days.
fn news(history: &mut History, vintages: &[Vintage]) -> BTreeMap<i64, Vec<(Day, f64)>> {
    let mut added: BTreeMap<i64, Vec<(Day, f64)>> = BTreeMap::new();
    let mut ordered: Vec<&Vintage> = vintages.iter().filter(|vintage| vintage.value.is_finite()).collect();
    ordered.sort_by_key(|vintage| (vintage.known_from, vintage.day));
    let mut seen = BTreeSet::new();
    for vintage in ordered {
        let at = vintage.known_from.as_microsecond();
        let values = history.entry(vintage.day).or_default();
        let value = vintage.value + 0.0;
        let before = values.range(..=at).next_back();
        let is_news = before.is_none_or(|(known_from, old)| *known_from < at && old.to_bits() != value.to_bits());
        if is_news && seen.insert((vintage.day, at)) {
            values.insert(at, value);
            added.entry(at).or_default().push((vintage.day, value));
        }
    }
    added
}

async fn rewrite_state(connection: &mut SqliteConnection, id: &SeriesId, series: &str) -> Result<(), StoreError> {
    let rows = known_rows(connection, series, i64::MAX).await?;
    let last = rows.iter().max_by_key(|row| row.known_from);
    let last = last.map(|row| (row.known_from, Origin { provider: row.provider, write: row.write }));
    let state: Series = series_of(id, rows)?;
    if let Some((changed_at, origin)) = last {
        // The instant of a series never goes back, so that a later plain write is later still.
        let before = packed_copy(connection, id).await?.map_or(i64::MIN, |stored| stored.changed_at.as_microsecond());
        write_state(connection, series, &state, changed_at.max(before), origin).await?;
    }
    Ok(())
}
