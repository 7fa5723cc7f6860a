//! Every pair of many series: which move together, which no longer do, and whose gap is wide.
//!
//! Two lists, never confused. The *ranked* list holds the pairs of largest effect among all: nothing in it was tested, and
//! it says how many of such size a world without any change would show. The *tested* list holds a family of named pairs,
//! each judged with the number of its neighbours in mind.

mod draw;
mod grid;
mod ledger;
mod matrix;
mod odds;
mod rank;
mod row;
mod run;
mod tested;

use std::sync::Arc;

use crate::catalog::Metric;
use crate::{Day, Series};

pub use convex_stats::screen::Question;
pub use draw::Remembered;
pub use ledger::{Alarm, HORIZONS, Outcome, Rate, ledger};
pub use matrix::{Cell, CorrelationMatrix, Window, correlations};
pub use odds::{Odds, odds};
pub use rank::{Ranked, RankedPair, Ranking};
pub use row::{GapState, Row, row};
pub use run::{Control, Share, Stopped, on_every_thread, rank, rank_pairs, rank_share};
pub use tested::{LEVEL, Test, Tested, TestedPair, WORLDS, question_name, test, test_again};

/// A series that takes part in a screen, cut at the day asked for.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub metric: Arc<Metric>,
    /// Its observations.
    pub series: Series,
}

impl Member {
    /// A series as it was known at the end of a day; the whole of it if no day is given.
    #[must_use]
    pub fn as_of(metric: Arc<Metric>, series: &Series, day: Option<Day>) -> Self {
        let series = day.map_or_else(|| series.clone(), |day| crate::align::public_by(&metric, series, day));
        Self { metric, series }
    }
}
