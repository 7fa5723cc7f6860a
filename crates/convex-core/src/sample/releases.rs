//! Weekly and monthly releases: they follow the share of days spent in each state, and come out some days after.

use super::SampleSeries;
use super::daily::rounded;
use super::draws::{Draws, Purpose};
use super::state::State;
use crate::Day;

/// Days from the end of a period to its release.
const CLAIMS_LAG: i32 = 5;
const UNEMPLOYMENT_LAG: i32 = 5;
const PRICES_LAG: i32 = 12;
const RECESSION_LAG: i32 = 240;

/// Share of days of stress in a month and the month before that makes it one of recession.
const RECESSION: f64 = 0.75;

/// Jobless claims for weeks ending on Saturday, in persons.
pub(super) fn claims(draws: &Draws, path: &[(Day, State)], to: Day) -> SampleSeries {
    let mut log_level = 380_000f64.ln();
    let (mut days, mut values) = (Vec::new(), Vec::new());
    for week in path.chunk_by(|(one, _), (other, _)| saturday(*one) == saturday(*other)) {
        let end = saturday(week[0].0);
        if end + CLAIMS_LAG > to {
            break;
        }
        let target = mean(week, [215_000.0, 290_000.0, 540_000.0]).ln();
        log_level += 0.06 * (target - log_level) + 0.03 * draws.of(end, Purpose::Week).normal();
        days.push(end);
        values.push((log_level.exp() / 1000.0).round() * 1000.0);
    }
    SampleSeries::new("icsa", days, values)
}

/// Unemployment rate in percent and consumer prices (1982-84 = 100), dated the first of the month they describe.
pub(super) fn monthly(draws: &Draws, path: &[(Day, State)], from: Day, to: Day) -> [SampleSeries; 2] {
    let (mut log_rate, mut log_prices, mut inflation) = (5.6f64.ln(), 181.0f64.ln(), 0.002);
    let (mut rate, mut prices) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    for month in path.chunk_by(|(one, _), (other, _)| one.end_of_month() == other.end_of_month()) {
        let end = month[0].0.end_of_month();
        let first = end - (i32::from(end.date().day()) - 1);
        // A month that began before the market did would be judged by the few days there are.
        if first < from {
            continue;
        }
        let mut draw = draws.of(first, Purpose::Month);
        let (rate_shock, price_shock) = (draw.normal(), draw.normal());
        if end + UNEMPLOYMENT_LAG <= to {
            log_rate += 0.07 * (mean(month, [4.1, 5.2, 8.8]).ln() - log_rate) + 0.016 * rate_shock;
            rate.0.push(first);
            rate.1.push(rounded(log_rate.exp(), 1));
        }
        if end + PRICES_LAG <= to {
            let usual = mean(month, [0.0023, 0.0022, 0.0008]);
            inflation = usual + 0.4 * (inflation - usual) + 0.0016 * price_shock;
            log_prices += inflation;
            prices.0.push(first);
            prices.1.push(rounded(log_prices.exp(), 3));
        }
    }
    [SampleSeries::new("unrate", rate.0, rate.1), SampleSeries::new("cpiaucsl", prices.0, prices.1)]
}

/// Months of recession (1) and others (0), told long afterwards as the real dates are.
pub(super) fn recessions(path: &[(Day, State)], from: Day, to: Day) -> SampleSeries {
    let (mut days, mut values) = (Vec::new(), Vec::new());
    let mut before = 0.0;
    for month in path.chunk_by(|(one, _), (other, _)| one.end_of_month() == other.end_of_month()) {
        let stress = mean(month, [0.0, 0.0, 1.0]);
        let end = month[0].0.end_of_month();
        let first = end - (i32::from(end.date().day()) - 1);
        if first >= from && end + RECESSION_LAG <= to {
            days.push(first);
            values.push(if f64::midpoint(before, stress) >= RECESSION { 1.0 } else { 0.0 });
        }
        before = stress;
    }
    SampleSeries::new("usrec", days, values)
}

/// Mean of what belongs to each day's state.
fn mean(path: &[(Day, State)], of: [f64; 3]) -> f64 {
    path.iter().map(|(_, state)| of[state.index()]).sum::<f64>() / path.len() as f64
}

/// The Saturday that ends a weekday's week.
fn saturday(day: Day) -> Day {
    day + (5 - i32::from(day.weekday().to_monday_zero_offset()))
}
