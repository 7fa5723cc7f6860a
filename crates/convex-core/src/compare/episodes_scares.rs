//! Which leg gained in scares and recessions, counted.

use convex_stats::describe::median;

use super::episodes_share::{LEAST, wilson};
use super::group::{Group, absent, span};
use super::{Common, References};
use crate::Day;
use crate::Series;
use crate::figure::{Figures, Unavailable, Unit};

const SCARES: &str =
    "VIX closes at 25 or above, until it closes below 20; the ratio from the common day before to the end";
const RECESSIONS: &str = "months of recession, known only afterwards; the ratio from the common day before to the end";

const LEAVES: [&str; 6] = ["scares", "share", "share_95", "median_move", "recessions", "recessions_ahead"];

/// A stretch of time: the last day before it, and its last day.
pub(crate) type Stretch = (Day, Day);

/// `haven.*`, on levels of a pair with a ratio.
pub(super) fn put(figures: &mut Figures, levels: &Common, legs_are_volatility: bool, references: &References) {
    if legs_are_volatility {
        let why = Unavailable::NotMeaningful("scares are told by implied volatility, which is itself a leg");
        return put_absent(figures, &why);
    }
    let vix = match references.get("vixcls") {
        Ok(vix) => vix,
        Err(why) => return put_absent(figures, &why),
    };
    let moves = moves(levels, &scares(vix));
    // Scares are known from the first close of VIX on.
    let (first, last) = span(&levels.days);
    let first = vix.first().map_or(first, |(known, _)| known.max(first));
    let mut group = Group::new(figures, "haven", levels.days.len(), (first, last));
    group.count("scares", moves.len(), SCARES);
    if moves.len() < LEAST {
        let few = Unavailable::TooFew { have: moves.len(), need: LEAST };
        for leaf in ["share", "share_95", "median_move"] {
            group.put(leaf, Err(few.clone()));
        }
    } else {
        let ahead = moves.iter().filter(|moved| **moved > 0.0).count();
        let interval = wilson(ahead, moves.len());
        group.within("share", ahead as f64 / moves.len() as f64, interval, Unit::Fraction, SCARES).interval(
            "share_95",
            interval,
            Unit::Fraction,
            SCARES,
        );
        match median(&moves) {
            Ok(middle) => group.number("median_move", middle.exp_m1(), Unit::Fraction, SCARES),
            Err(why) => group.put("median_move", Err(why.into())),
        };
    }
    match references.get("usrec") {
        Ok(usrec) => {
            let moves = self::moves(levels, &recessions(usrec));
            let ahead = moves.iter().filter(|moved| **moved > 0.0).count();
            group.count("recessions", moves.len(), RECESSIONS).count("recessions_ahead", ahead, RECESSIONS);
        }
        Err(why) => {
            group.put("recessions", Err(why.clone())).put("recessions_ahead", Err(why));
        }
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "haven", &LEAVES, why);
}

/// Log change of the ratio over each stretch that lies within the common days.
pub(super) fn moves(levels: &Common, stretches: &[Stretch]) -> Vec<f64> {
    let (Some(first), Some(last)) = (levels.days.first(), levels.days.last()) else { return Vec::new() };
    let ratio = |day: Day| {
        let at = levels.days.partition_point(|known| *known <= day).checked_sub(1)?;
        Some((levels.a[at] / levels.b[at]).ln())
    };
    stretches
        .iter()
        .filter(|(before, end)| before >= first && end <= last)
        .filter_map(|(before, end)| Some(ratio(*end)? - ratio(*before)?))
        .collect()
}

/// Scares that are over: the day before VIX closed at 25 or above, and the day it closed below 20 again.
pub(crate) fn scares(vix: &Series) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut before: Option<Day> = None;
    let mut calm: Option<Day> = None;
    for (day, close) in vix.iter() {
        match before {
            None if close >= 25.0 => before = calm,
            Some(begun) if close < 20.0 => {
                found.push((begun, day));
                before = None;
            }
            _ => {}
        }
        calm = Some(day);
    }
    found
}

/// Recessions that are over, by whole months.
pub(crate) fn recessions(usrec: &Series) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut before: Option<Day> = None;
    let mut last: Option<Day> = None;
    for (day, flag) in usrec.iter() {
        match (before, flag >= 0.5) {
            (None, true) if last.is_some() => before = Some(day - 1),
            (Some(begun), false) => {
                found.push((begun, day - 1));
                before = None;
            }
            _ => {}
        }
        last = Some(day);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Series {
        let days = (0..values.len() as i32).map(|at| Day::from_epoch_days(at).unwrap()).collect();
        Series::new(days, values.to_vec()).unwrap()
    }

    #[test]
    fn stretches_run_from_the_day_before_and_only_whole_ones_count() {
        let day = |at| Day::from_epoch_days(at).unwrap();
        let vix = series(&[30.0, 19.0, 24.0, 25.0, 21.0, 26.0, 19.9, 40.0, 22.0]);
        assert_eq!(scares(&vix), [(day(2), day(6))]);
        assert_eq!(recessions(&series(&[0.0, 1.0, 1.0, 0.0, 1.0])), [(day(0), day(2))]);
        let levels = Common { days: vec![day(1), day(4), day(6)], a: vec![1.0, 2.0, 3.0], b: vec![1.0; 3] };
        assert_eq!(moves(&levels, &[(day(2), day(6)), (day(0), day(4)), (day(4), day(7))]), [3.0_f64.ln()]);
    }
}
