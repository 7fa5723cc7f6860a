//! One comparison: everything a page, an answer or a table says about two series.

mod bend;
mod beta_neutral;
mod breaks;
mod cointegration;
mod common_part;
mod credit;
mod cycles;
mod episodes;
mod episodes_market;
mod episodes_past;
mod episodes_scares;
mod episodes_share;
mod fair_value;
mod gap;
mod group;
mod halves;
mod hedging;
mod lead;
mod leg;
mod level;
mod more_states;
mod moves_with;
mod notes;
mod pair;
mod parts;
mod periods;
mod provenance;
mod questions;
mod ranking;
mod references;
mod states;
mod tails;
mod total_return;
mod years;

use std::sync::Arc;

use crate::align::{align, public_by};
use crate::catalog::{ChangeKind, Metric, Pair, PairKind, Provider};
use crate::change::{changes_between, usable_levels};
use crate::claim::{Claim, claims};
use crate::figure::{Estimate, Figures, Unavailable, Unit};
use crate::{Basis, Day, Series};

pub(crate) use episodes_scares::{recessions, scares};
pub(crate) use gap::figures_of_gap;
pub use gap::{GapKind, gap_series};
pub(crate) use lead::closes_apart;
pub use leg::{Horizon, change_over, leg_figures, periods_a_year};
pub use more_states::MORE_STATES;
pub use moves_with::{DRIVERS, ERAS};
pub use provenance::{Aligned, LegUsed, Provenance, provenance, sha256_of};
pub use references::References;
pub use states::STATES;
pub(crate) use states::fixed_before_new_york;
pub use total_return::TotalReturnPair;
pub use years::year_figures;

/// One side of a comparison, cut at the day asked for.
#[derive(Clone, Debug)]
pub struct Leg {
    /// What is compared.
    pub metric: Arc<Metric>,
    /// Its observations, at its own dates.
    pub series: Series,
    /// Who supplied the observations; `None` if there are none.
    pub provider: Option<Provider>,
    /// Version of the stored series; 0 if there is none.
    pub version: i64,
    /// The same with payouts added back, if stored.
    pub total_return: Option<TotalReturn>,
}

/// A leg with payouts added back.
#[derive(Clone, Debug)]
pub struct TotalReturn {
    /// Its observations.
    pub series: Series,
    /// Who supplied them.
    pub provider: Option<Provider>,
    /// Version of the stored series.
    pub version: i64,
}

/// What is asked of a comparison besides its legs.
#[derive(Clone, Debug)]
pub struct Options {
    /// What sort of comparison it is.
    pub kind: PairKind,
    /// The catalogue's entry, if the pair is named there.
    pub pair: Option<Arc<Pair>>,
    /// Nothing known only after this day is used.
    pub as_of: Option<Day>,
    /// What the prices leave out or add back, the same for both legs.
    pub basis: Basis,
    /// Whether the data are simulated.
    pub sample: bool,
    /// Series that set states and stand for what may move the gap.
    pub references: References,
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
    /// Which gap the pair has.
    pub gap: GapKind,
    /// Why nothing could be computed about the two together, if so.
    pub apart: Option<Unavailable>,
    /// Every figure, by name.
    pub figures: Figures,
    /// Answers to the fixed questions that are asked of such a pair.
    pub claims: Vec<Claim>,
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
    /// Changes kept that span more than one session of either leg.
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

/// Compares two legs. Always answers: what cannot be computed is a figure that says why.
pub fn compare(a: Leg, b: Leg, options: Options) -> Comparison {
    let (a, b) = (cut(a, options.as_of), cut(b, options.as_of));
    let references = options.as_of.map_or_else(|| options.references.clone(), |day| options.references.until(day));
    let gap = gap_kind(&a.metric, &b.metric);
    let mut figures = leg_figures("a.", &a.metric, &a.series);
    figures.extend(leg_figures("b.", &b.metric, &b.series));
    for (prefix, leg) in [("a.", &a), ("b.", &b)] {
        figures.extend(year_figures(prefix, &leg.metric, &leg.series, leg.with_payouts().as_ref()));
    }

    let itself = a.metric.id == b.metric.id;
    let aligned =
        if itself { crate::align::Aligned::default() } else { align(&a.metric, &a.series, &b.metric, &b.series) };
    let (kind_a, kind_b) = (a.metric.change, b.metric.change);
    let changes = changes_between(kind_a, kind_b, &aligned);
    let levels = usable_levels(kind_a, kind_b, &aligned);
    let references = match levels.days.last() {
        Some(last) => references.alive_on(*last),
        None => references,
    };
    let left_out = aligned.common.days.len() - levels.days.len();
    let apart = reason_apart(&a, &b, itself, aligned.common.days.len());

    put_counts(&mut figures, &aligned.common, &changes, apart.as_ref());
    if let Some(why) = &apart {
        parts::put_absent(&mut figures, gap, [&a, &b], why);
    } else {
        gap::gap_figures(&mut figures, gap, &levels);
        // Three parts that need nothing of each other, side by side; they are put together in one order, and every
        // draw has a seed of its own, so that the number of threads changes nothing.
        let (of_changes, (of_levels, of_kind)) = rayon::join(
            || parts::of_changes(gap, &aligned.common, &levels, &changes, [&a, &b], &references),
            || {
                rayon::join(
                    || parts::of_levels(gap, &levels, &changes, [&a, &b], &references, options.as_of),
                    || parts::of_kind(gap, &levels, &changes, [&a, &b], &options, &references),
                )
            },
        );
        figures.extend(of_changes);
        figures.extend(of_levels);
        figures.extend(of_kind);
    }
    let long_run = figures.estimate("total_return.n_common").is_some();
    let warnings = notes::warnings(&a, &b, &options, long_run, [left_out, changes.dropped]);
    let attribution = notes::attribution(&a, &b);
    let mut comparison = Comparison {
        kind: options.kind,
        pair: options.pair,
        as_of: aligned.common.days.last().copied(),
        requested_as_of: options.as_of,
        basis: options.basis,
        sample: options.sample,
        common: levels,
        changes,
        gap,
        apart,
        figures,
        claims: Vec::new(),
        warnings,
        attribution,
        a,
        b,
    };
    comparison.claims = claims(&comparison);
    comparison
}

fn cut(leg: Leg, as_of: Option<Day>) -> Leg {
    match as_of {
        Some(day) => {
            let series = public_by(&leg.metric, &leg.series, day);
            let total_return = leg
                .total_return
                .map(|total| TotalReturn { series: public_by(&leg.metric, &total.series, day), ..total });
            Leg { series, total_return, ..leg }
        }
        None => leg,
    }
}

/// Which gap two metrics have.
pub(crate) fn gap_kind(a: &Metric, b: &Metric) -> GapKind {
    match (a.change, b.change) {
        (ChangeKind::Log, ChangeKind::Log) => GapKind::Ratio,
        (ChangeKind::Difference, ChangeKind::Difference) => GapKind::Spread(a.unit),
        _ => GapKind::None,
    }
}

fn reason_apart(a: &Leg, b: &Leg, itself: bool, common_days: usize) -> Option<Unavailable> {
    if itself {
        return Some(Unavailable::Itself);
    }
    if let Some(empty) = [a, b].into_iter().find(|leg| leg.series.is_empty()) {
        return Some(Unavailable::NoObservations(empty.metric.id.clone()));
    }
    (common_days < 2).then_some(Unavailable::NoOverlap)
}

fn put_counts(figures: &mut Figures, common: &Common, changes: &Changes, apart: Option<&Unavailable>) {
    let span = common.days.first().zip(common.days.last());
    let count = |count: usize, n: usize, method| match (span, apart) {
        (_, Some(why)) => Err(why.clone()),
        (None, None) => Err(Unavailable::NoOverlap),
        (Some((first, last)), None) => Estimate::number(count as f64, Unit::Count, n, (*first, *last), method),
    };
    figures.put("n_common", count(common.days.len(), common.days.len(), "days both legs have"));
    let n = changes.days.len();
    figures.put("returns.n", count(n, n, "changes between consecutive common days"));
    figures.put("returns.multi_session", count(changes.multi_session, n, "changes kept over a day only one leg has"));
}
