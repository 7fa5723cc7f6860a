//! Single stored series, as a figure's inputs are listed.

use convex_core::{Day, Series, SeriesId};

use convex_store::SeriesSummary;

use super::{Desk, Error};

impl Desk {
    /// Whether the sample market is served, and one line for each series of the database that is.
    pub async fn summaries(&self) -> Result<(bool, Vec<SeriesSummary>), Error> {
        self.supply().await?;
        let (store, sample) = self.current().await;
        Ok((sample, store.list().await?))
    }

    /// One stored series to the day asked for, with its version.
    pub async fn stored(&self, id: &SeriesId, as_of: Option<Day>) -> Result<Option<(i64, Series)>, Error> {
        let (store, _) = self.current().await;
        let stored = store.load(id).await?;
        Ok(stored.map(|stored| (stored.version, as_of.map_or(stored.series.clone(), |day| stored.series.until(day)))))
    }
}
