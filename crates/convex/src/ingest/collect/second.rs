//! A second provider's word on the legs that most pages rest on. It never replaces a value: a difference is shown.

use convex_core::catalog::Metric;
use convex_core::vet::{Tolerance, cross_check};
use convex_core::{Basis, Series, SeriesId};
use convex_sources::{Column, Purpose, Want};
use convex_store::{Disagreement, Store, StoreError};

use super::answer::ask;
use super::candidates::candidates;
use crate::config::Doors;
use crate::fetch::{FetchError, Fetcher};

/// Calendar days that are compared.
const COMPARED: i32 = 90;

/// What a second look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondLook {
    /// The two agree.
    Agrees {
        /// Days both have.
        days: usize,
    },
    /// They differ; it stands in the database, on the page of status and in every answer about the leg.
    Differs(String),
    /// There was nothing to compare: nobody else to ask, no common day, or the second provider failed.
    None,
}

/// Asks the provider after the one that supplied the stored values, and compares the last days.
pub async fn second_look(
    store: &Store,
    fetcher: &Fetcher,
    doors: &Doors,
    metric: &Metric,
) -> Result<SecondLook, StoreError> {
    let id = SeriesId::price(&metric.id);
    let Some(stored) = store.load(&id).await? else { return Ok(SecondLook::None) };
    let Some((last, _)) = stored.series.last() else { return Ok(SecondLook::None) };
    let others = candidates(metric, doors);
    let Some(second) = others.into_iter().find(|one| one.provider().key() != stored.provider) else {
        return Ok(SecondLook::None);
    };
    let purpose = Purpose::History { since: Some(last - COMPARED) };
    let now = fetcher.clock().now();
    let want = Want { symbols: &[second.symbol], purpose, now, access: second.access };
    let whole = match ask(fetcher, second.source, &want).await {
        Ok(whole) => whole,
        Err(FetchError::Failed(_)) => return Ok(SecondLook::None),
        Err(FetchError::Store(error)) => return Err(error),
    };
    for fetched in &whole.origins {
        fetcher.confirm(fetched).await?;
    }
    let is_price = |column: &&Column| column.symbol == second.symbol && column.basis == Basis::Price;
    let Some(theirs) = whole.columns.iter().find(is_price).and_then(series) else { return Ok(SecondLook::None) };
    let tolerance = Tolerance::of(metric);
    let found = cross_check(&stored.series.after(last - COMPARED), &theirs, tolerance);
    let provider = second.provider();
    let (Some(worst), false) = (found.largest, found.agrees()) else {
        if found.compared > 0 {
            store.resolve_disagreement(&id, provider.key(), now).await?;
        }
        return Ok(if found.compared > 0 { SecondLook::Agrees { days: found.compared } } else { SecondLook::None });
    };
    let disagreement = Disagreement {
        series: id,
        provider: provider.key().to_owned(),
        found_at: now,
        checked_at: now,
        compared: found.compared as u32,
        differing: found.disagreements.len() as u32,
        worst_day: worst.day,
        value: worst.primary,
        other: worst.second,
        tolerance: tolerance.absolute.max(tolerance.relative),
        resolved_at: None,
    };
    store.record_disagreement(&disagreement).await?;
    Ok(SecondLook::Differs(format!("{}: {}", provider.name(), found.words())))
}

fn series(column: &Column) -> Option<Series> {
    let days = column.points.iter().map(|point| point.day).collect();
    Series::new(days, column.points.iter().map(|point| point.value).collect()).ok()
}
