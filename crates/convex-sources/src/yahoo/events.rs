//! Splits and payouts beside the bars.

use convex_core::Day;
use jiff::tz::TimeZone;

use super::session::moment;
use super::shape::Events;
use crate::read::days::day_in;
use crate::read::float32::without_noise;
use crate::read::numbers::Number;
use crate::{Dividend, Split};

/// The splits, by the day of their first session.
pub(super) fn splits(events: &Events, zone: &TimeZone, warnings: &mut Vec<String>) -> Vec<Split> {
    let mut splits = Vec::new();
    for (key, event) in events.splits.iter().flatten() {
        let written = event.split_ratio.as_deref().and_then(|text| {
            let (after, before) = text.split_once([':', '/'])?;
            Some((after.trim().parse().ok()?, before.trim().parse().ok()?))
        });
        let ratio =
            event.numerator.0.zip(event.denominator.0).or(written).map(|(after, before): (f64, f64)| after / before);
        match (event_day(key, event.date, zone), ratio.filter(|ratio| ratio.is_finite() && *ratio > 0.0)) {
            (Some(day), Some(ratio)) => splits.push(Split { day, ratio }),
            _ => warnings.push(format!("the split \"{key}\" has no day or no ratio")),
        }
    }
    splits.sort_by_key(|split| split.day);
    splits
}

/// The payouts, by the day of the first session without them.
pub(super) fn dividends(events: &Events, zone: &TimeZone, warnings: &mut Vec<String>) -> Vec<Dividend> {
    let mut dividends = Vec::new();
    for (key, event) in events.dividends.iter().flatten() {
        match (event_day(key, event.date, zone), event.amount.0) {
            (Some(day), Some(amount)) => dividends.push(Dividend { day, amount: without_noise(amount, 0.0) }),
            _ => warnings.push(format!("the payout \"{key}\" has no day or no amount")),
        }
    }
    dividends.sort_by_key(|dividend| dividend.day);
    dividends
}

fn event_day(key: &str, date: Number, zone: &TimeZone) -> Option<Day> {
    day_in(moment(date.0.or_else(|| key.parse().ok())?)?, zone)
}
