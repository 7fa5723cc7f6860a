//! Which leg led in bull and bear markets and late in the cycle, counted.

use super::episodes_scares::{Stretch, moves, recessions};
use super::episodes_share::{LEAST, wilson};
use super::group::{Group, absent, span};
use super::{Common, References};
use crate::Series;
use crate::figure::{Figures, Unavailable, Unit};

const MARKETS: &str =
    "S&P 500 (SPY): a rise of 20 % from the low is a bull market, a fall of 20 % from the high a bear market";
const LATE: &str = "the twelve months before each recession, known only afterwards";

/// A move of the market that turns one phase into the other.
const TURN: f64 = 0.20;
/// Calendar days before a recession that are called late.
const YEAR: i32 = 365;

const MARKET_LEAVES: [&str; 8] =
    ["cycles", "bulls", "bears", "bull_share", "bull_share_95", "bear_share", "bear_share_95", "years_needed"];
const LATE_LEAVES: [&str; 4] = ["recessions", "share", "share_95", "years_needed"];

/// `bull_bear.*` and `late_cycle.*`, on levels of a pair with a ratio.
pub(super) fn put(figures: &mut Figures, levels: &Common, references: &References) {
    let whole = span(&levels.days);
    // Years of both legs in which the phases themselves are known.
    let years = |known: &Series| {
        let first = known.first().map_or(whole.0, |(first, _)| first.max(whole.0));
        f64::from(whole.1.epoch_days() - first.epoch_days()) / 365.25
    };
    match references.get("spy") {
        Ok(spy) => {
            let [bulls, bears] = phases(spy).map(|stretches| moves(levels, &stretches));
            let mut group = Group::new(figures, "bull_bear", levels.days.len(), whole);
            let cycles = bulls.len().min(bears.len());
            group.count("cycles", cycles, MARKETS);
            group.count("bulls", bulls.len(), MARKETS).count("bears", bears.len(), MARKETS);
            put_share(&mut group, "bull_share", &bulls, cycles, MARKETS);
            put_share(&mut group, "bear_share", &bears, cycles, MARKETS);
            put_years_needed(&mut group, cycles, years(spy), MARKETS);
        }
        Err(why) => absent(figures, "bull_bear", &MARKET_LEAVES, &why),
    }
    match references.get("usrec") {
        Ok(usrec) => {
            let late: Vec<Stretch> = recessions(usrec).into_iter().map(|(before, _)| (before - YEAR, before)).collect();
            let late = moves(levels, &late);
            let mut group = Group::new(figures, "late_cycle", levels.days.len(), whole);
            group.count("recessions", late.len(), LATE);
            put_share(&mut group, "share", &late, late.len(), LATE);
            put_years_needed(&mut group, late.len(), years(usrec), LATE);
        }
        Err(why) => absent(figures, "late_cycle", &LATE_LEAVES, &why),
    }
}

fn put_share(group: &mut Group<'_>, leaf: &str, moves: &[f64], cases: usize, method: &'static str) {
    let interval = format!("{leaf}_95");
    if cases < LEAST {
        let few = Unavailable::TooFew { have: cases, need: LEAST };
        group.put(leaf, Err(few.clone())).put(&interval, Err(few));
        return;
    }
    let ahead = moves.iter().filter(|moved| **moved > 0.0).count();
    let wilson = wilson(ahead, moves.len());
    group.within(leaf, ahead as f64 / moves.len() as f64, wilson, Unit::Fraction, method).interval(
        &interval,
        wilson,
        Unit::Fraction,
        method,
    );
}

/// Years of history that would hold eight cases at the pace so far.
fn put_years_needed(group: &mut Group<'_>, cases: usize, years: f64, method: &'static str) {
    if cases == 0 {
        group.put("years_needed", Err(Unavailable::NotMeaningful("none so far")));
    } else {
        group.number("years_needed", years * LEAST as f64 / cases as f64, Unit::Count, method);
    }
}

/// Bull and bear markets that are over: from each turning point to the next. The first phase, whose beginning is not seen,
/// is left out.
fn phases(market: &Series) -> [Vec<Stretch>; 2] {
    let mut turns = Vec::new();
    let Some((first, level)) = market.first() else { return [Vec::new(), Vec::new()] };
    let (mut high, mut low) = ((first, level), (first, level));
    // Whether the market is rising, once that is known.
    let mut rising: Option<bool> = None;
    for (day, level) in market.iter() {
        if level > high.1 {
            high = (day, level);
        }
        if level < low.1 {
            low = (day, level);
        }
        if rising != Some(false) && level <= high.1 * (1.0 - TURN) {
            turns.push((high.0, false));
            (rising, low) = (Some(false), (day, level));
        } else if rising != Some(true) && level >= low.1 * (1.0 + TURN) {
            turns.push((low.0, true));
            (rising, high) = (Some(true), (day, level));
        }
    }
    let between = |up: bool| {
        turns.windows(2).skip(1).filter(|pair| pair[0].1 == up).map(|pair| (pair[0].0, pair[1].0)).collect::<Vec<_>>()
    };
    [between(true), between(false)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    #[test]
    fn phases_run_from_turn_to_turn() {
        let values = [100.0, 120.0, 95.0, 90.0, 109.0, 130.0, 103.0, 100.0, 125.0];
        let day = |at| Day::from_epoch_days(at).unwrap();
        let market = Series::new((0..9).map(day).collect(), values.to_vec()).unwrap();
        // Turns: up at 0, down from 1, up from 3, down from 5, up from 7; the first phase and the open one do not count.
        assert_eq!(phases(&market), [vec![(day(3), day(5))], vec![(day(1), day(3)), (day(5), day(7))]]);
    }
}
