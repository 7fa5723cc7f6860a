//! Series that other comparisons are read against: they set states and stand for what may move a gap.

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::figure::Unavailable;
use crate::freshness::{Facts, Look, freshness};
use crate::{Day, Series};

/// Observations a reference may lack before nothing rests on it any more.
const MAY_LACK: usize = 10;

/// Reference series by metric id, cut like the legs.
#[derive(Clone, Debug, Default)]
pub struct References {
    series: BTreeMap<&'static str, Series>,
    /// Those that ended before the comparison does, by their last day.
    dead: BTreeMap<&'static str, Day>,
}

impl References {
    /// The metrics a comparison may need beside its legs.
    pub const IDS: [&str; 9] = ["vixcls", "spy", "dgs10", "bamlh0a0hym2", "dtwexbgs", "wti", "gold", "t10y2y", "usrec"];

    /// Adds a series; an empty one is as good as none.
    pub fn put(&mut self, id: &'static str, series: Series) {
        if !series.is_empty() {
            self.series.insert(id, series);
        }
    }

    /// The series of that id, or that it is needed, or that it ended too early.
    pub fn get(&self, id: &'static str) -> Result<&Series, Unavailable> {
        if let Some(last) = self.dead.get(id) {
            return Err(Unavailable::Stale { id: id.to_owned(), last: *last });
        }
        self.series.get(id).ok_or_else(|| Unavailable::Needs(id.to_owned()))
    }

    /// Only what is dated on or before a day.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        let cut = self.series.iter().map(|(id, series)| (*id, series.until(day)));
        Self { series: cut.filter(|(_, series)| !series.is_empty()).collect(), dead: self.dead.clone() }
    }

    /// The same for a comparison that ends on a day: a series that had ended long before is no measure of that day.
    #[must_use]
    pub fn alive_on(mut self, day: Day) -> Self {
        let catalog = Catalog::builtin();
        for (id, series) in &self.series {
            let Some((last, _)) = series.last().filter(|(last, _)| *last < day) else { continue };
            let age = catalog.metric(id).map(|metric| freshness(metric, Some(last), Look::AsOf(day), Facts::default()));
            if age.is_some_and(|age| age.state.is_dead() && (age.missed == 0 || age.missed > MAY_LACK)) {
                self.dead.insert(id, last);
            }
        }
        self
    }
}
