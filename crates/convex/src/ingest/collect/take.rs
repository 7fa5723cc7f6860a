//! What an answer holds for one metric, judged and written.

use convex_core::catalog::{Metric, Provider};
use convex_core::vet::{self, Offer, Verdict as Judgement, vet};
use convex_core::{Basis, Series, SeriesId};
use convex_sources::{Column, Failure, Point};
use convex_store::{Batch, PayloadId, Shortfall, Store, StoreError, Suspect, Switch, Verdict, Write};
use jiff::Timestamp;

use super::Written;
use super::fit::is_same;
use super::settle::{Plan, plan};

/// What became of an answer.
pub(crate) enum Taken {
    /// Values were written.
    Written { series: Vec<Written>, held: usize, notices: Vec<String> },
    /// All of it is known.
    Nothing,
    /// What was new is held back.
    Held { held: usize, notices: Vec<String> },
    /// The answer does not hold the metric.
    Missing,
    /// All history is needed before anything can be decided.
    AskForAll,
    /// It cannot continue what is stored.
    Refused(String),
}

/// What a provider offers for one metric.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offered<'a> {
    pub(crate) metric: &'a Metric,
    pub(crate) provider: Provider,
    /// The provider's name of the metric.
    pub(crate) symbol: &'a str,
    /// Why an earlier provider does not supply the metric any more, if one was asked.
    pub(crate) instead_of: Option<&'a (Provider, Failure)>,
    pub(crate) columns: &'a [Column],
    pub(crate) payload: Option<PayloadId>,
    pub(crate) received: Timestamp,
    /// Whether this is all the provider has.
    pub(crate) is_whole: bool,
}

/// Judges and writes the columns of one metric.
pub(crate) async fn take(store: &Store, offered: &Offered<'_>) -> Result<Taken, StoreError> {
    let columns = || offered.columns.iter().filter(|column| column.symbol == offered.symbol);
    if !columns().any(|column| column.basis == Basis::Price && !column.points.is_empty()) {
        return Ok(Taken::Missing);
    }
    let mut done = Done::default();
    for column in columns() {
        match take_column(store, offered, column, &mut done).await? {
            Next::GoOn => {}
            Next::AskForAll => return Ok(Taken::AskForAll),
            // Without its price a metric has nothing; without its total return it has less.
            Next::Refused(why) if column.basis == Basis::Price => return Ok(Taken::Refused(why)),
            Next::Refused(why) => done.notices.push(format!("{} of {}: {why}", column.basis, offered.metric.id)),
        }
    }
    Ok(match done {
        Done { series, held, notices } if !series.is_empty() => Taken::Written { series, held, notices },
        Done { held: 0, notices, .. } if notices.is_empty() => Taken::Nothing,
        Done { held, notices, .. } => Taken::Held { held, notices },
    })
}

#[derive(Default)]
struct Done {
    series: Vec<Written>,
    held: usize,
    notices: Vec<String>,
}

enum Next {
    GoOn,
    AskForAll,
    Refused(String),
}

async fn take_column(
    store: &Store,
    offered: &Offered<'_>,
    column: &Column,
    done: &mut Done,
) -> Result<Next, StoreError> {
    let Offered { metric, provider, is_whole, received: now, .. } = *offered;
    let id = &SeriesId { metric: metric.id.clone(), basis: column.basis };
    let stored = store.load(id).await?;
    let known = stored.as_ref().map_or_else(Series::empty, |stored| stored.series.clone());
    let before = stored.as_ref().and_then(|stored| Provider::from_key(&stored.provider));
    let (points, notice, is_whole) = match plan(metric, id, &known, before, provider, column, is_whole) {
        Plan::Take { points, notice, is_whole } => (points, notice, is_whole),
        Plan::AskForAll => return Ok(Next::AskForAll),
        Plan::Refuse(why) => return Ok(Next::Refused(why)),
    };
    done.notices.extend(notice);
    let points = as_known(metric, &known, &points);
    let offer = Offer { candles: &column.candles, splits: &column.splits, whole: is_whole, ..Offer::of(&points, now) };
    let vetted = vet(metric, &known, &offer);
    if is_whole && note_length(store, id, provider, vetted.shortened, now).await? {
        done.notices.extend(vetted.shortened.map(|shortened| format!("{id}: {}", shortened.words())));
    }
    if let Judgement::Refuse { .. } = vetted.verdict {
        done.notices.push(format!("{id}: {}", vetted.verdict.words()));
    }
    let write = Write {
        adjustment: Some(column.adjustment.key()),
        payload: offered.payload,
        ..Write::new(provider.key(), now)
    };
    done.held += hold_back(store, id, &vetted.quarantined, &write, now).await?;
    let publishable = vetted.publishable();
    let days = publishable.iter().map(|point| point.day).collect();
    let values = publishable.iter().map(|point| point.value).collect();
    // Vetted values are in order and finite; were they not, nothing is written.
    let Ok(series) = Series::new(days, values) else {
        return Ok(Next::Refused("the judged values are not a series".to_owned()));
    };
    let batch = Batch { id, observations: &series };
    let Some(appended) = store.append(&write, &[batch]).await?.pop() else { return Ok(Next::GoOn) };
    if appended.new + appended.changed == 0 {
        return Ok(Next::GoOn);
    }
    let last = series.last().into_iter().chain(known.last()).map(|(day, _)| day).max();
    if let Some(last) = last {
        done.series.push(Written { id: id.clone(), new: appended.new, changed: appended.changed, last });
    }
    if !known.is_empty() && before != Some(provider) {
        let from = before.map(|before| before.key().to_owned());
        let reason = why_switched(offered);
        let switch = Switch { series: id.clone(), at: now, from, to: provider.key().to_owned(), reason };
        store.record_switch(&switch).await?;
        done.notices.push(format!("{id}: continued by {}; {}", provider.name(), switch.reason));
    }
    Ok(Next::GoOn)
}

/// Writes down whether a provider that gave all it has gives less than is kept. Says whether that is news.
async fn note_length(
    store: &Store,
    id: &SeriesId,
    provider: Provider,
    shortened: Option<vet::Shortened>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let later = shortened.and_then(|found| Some((found.kept_from, found.offered_from?)));
    let Some((kept_from, given_from)) = later.filter(|(kept, given)| given > kept) else {
        store.end_shortfall(id, provider.key()).await?;
        // Holes are told each time all history is asked for, which is seldom.
        return Ok(shortened.is_some());
    };
    let (series, provider) = (id.clone(), provider.key().to_owned());
    store.record_shortfall(&Shortfall { series, provider, kept_from, given_from, found_at: now, checked_at: now }).await
}

/// Points with the known value where they differ from it by rounding alone: rounding is not a revision.
fn as_known(metric: &Metric, known: &Series, points: &[Point]) -> Vec<vet::Point> {
    let value = |point: &Point| match known.days().binary_search(&point.day) {
        Ok(at) if is_same(metric, known.values()[at], point.value) => known.values()[at],
        _ => point.value,
    };
    points.iter().map(|point| vet::Point { day: point.day, value: value(point) }).collect()
}

/// Puts doubtful values into quarantine; says how many wait there for a decision.
async fn hold_back(
    store: &Store,
    id: &SeriesId,
    doubtful: &[vet::Quarantined],
    write: &Write<'_>,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let words: Vec<String> = doubtful.iter().map(|one| one.reason.words()).collect();
    let suspects: Vec<Suspect<'_>> = doubtful
        .iter()
        .zip(&words)
        .filter(|(one, _)| one.point.value.is_finite())
        .map(|(one, words)| Suspect {
            series: id,
            day: one.point.day,
            value: one.point.value,
            provider: write.provider,
            adjustment: write.adjustment,
            payload: write.payload,
            reason: one.reason.key(),
            words,
            found_at: now,
        })
        .collect();
    let verdicts = store.quarantine(&suspects).await?;
    Ok(verdicts.iter().filter(|&&verdict| verdict == Verdict::Held).count())
}

fn why_switched(offered: &Offered<'_>) -> String {
    match offered.instead_of {
        Some((provider, failure)) => format!("{}: {failure}", provider.name()),
        None => format!("{} is the first choice of those that can be asked", offered.provider.name()),
    }
}
