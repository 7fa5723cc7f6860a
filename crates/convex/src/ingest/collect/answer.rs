//! Everything a provider answers to one want, over as many requests and pages as it takes.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use convex_core::Basis;
use convex_sources::{Adjustment, Column, Failure, Parsed, Payload, Quote, Request, Source, Want};
use convex_store::PayloadId;
use jiff::Timestamp;

use crate::fetch::{Answer, FetchError, Fetched, Fetcher};

/// Pages of one request; an answer without an end is a provider gone wrong.
const MOST_PAGES: usize = 400;

/// An answer, whole.
#[derive(Debug)]
pub struct Whole {
    /// One column a series and basis, in the order of their names.
    pub columns: Vec<Column>,
    /// Values within the day.
    pub quotes: Vec<Quote>,
    /// What is odd but does no harm.
    pub warnings: Vec<String>,
    /// What came over the wire, in the order of the requests; empty if nothing has changed at the provider.
    pub origins: Vec<Fetched>,
    /// The archived answer that the values came from: the last, where there were several.
    pub payload: Option<PayloadId>,
    /// When the last of it came.
    pub received: Timestamp,
}

/// Asks until the want is answered, or until the first failure.
pub async fn ask(fetcher: &Fetcher, source: &'static dyn Source, want: &Want<'_>) -> Result<Whole, FetchError> {
    let mut quotes = Vec::new();
    let mut warnings = Vec::new();
    let mut origins = Vec::new();
    let mut payload = None;
    let mut received = want.now;
    let mut columns = Columns::default();
    for first in source.requests(want)? {
        let mut request = Some(first);
        let mut pages = 0;
        while let Some(asked) = request.take() {
            pages += 1;
            if pages > MOST_PAGES {
                return Err(Failure::malformed(format!("more than {MOST_PAGES} pages")).into());
            }
            let parsed = match fetcher.fetch(source, &asked).await? {
                Answer::Fetched(mut fetched) => {
                    (payload, received) = (Some(fetched.payload), fetched.received);
                    let parsed = std::mem::take(&mut fetched.parsed);
                    origins.push(*fetched);
                    parsed
                }
                Answer::NotModified { payload: archived, received: at } => {
                    (payload, received) = (Some(archived), at);
                    read_again(fetcher, source, &asked, archived).await?
                }
            };
            columns.add(parsed.columns)?;
            quotes.extend(parsed.quotes);
            warnings.extend(parsed.warnings);
            request = parsed.next;
        }
    }
    Ok(Whole { columns: columns.joined(), quotes, warnings, origins, payload, received })
}

/// What an answer that has not changed says: it may have been taken in for another series than the one asked for now.
async fn read_again(
    fetcher: &Fetcher,
    source: &'static dyn Source,
    asked: &Request,
    archived: PayloadId,
) -> Result<Parsed, FetchError> {
    let Some(archived) = fetcher.archived(archived).await? else { return Ok(Parsed::default()) };
    let payload = Payload {
        status: archived.summary.status,
        content_type: archived.summary.content_type.as_deref(),
        retry_after: None,
        body: &archived.body,
        received: archived.summary.fetched_at,
    };
    Ok(source.parse(asked, &payload)?)
}

/// Columns of several answers, joined by series and basis.
#[derive(Debug, Default)]
pub struct Columns(BTreeMap<(String, Basis), Column>);

impl Columns {
    /// Adds what a later answer says.
    ///
    /// # Errors
    /// [`Failure::Malformed`] for two bases under one name.
    pub fn add(&mut self, columns: Vec<Column>) -> Result<(), Failure> {
        for column in columns {
            match self.0.entry((column.symbol.clone(), column.basis)) {
                Entry::Vacant(free) => {
                    free.insert(column);
                }
                Entry::Occupied(mut known) => join(known.get_mut(), column)?,
            }
        }
        Ok(())
    }

    /// All of them.
    pub fn joined(self) -> Vec<Column> {
        self.0.into_values().collect()
    }
}

/// Joins two columns of one series; a day that both have is taken from the later one.
fn join(known: &mut Column, more: Column) -> Result<(), Failure> {
    if known.adjustment != more.adjustment && known.adjustment != Adjustment::None {
        return Err(Failure::malformed("two answers on two bases"));
    }
    known.points.extend(more.points);
    // The sort is stable: of one day, the later answer's point comes last, and is the one kept.
    known.points.sort_by_key(|point| (point.day, point.known));
    known.points.reverse();
    known.points.dedup_by_key(|point| (point.day, point.known));
    known.points.reverse();
    known.candles.extend(more.candles);
    known.splits.extend(more.splits);
    known.dividends.extend(more.dividends);
    Ok(())
}

#[cfg(test)]
mod tests {
    use convex_core::Day;
    use convex_sources::Point;

    use super::*;

    #[test]
    fn of_a_day_that_two_pages_have_the_later_page_is_kept() {
        let day = |n| Day::from_epoch_days(n).unwrap();
        let page = |points: &[(i32, f64)]| {
            let points = points.iter().map(|&(n, value)| Point::new(day(n), value)).collect();
            vec![Column::closes("x", Adjustment::None, points)]
        };
        let mut columns = Columns::default();
        columns.add(page(&[(3, 30.0), (4, 40.0)])).unwrap();
        columns.add(page(&[(1, 10.0), (3, 31.0)])).unwrap();
        let joined = columns.joined();
        let points: Vec<(Day, f64)> = joined[0].points.iter().map(|point| (point.day, point.value)).collect();
        assert_eq!(points, [(day(1), 10.0), (day(3), 31.0), (day(4), 40.0)]);
    }
}
