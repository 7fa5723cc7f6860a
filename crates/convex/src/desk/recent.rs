//! Comparisons over the last years alone, for lists that show what no older day bears on.

use std::sync::Arc;

use convex_core::Basis;
use convex_core::catalog::Metric;
use convex_core::compare::{Comparison, Leg, Options, References, compare};

use super::{Desk, Error, Key, load_leg, on_pool};

/// Days before the last: more than two years of sessions, so that a mean of 252 has its window whole for a year.
const DAYS: i32 = 900;

impl Desk {
    /// Compares two metrics over the last years. Its figures of 90 days and of one year are those of the whole comparison;
    /// nothing else of it may be shown. It takes a tenth of the time.
    pub async fn recent_comparison(&self, a: &Arc<Metric>, b: &Arc<Metric>) -> Result<Arc<Comparison>, Error> {
        let (store, sample) = self.current().await;
        let (leg_a, leg_b) = (recent(load_leg(store, a).await?), recent(load_leg(store, b).await?));
        let key = Key {
            a: a.id.clone(),
            b: b.id.clone(),
            as_of: None,
            sample,
            versions: (leg_a.version, leg_b.version, 0),
            total_return: (0, 0),
        };
        let options = Options {
            kind: self.catalog.kind_of(a, b),
            pair: self.catalog.pair(&a.id, &b.id).cloned(),
            as_of: None,
            basis: Basis::Price,
            sample,
            references: References::default(),
        };
        let work = on_pool(move || Arc::new(compare(leg_a, leg_b, options)));
        self.recent.try_get_with(key, work).await.map_err(|stopped| Error::Stopped(*stopped))
    }
}

fn recent(leg: Leg) -> Leg {
    let Some((last, _)) = leg.series.last() else { return leg };
    Leg { series: leg.series.after(last - DAYS), total_return: None, ..leg }
}
