//! Single stored series, as a figure's inputs are listed.

use convex_core::{Day, Series, SeriesId};

use super::{Desk, Error};

impl Desk {
    /// One stored series to the day asked for, with its version.
    pub async fn stored(&self, id: &SeriesId, as_of: Option<Day>) -> Result<Option<(i64, Series)>, Error> {
        let (store, _) = self.current().await;
        let stored = store.load(id).await?;
        Ok(stored.map(|stored| (stored.version, as_of.map_or(stored.series.clone(), |day| stored.series.until(day)))))
    }
}
