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
mod pair;
mod periods;
mod provenance;
mod questions;
mod ranking;
mod references;
mod states;
mod tails;
mod total_return;

use std::sync::Arc;

use crate::align::{align, public_by};
use crate::catalog::{ChangeKind, Metric, Pair, PairKind, Provider};
use crate::change::{changes_between, usable_levels};
use crate::claim::{Claim, claims};
use crate::figure::{Estimate, Figures, Unavailable, Unit};
use crate::{Basis, Day, Series};

pub use gap::{GapKind, gap_series};
pub use leg::{Horizon, change_over, leg_figures, periods_a_year};
pub use more_states::MORE_STATES;
pub use moves_with::{DRIVERS, ERAS};
pub use provenance::{Aligned, LegUsed, Provenance, provenance, sha256_of};
pub use references::References;
pub use states::STATES;
pub use total_return::TotalReturnPair;

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

    let itself = a.metric.id == b.metric.id;
    let aligned =
        if itself { crate::align::Aligned::default() } else { align(&a.metric, &a.series, &b.metric, &b.series) };
    let (kind_a, kind_b) = (a.metric.change, b.metric.change);
    let changes = changes_between(kind_a, kind_b, &aligned);
    let levels = usable_levels(kind_a, kind_b, &aligned);
    let left_out = aligned.common.days.len() - levels.days.len();
    let apart = reason_apart(&a, &b, itself, aligned.common.days.len());

    put_counts(&mut figures, &aligned.common, &changes, apart.as_ref());
    if let Some(why) = &apart {
        put_absent(&mut figures, gap, [&a, &b], why);
    } else {
        gap::gap_figures(&mut figures, gap, &levels);
        // Three parts that need nothing of each other, side by side; they are put together in one order, and every
        // draw has a seed of its own, so that the number of threads changes nothing.
        let (of_changes, (of_levels, of_kind)) = rayon::join(
            || change_part(gap, &aligned.common, &levels, &changes, [&a, &b], &references),
            || {
                rayon::join(
                    || level_part(gap, &levels, &changes, [&a, &b], &references, options.as_of),
                    || kind_part(gap, &levels, &changes, [&a, &b], &options, &references),
                )
            },
        );
        figures.extend(of_changes);
        figures.extend(of_levels);
        figures.extend(of_kind);
    }
    let long_run = figures.estimate("total_return.n_common").is_some();
    let warnings = warnings(&a, &b, &options, long_run, [left_out, changes.dropped]);
    let attribution = attribution(&a, &b);
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

/// Every group of the two together, absent for one reason.
fn put_absent(figures: &mut Figures, gap: GapKind, legs: [&Leg; 2], why: &Unavailable) {
    gap::absent_gap_figures(figures, gap, why);
    pair::absent_change_figures(figures, why);
    periods::put_absent(figures, why);
    beta_neutral::put_absent(figures, why);
    bend::put_absent(figures, why);
    lead::put_absent(figures, why);
    states::put_absent(figures, why);
    hedging::put_absent(figures, why);
    halves::put_absent(figures, why);
    level::put_absent(figures, why);
    common_part::put_absent(figures, why);
    moves_with::put_absent(figures, legs.map(|leg| leg.metric.id.as_str()), why);
    total_return::put_absent(figures, why);
}

/// Figures that rest on changes.
fn change_part(
    gap: GapKind,
    common: &Common,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    references: &References,
) -> Figures {
    let mut figures = Figures::default();
    let early = legs.iter().any(|leg| states::fixed_before_new_york(&leg.metric));
    pair::change_figures(&mut figures, common, changes, gap == GapKind::Ratio);
    periods::put(&mut figures, levels, legs.map(|leg| leg.metric.change));
    beta_neutral::put(&mut figures, gap, changes);
    bend::put(&mut figures, changes);
    lead::put(&mut figures, changes);
    states::put(&mut figures, changes, legs.map(|leg| leg.metric.as_ref()), references);
    hedging::put(&mut figures, changes, early, references);
    halves::put(&mut figures, changes, early, references);
    figures
}

/// Figures that rest on the path of the gap.
fn level_part(
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    references: &References,
    as_of: Option<Day>,
) -> Figures {
    let mut figures = Figures::default();
    let ids = legs.map(|leg| leg.metric.id.as_str());
    if gap == GapKind::Ratio {
        level::put(&mut figures, levels);
        common_part::put(&mut figures, changes);
        moves_with::put(&mut figures, levels, ids, references, as_of);
    } else {
        let why = Unavailable::NotMeaningful("needs two legs measured in log changes");
        level::put_absent(&mut figures, &why);
        common_part::put_absent(&mut figures, &why);
        moves_with::put_absent(&mut figures, ids, &why);
    }
    total_return::put(&mut figures, legs[0], legs[1]);
    figures
}

/// Figures that only some kinds of market pairs are asked for.
fn kind_part(
    gap: GapKind,
    levels: &Common,
    changes: &Changes,
    legs: [&Leg; 2],
    options: &Options,
    references: &References,
) -> Figures {
    let mut figures = Figures::default();
    if legs.iter().all(|leg| !leg.metric.category.is_release()) {
        questions::put(&mut figures, gap, levels, changes, legs, options, references);
    }
    figures
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
fn gap_kind(a: &Metric, b: &Metric) -> GapKind {
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

fn warnings(a: &Leg, b: &Leg, options: &Options, long_run: bool, [left_out, dropped]: [usize; 2]) -> Vec<String> {
    let mut warnings = Vec::new();
    if options.sample {
        warnings.push("Simulated data: no figure here describes a real market".to_owned());
    }
    for leg in [a, b] {
        if !leg.metric.catalogued {
            warnings.push(format!(
                "{} is not in the catalogue: taken as a daily price measured in log changes",
                leg.metric.id
            ));
        }
    }
    let payers: Vec<&str> =
        [a, b].into_iter().filter(|leg| leg.metric.pays_out()).map(|leg| leg.metric.label.as_str()).collect();
    if options.basis == Basis::Price && !payers.is_empty() && !options.sample {
        let payers = payers.join(" and ");
        warnings.push(if long_run {
            format!("prices leave out payouts of {payers}; the long run of the gap is given with them as well")
        } else {
            format!("price only: payouts of {payers} are left out; no verdict on the long run of the gap")
        });
    }
    if dropped + left_out > 0 {
        warnings.push(format!(
            "{dropped} changes and {left_out} days are left out because a value that needs a logarithm is not positive"
        ));
    }
    if let (Some(day), false) = (options.as_of, options.sample) {
        warnings
            .push(format!("as of {day}: later observations are left out; earlier ones are at their latest revision"));
    }
    warnings
}

fn attribution(a: &Leg, b: &Leg) -> Vec<Attribution> {
    let mut attribution: Vec<Attribution> = Vec::new();
    let total_return = |leg: &Leg| leg.total_return.as_ref().and_then(|total| total.provider);
    for provider in [a.provider, b.provider, total_return(a), total_return(b)].into_iter().flatten() {
        let entry = Attribution { source: provider.key().to_owned(), text: provider.attribution().to_owned() };
        if !attribution.contains(&entry) {
            attribution.push(entry);
        }
    }
    attribution
}
