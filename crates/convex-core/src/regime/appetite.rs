//! One number for the appetite for risk, from five ratios of funds.

use std::collections::BTreeMap;

use crate::figure::Unavailable;
use crate::{Day, Series};

/// The ratios: what is bought when risk is sought, over what is bought when it is shunned.
pub const APPETITE: [(&str, &str); 5] =
    [("iwm", "spy"), ("hyg", "lqd"), ("xly", "xlp"), ("eem", "efa"), ("kre", "spy")];

/// Sessions of the mean and deviation that a ratio is measured against.
const WINDOW: usize = 60;

/// Days that one series may lie behind the newest; ten sessions. What ended longer ago has no say about now.
const MAY_LACK: i32 = 14;

/// The index and its parts on each day that all ten series share.
#[derive(Clone, Debug, PartialEq)]
pub struct Appetite {
    /// 0 (none of it) to 100, the sum of the parts; 50 is the usual.
    pub index: Series,
    /// Each ratio's part, 0 to 20, on the last day.
    pub parts: [f64; 5],
}

/// The risk-appetite index: for each ratio z = (log ratio - mean of 60 sessions) / their standard deviation, mapped to
/// 10 + 5 z within 0 to 20, and summed.
///
/// # Errors
/// [`Unavailable::Needs`] where a series is missing, [`Unavailable::Stale`] where one has ended ten sessions or more before
/// the newest, [`Unavailable::TooFew`] before 60 sessions of all.
pub fn appetite<'s>(lookup: impl Fn(&str) -> Option<&'s Series>) -> Result<Appetite, Unavailable> {
    alive(&lookup)?;
    let mut total: BTreeMap<Day, Vec<f64>> = BTreeMap::new();
    for (risky, safe) in APPETITE {
        for (day, value) in part(found(&lookup, risky)?, found(&lookup, safe)?) {
            total.entry(day).or_default().push(value);
        }
    }
    total.retain(|_, parts| parts.len() == APPETITE.len());
    let last = total.last_key_value().and_then(|(_, parts)| <[f64; 5]>::try_from(parts.as_slice()).ok());
    let (days, values): (Vec<Day>, Vec<f64>) =
        total.into_iter().map(|(day, parts)| (day, parts.iter().sum::<f64>())).unzip();
    let short = Unavailable::TooFew { have: days.len(), need: 1 };
    let (Some(parts), Ok(index)) = (last, Series::new(days, values)) else { return Err(short) };
    Ok(Appetite { index, parts })
}

fn found<'s>(lookup: &impl Fn(&str) -> Option<&'s Series>, id: &str) -> Result<&'s Series, Unavailable> {
    lookup(id).filter(|series| !series.is_empty()).ok_or_else(|| Unavailable::Needs(id.to_owned()))
}

/// Nothing, or which of the series is missing or ended.
fn alive<'s>(lookup: &impl Fn(&str) -> Option<&'s Series>) -> Result<(), Unavailable> {
    let ids = || APPETITE.iter().flat_map(|(risky, safe)| [*risky, *safe]);
    let mut newest = Day::MIN;
    for id in ids() {
        newest = newest.max(found(lookup, id)?.last().map_or(Day::MIN, |(day, _)| day));
    }
    for id in ids() {
        if let Some((last, _)) = found(lookup, id)?.last().filter(|(last, _)| newest - *last > MAY_LACK) {
            return Err(Unavailable::Stale { id: id.to_owned(), last });
        }
    }
    Ok(())
}

fn part(risky: &Series, safe: &Series) -> Vec<(Day, f64)> {
    let mut ratio: Vec<(Day, f64)> = Vec::new();
    for (day, value) in risky.iter() {
        if let Some((dated, under)) = safe.at_or_before(day)
            && dated == day
            && value > 0.0
            && under > 0.0
        {
            ratio.push((day, (value / under).ln()));
        }
    }
    let windows = ratio.windows(WINDOW);
    windows
        .map(|window| {
            let n = WINDOW as f64;
            let mean = window.iter().map(|(_, value)| value).sum::<f64>() / n;
            let square = window.iter().map(|(_, value)| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
            let (day, last) = window[WINDOW - 1];
            let z = if square > 0.0 { (last - mean) / square.sqrt() } else { 0.0 };
            (day, (10.0 + 5.0 * z).clamp(0.0, 20.0))
        })
        .collect()
}
