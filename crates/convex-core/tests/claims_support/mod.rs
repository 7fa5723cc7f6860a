//! Simulated markets for tests of claims.

#![expect(clippy::unwrap_used, reason = "a simulation that cannot be built fails its test")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use convex_core::catalog::{Cadence, Catalog, ChangeKind, Metric, PairKind};
use convex_core::compare::{Comparison, Leg, Options, References, compare};
use convex_core::figure::{Estimate, Interval, Unit};
use convex_core::{Basis, Day, Series};

/// One pair of each kind, and pairs with releases.
pub(crate) const PAIRS: [[&str; 2]; 10] = [
    ["dia", "iwm"],
    ["xly", "xlp"],
    ["iwm", "vixcls"],
    ["gold", "wti"],
    ["gold", "silver"],
    ["dgs10", "dgs2"],
    ["hyg", "spy"],
    ["gold", "dgs10"],
    ["icsa", "unrate"],
    ["spy", "icsa"],
];

/// Weekdays of the simulation.
const DAYS: usize = 2_600;

/// The comparison of two simulated series, computed once.
pub(crate) fn compared(pair: [&str; 2]) -> Comparison {
    type Known = Mutex<HashMap<[String; 2], Comparison>>;
    static KNOWN: OnceLock<Known> = OnceLock::new();
    let key = pair.map(str::to_owned);
    let known = KNOWN.get_or_init(Known::default);
    if let Some(found) = known.lock().unwrap().get(&key) {
        return found.clone();
    }
    let found = between(pair, series(pair[0]));
    known.lock().unwrap().insert(key, found.clone());
    found
}

/// The same with one value of the first leg rewritten.
pub(crate) fn moved(pair: [&str; 2]) -> Comparison {
    let leg = series(pair[0]);
    let mut values = leg.values().to_vec();
    values[DAYS / 2] *= 1.05;
    between(pair, Series::new(leg.days().to_vec(), values).unwrap())
}

/// Sets a figure; its interval is left out unless given.
pub(crate) fn with(comparison: &mut Comparison, name: &str, value: f64, interval: Option<Interval>) {
    let span = (comparison.common.days[0], *comparison.common.days.last().unwrap());
    let unit = comparison.figures.estimate(name).map_or(Unit::Ratio, |estimate| estimate.unit);
    let mut estimate = Estimate::number(value, unit, 100, span, "set by a test").unwrap();
    estimate.interval = interval.or(comparison.figures.estimate(name).and_then(|known| known.interval));
    comparison.figures.put(name, Ok(estimate));
}

fn between(pair: [&str; 2], first: Series) -> Comparison {
    let [a, b] = pair.map(metric);
    let kind = PairKind::of(&a, &b);
    let leg = |metric, series| Leg { metric, series, provider: None, version: 1, total_return: None };
    let second = series(pair[1]);
    let mut references = References::default();
    for id in References::IDS {
        references.put(id, series(id));
    }
    let options = Options { kind, pair: None, as_of: None, basis: Basis::Price, sample: false, references };
    compare(leg(a, first), leg(b, second), options)
}

fn metric(id: &str) -> Arc<Metric> {
    Catalog::builtin().resolve(id).unwrap_or_else(|| panic!("{id} is not in the catalogue")).clone()
}

/// A series whose changes are part market, part its own; volatility returns to its mean, recessions come every five years.
fn series(id: &str) -> Series {
    let metric = metric(id);
    let own: u64 = id.bytes().fold(17, |sum, byte| sum * 31 + u64::from(byte));
    let mut level = 0.0;
    let path: Vec<f64> = (0..DAYS)
        .map(|t| {
            let common = noise(1, t);
            let sign = if id == "vixcls" || id == "bamlh0a0hym2" { -1.0 } else { 1.0 };
            level += sign * 0.007 * common + 0.008 * noise(own, t);
            if id == "vixcls" {
                level -= 0.02 * level - 0.04 * noise(own + 1, t);
            }
            level
        })
        .collect();
    let values = |at: usize| match (id, metric.change) {
        ("usrec", _) => f64::from(u8::from(at % 1_300 > 1_200)),
        ("vixcls", _) => 18.0 * path[at].exp(),
        (_, ChangeKind::Log) => 100.0 * path[at].exp(),
        (_, ChangeKind::Difference) => 3.0 + 5.0 * path[at],
    };
    let monday = Day::new(2010, 1, 4).unwrap();
    let days = (0..DAYS).map(|at| monday + (at / 5 * 7 + at % 5) as i32);
    let chosen = days.enumerate().filter(|(_, day)| match metric.cadence {
        Cadence::Monthly => day.date().day() <= 7 && day.weekday().to_monday_zero_offset() == 0,
        Cadence::Weekly => day.weekday().to_monday_zero_offset() == 4,
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => true,
    });
    let first_of_month =
        |day: Day| if metric.cadence == Cadence::Monthly { Day::new(day.year(), day.month(), 1).unwrap() } else { day };
    let (days, values): (Vec<Day>, Vec<f64>) = chosen.map(|(at, day)| (first_of_month(day), values(at))).unzip();
    Series::new(days, values).unwrap()
}

/// Roughly normal noise of unit variance, the same for the same stream and place.
fn noise(stream: u64, at: usize) -> f64 {
    let uniform = |k: u64| {
        let mut bits =
            stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ ((at as u64 * 4 + k).wrapping_mul(0xbf58_476d_1ce4_e5b9));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    (0..4).map(uniform).sum::<f64>() * 3.0_f64.sqrt()
}
