//! One comparison: everything a page, an answer or a table says about two series.

use std::sync::Arc;

use crate::catalog::{Metric, Pair, PairKind};
use crate::figure::{Figures, Unavailable};
use crate::{Basis, Day, Series};

/// One side of a comparison, cut at the day asked for.
#[derive(Clone, Debug)]
pub struct Leg {
    /// What is compared.
    pub metric: Arc<Metric>,
    /// Its observations, at its own dates.
    pub series: Series,
    /// Who supplied the last observation; empty if there is none.
    pub provider: String,
}

/// Two series set side by side. One value feeds page, JSON, terminal and mail, so they cannot disagree.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The first leg, as asked for.
    pub a: Leg,
    /// The second leg.
    pub b: Leg,
    /// What sort of comparison it is.
    pub kind: PairKind,
    /// The catalogue's entry, if the pair is named there. Its `a` and `b` may stand the other way round than the legs'.
    pub pair: Option<Arc<Pair>>,
    /// Last day both legs have; `None` if they share none.
    pub as_of: Option<Day>,
    /// The day asked for, if one was.
    pub requested_as_of: Option<Day>,
    /// What the prices leave out or add back, the same for both legs.
    pub basis: Basis,
    /// Whether the data are simulated.
    pub sample: bool,
    /// Days and values both legs have, usable together.
    pub common: Common,
    /// Changes of both legs between consecutive common days.
    pub changes: Changes,
    /// Why nothing could be computed about the two together, if so.
    pub apart: Option<Unavailable>,
    /// Every figure, by name.
    pub figures: Figures,
    /// What a reader must know before quoting.
    pub warnings: Vec<String>,
    /// Whose data these are.
    pub attribution: Vec<Attribution>,
}

/// Levels on the days both legs have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// Common days, increasing.
    pub days: Vec<Day>,
    /// Values of the first leg.
    pub a: Vec<f64>,
    /// Values of the second leg.
    pub b: Vec<f64>,
}

/// Changes between consecutive common days; log or difference as each leg's type says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Day on which each change begins (the common day before).
    pub begins: Vec<Day>,
    /// Day on which each change ends.
    pub days: Vec<Day>,
    /// Changes of the first leg.
    pub a: Vec<f64>,
    /// Changes of the second leg.
    pub b: Vec<f64>,
    /// Changes that span more than one session of the slower calendar.
    pub multi_session: usize,
    /// Changes dropped because a value was not positive.
    pub dropped: usize,
}

/// Whose data a comparison rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Provider name.
    pub source: String,
    /// The words the provider asks for.
    pub text: String,
}
