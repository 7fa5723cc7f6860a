//! One number for the appetite for risk, from five ratios of funds.

use std::collections::BTreeMap;

use crate::{Day, Series};

/// The ratios: what is bought when risk is sought, over what is bought when it is shunned.
pub const APPETITE: [(&str, &str); 5] =
    [("iwm", "spy"), ("hyg", "lqd"), ("xly", "xlp"), ("eem", "efa"), ("kre", "spy")];

/// Sessions of the mean and deviation that a ratio is measured against.
const WINDOW: usize = 60;

/// The index and its parts on each day that all ten series share.
#[derive(Clone, Debug, PartialEq)]
pub struct Appetite {
    /// 0 (none of it) to 100, the sum of the parts; 50 is the usual.
    pub index: Series,
    /// Each ratio's part, 0 to 20, on the last day.
    pub parts: [f64; 5],
}

/// The risk-appetite index: for each ratio z = (log ratio - mean of 60 sessions) / their standard deviation, mapped to
/// 10 + 5 z within 0 to 20, and summed. `None` where a series is missing or too short.
pub fn appetite<'s>(lookup: impl Fn(&str) -> Option<&'s Series>) -> Option<Appetite> {
    let mut total: BTreeMap<Day, (usize, f64)> = BTreeMap::new();
    let mut parts = [0.0; 5];
    for ((risky, safe), last) in APPETITE.iter().zip(&mut parts) {
        let part = part(lookup(risky)?, lookup(safe)?);
        *last = part.last()?.1;
        for (day, value) in part {
            let sum = total.entry(day).or_default();
            *sum = (sum.0 + 1, sum.1 + value);
        }
    }
    let whole = total.into_iter().filter(|(_, (count, _))| *count == APPETITE.len());
    let (days, values): (Vec<Day>, Vec<f64>) = whole.map(|(day, (_, sum))| (day, sum)).unzip();
    (!days.is_empty()).then(|| Some(Appetite { index: Series::new(days, values).ok()?, parts }))?
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
