//! From an answer to stored values: the basis is compared, the values are judged, what passes is written.

use convex_core::catalog::{Metric, Provider};
use convex_core::{Basis, Day, Series, SeriesId};
use convex_sources::{Adjustment, Column, Point};

use super::fit::{Fit, fit, is_restated, one_scale};

/// What is to be done with a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plan {
    /// These points go on to be judged.
    Take {
        points: Vec<Point>,
        /// What a reader of the log should know.
        notice: Option<String>,
        /// Whether these are all the provider has.
        is_whole: bool,
    },
    /// All history is needed before anything can be decided.
    AskForAll,
    /// The column cannot continue the series.
    Refuse(String),
}

/// Decides about a column of one provider for a series that another, or the same, has supplied so far.
pub(super) fn plan(
    metric: &Metric,
    id: &SeriesId,
    known: &Series,
    known_provider: Option<Provider>,
    provider: Provider,
    column: &Column,
    is_whole: bool,
) -> Plan {
    let continues = known_provider == Some(provider);
    let take = |notice| Plan::Take { points: column.points.clone(), notice, is_whole };
    if let Some((last, _)) = known.last().filter(|_| continues) {
        // The factor need not show: a payout can be less than a thousandth of the price.
        if !is_whole && column.restates_before(last + 1) {
            return Plan::AskForAll;
        }
        if id.basis == Basis::TotalReturn && one_scale(known, &column.points).is_none() {
            let notice = || format!("{id}: {} restated its history, for a payout within it", provider.name());
            return if is_whole { take(Some(notice())) } else { Plan::AskForAll };
        }
    }
    match fit(metric, known, &column.points) {
        Fit::First | Fit::Same { .. } => take(None),
        Fit::Scaled { factor, days } if id.basis == Basis::TotalReturn => Plan::Take {
            points: rescaled(&column.points, factor, known),
            is_whole: false,
            notice: Some(format!(
                "{id}: {} takes payouts off anew; {days} common days differ by the factor {factor:.6}, by which new days are multiplied",
                provider.name()
            )),
        },
        Fit::Scaled { factor, .. } => match split_of(column, factor) {
            Some(split) if is_whole => take(Some(format!("{id}: split on {}, all history restated", split.day))),
            Some(_) => Plan::AskForAll,
            None => {
                Plan::Refuse(format!("every common day differs by the factor {factor:.6} and no split is announced"))
            }
        },
        Fit::Apart { .. } if continues => take(None),
        Fit::Apart { .. } if !is_whole => Plan::AskForAll,
        Fit::Apart { days } => Plan::Refuse(format!(
            "{days} days in common with what {} supplied: too few to tell whether the basis is the same",
            name(known_provider)
        )),
        Fit::Other { .. } if continues && is_restated(metric) => take(None),
        Fit::Other { days, different, worst: (day, old, new) } => Plan::Refuse(format!(
            "{different} of {days} common days differ from what {} supplied, most on {day}: {old} is stored, {new} came",
            name(known_provider)
        )),
    }
}

/// New days on the scale of the known ones.
fn rescaled(points: &[Point], factor: f64, known: &Series) -> Vec<Point> {
    let after = |day: Day| known.last().is_none_or(|(last, _)| day > last);
    points
        .iter()
        .filter(|point| after(point.day))
        .map(|point| Point { value: point.value * factor, ..*point })
        .collect()
}

/// The announced split that explains why known values are `factor` times the new ones.
fn split_of(column: &Column, factor: f64) -> Option<convex_sources::Split> {
    let explains = |ratio: f64| (factor / ratio - 1.0).abs() < 0.02;
    column.splits.iter().copied().find(|split| column.adjustment == Adjustment::Splits && explains(split.ratio))
}

fn name(provider: Option<Provider>) -> &'static str {
    provider.map_or("an unknown provider", Provider::name)
}
