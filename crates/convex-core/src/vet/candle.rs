//! Whether a day's open, high and low can be true.

use super::judge::Bench;
use super::{Candle, Caution, Point};

/// Rounding of a provider's prices, as a share: floats of 32 bits keep seven digits.
const ROUNDING: f64 = 1e-6;

/// The ranges of the accepted days that can be true, in order. One that cannot is dropped with a remark; the close stays.
pub(super) fn possible(bench: &mut Bench<'_>, accepted: &[Point]) -> Vec<Candle> {
    let mut candles: Vec<Candle> = bench.offer.candles.to_vec();
    candles.sort_by_key(|candle| candle.day);
    candles.dedup_by_key(|candle| candle.day);
    let mut kept = Vec::with_capacity(candles.len());
    for candle in candles {
        let Ok(at) = accepted.binary_search_by_key(&candle.day, |point| point.day) else { continue };
        if is_possible(candle, accepted[at].value) {
            kept.push(candle);
        } else {
            bench.remark(candle.day, Caution::Candle);
        }
    }
    kept
}

fn is_possible(candle: Candle, close: f64) -> bool {
    let Candle { open, high, low, .. } = candle;
    let given = [open, high, low];
    if given.into_iter().flatten().any(|value| !value.is_finite()) {
        return false;
    }
    // A zero stands for "not traded" in old rows of several providers.
    if close > 0.0 && given.into_iter().flatten().any(|value| value <= 0.0) {
        return false;
    }
    let slack = ROUNDING * close.abs();
    let inside =
        |value: f64| high.is_none_or(|high| value <= high + slack) && low.is_none_or(|low| value >= low - slack);
    inside(close) && open.is_none_or(inside) && high.is_none_or(inside) && low.is_none_or(inside)
}
