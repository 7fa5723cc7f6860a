//! The matrix of correlations.

use std::sync::Arc;

use convex_core::Day;
use convex_core::screen::{CorrelationMatrix, Window, correlations};

use super::compute::on_pool;
use super::screen::{ScreenFrame, frame_of};
use super::{Desk, Error};

/// Series a matrix may have: beyond, neither a reader nor a page follows.
pub const MOST_SERIES: usize = 80;

/// A matrix and the series it is of.
#[derive(Clone, Debug)]
pub struct CorrelationScreen {
    /// The series, by place.
    pub frame: ScreenFrame,
    /// Over which changes.
    pub window: Window,
    /// The correlations.
    pub matrix: CorrelationMatrix,
}

impl Desk {
    /// Correlations of every pair of these series, by id; at most [`MOST_SERIES`] of those that are stored.
    pub async fn correlations(
        &self,
        ids: &[String],
        window: Window,
        as_of: Option<Day>,
    ) -> Result<CorrelationScreen, Error> {
        let (store, sample) = self.current().await;
        let mut members = self.members(store, Some(ids), as_of).await?;
        members.truncate(MOST_SERIES);
        let frame = frame_of(&members, as_of, sample);
        let matrix = on_pool(move || correlations(&members, window)).await?;
        Ok(CorrelationScreen { frame, window, matrix })
    }

    /// The matrix of a choice of series that is looked at again and again.
    pub async fn correlations_kept(
        &self,
        ids: Vec<String>,
        window: Window,
        as_of: Option<Day>,
    ) -> Result<Arc<CorrelationScreen>, Error> {
        let (store, sample) = self.current().await;
        let list = store.list().await?;
        let newest = list.iter().map(|summary| summary.version).max().unwrap_or(0);
        let key = (sample, newest, ids.clone(), window, as_of);
        let work = async { self.correlations(&ids, window, as_of).await.map(Arc::new) };
        self.matrices.try_get_with(key, work).await.map_err(Error::Shared)
    }
}
