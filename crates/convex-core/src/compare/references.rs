//! Series that other comparisons are read against: they set states and stand for what may move a gap.

use std::collections::BTreeMap;

use crate::figure::Unavailable;
use crate::{Day, Series};

/// Reference series by metric id, cut like the legs.
#[derive(Clone, Debug, Default)]
pub struct References(BTreeMap<&'static str, Series>);

impl References {
    /// The metrics a comparison may need beside its legs.
    pub const IDS: [&str; 9] = ["vixcls", "spy", "dgs10", "bamlh0a0hym2", "dtwexbgs", "wti", "gold", "t10y2y", "usrec"];

    /// Adds a series; an empty one is as good as none.
    pub fn put(&mut self, id: &'static str, series: Series) {
        if !series.is_empty() {
            self.0.insert(id, series);
        }
    }

    /// The series of that id, or that it is needed.
    pub fn get(&self, id: &'static str) -> Result<&Series, Unavailable> {
        self.0.get(id).ok_or_else(|| Unavailable::Needs(id.to_owned()))
    }

    /// Only what is dated on or before a day.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        Self(
            self.0
                .iter()
                .map(|(id, series)| (*id, series.until(day)))
                .filter(|(_, series)| !series.is_empty())
                .collect(),
        )
    }
}
