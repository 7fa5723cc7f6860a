//! How the named comparisons are linked, all at once: what makes two of them alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use convex_core::align::align;
use convex_core::catalog::{Metric, Pair};
use convex_core::change::changes_between;
use convex_core::figure::{Estimate, Figure, Unavailable, Unit};
use convex_core::{Series, SeriesId};
use convex_stats::correlation::spearman;

use super::{Desk, Error};

/// Changes the link is measured over: those of the figure of that name.
const CHANGES: usize = 252;
/// The figure this is, for any pair.
pub const LINK: &str = "correlation.252obs.spearman";

/// A named comparison with the link of its legs.
#[derive(Clone, Debug)]
pub struct Kin {
    /// The pair.
    pub pair: Arc<Pair>,
    /// [`LINK`] of it, without its interval.
    pub link: Figure,
}

impl Desk {
    /// Every named comparison both legs of which have values, in the catalogue's order.
    pub async fn kin(&self) -> Result<Arc<Vec<Kin>>, Error> {
        let (store, _) = self.current().await;
        let key = self.overview_key().await?;
        let work = async {
            let pairs: Vec<Arc<Pair>> = self.catalog().pairs().cloned().collect();
            let mut names: Vec<&str> = pairs.iter().flat_map(|pair| [pair.a.as_str(), pair.b.as_str()]).collect();
            names.sort_unstable();
            names.dedup();
            let ids: Vec<SeriesId> = names.iter().map(|id| SeriesId::price(*id)).collect();
            let stored = store.load_many(&ids).await?;
            let series: BTreeMap<String, Series> =
                ids.into_iter().zip(stored).filter_map(|(id, stored)| Some((id.metric, stored?.series))).collect();
            let catalog = self.catalog();
            let found = super::on_pool(move || {
                let leg = |id: &str| Some((catalog.metric(id)?.as_ref(), series.get(id)?));
                let of = |pair: &Arc<Pair>| {
                    let link = link(leg(&pair.a)?, leg(&pair.b)?);
                    Some(Kin { pair: Arc::clone(pair), link })
                };
                Arc::new(pairs.iter().filter_map(of).collect::<Vec<_>>())
            });
            Ok::<_, Error>(found.await?)
        };
        self.kin.try_get_with(key, work).await.map_err(|error: Arc<Error>| Error::Shared(error))
    }
}

fn link((a, series_a): (&Metric, &Series), (b, series_b): (&Metric, &Series)) -> Figure {
    let changes = changes_between(a.change, b.change, &align(a, series_a, b, series_b));
    let have = changes.days.len();
    let Some(start) = have.checked_sub(CHANGES) else { return Err(Unavailable::TooFew { have, need: CHANGES }) };
    let rank = spearman(&changes.a[start..], &changes.b[start..])?;
    let span = (changes.days[start], changes.days[have - 1]);
    Estimate::number(rank, Unit::Correlation, CHANGES, span, "Spearman, mid-ranks")
}
