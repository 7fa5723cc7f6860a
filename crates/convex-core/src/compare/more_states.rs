//! States besides the VIX and the S&P's drawdown: recession, yields, the curve, credit spreads; and their episodes.

use super::{Changes, References};
use crate::figure::Unavailable;
use crate::state::known_before;
use crate::{Day, Series};

/// Observations over which a direction is told.
const DIRECTION: usize = 63;
/// Changes outside a state that end an episode of it: a value that flickers about its border is one episode, not many.
const APART: usize = 21;

/// The states, by name.
pub const MORE_STATES: [&str; 7] = [
    "recession",
    "yield_rising",
    "yield_falling",
    "curve_inverted",
    "curve_normal",
    "spread_widening",
    "spread_narrowing",
];

/// What a state's changes are, in words.
pub(super) fn method(state: &str) -> &'static str {
    match state {
        "recession" => "changes that began in a month the NBER has since dated a recession: known only afterwards",
        "yield_rising" | "yield_falling" => {
            "changes that began with the 10-year yield above or below where it stood 63 observations before, as known then"
        }
        "curve_inverted" | "curve_normal" => {
            "changes that began with the 10-year less 2-year yield below 0, or at 0 and above, as known then"
        }
        "spread_widening" | "spread_narrowing" => {
            "changes that began with the high-yield spread above or below where it stood 63 observations before, as known then"
        }
        _ => "changes that began in the state; the state is the last value known then",
    }
}

/// For each state, which changes began in it.
pub(super) fn masks(
    changes: &Changes,
    early: bool,
    references: &References,
) -> [(&'static str, Result<Vec<bool>, Unavailable>); 7] {
    let known = |id, transform: fn(&Series) -> Series| {
        references.get(id).map(|series| known_before(&transform(series), &changes.begins, early))
    };
    let yields = known("dgs10", direction);
    let curve = known("t10y2y", Series::clone);
    let spread = known("bamlh0a0hym2", direction);
    let mask = |known: &Result<Vec<Option<f64>>, Unavailable>, inside: fn(f64) -> bool| {
        known.clone().map(|known| known.iter().map(|value| value.is_some_and(inside)).collect())
    };
    [
        (MORE_STATES[0], references.get("usrec").map(|flags| in_recession(flags, &changes.begins))),
        (MORE_STATES[1], mask(&yields, |moved| moved > 0.0)),
        (MORE_STATES[2], mask(&yields, |moved| moved < 0.0)),
        (MORE_STATES[3], mask(&curve, |slope| slope < 0.0)),
        (MORE_STATES[4], mask(&curve, |slope| slope >= 0.0)),
        (MORE_STATES[5], mask(&spread, |moved| moved > 0.0)),
        (MORE_STATES[6], mask(&spread, |moved| moved < 0.0)),
    ]
}

/// Separate stretches of a state, at least [`APART`] changes outside it between two of them.
pub(super) fn episodes(mask: &[bool]) -> usize {
    let mut last: Option<usize> = None;
    let mut episodes = 0;
    for at in (0..mask.len()).filter(|at| mask[*at]) {
        if last.is_none_or(|last| at - last > APART) {
            episodes += 1;
        }
        last = Some(at);
    }
    episodes
}

/// Change of each observation from that 63 before. Rounding noise is no direction.
fn direction(series: &Series) -> Series {
    let (days, values) = (series.days(), series.values());
    let moved = values.iter().zip(values.iter().skip(DIRECTION)).map(|(before, now)| {
        let moved = now - before;
        if moved.abs() < 1e-9 { 0.0 } else { moved }
    });
    Series::new(days.iter().skip(DIRECTION).copied().collect(), moved.collect()).unwrap_or_else(|_| Series::empty())
}

/// Whether each day lies in a month flagged as a recession; a month without a flag does not.
fn in_recession(flags: &Series, begins: &[Day]) -> Vec<bool> {
    let in_month = |day: Day| {
        let (dated, flag) = flags.at_or_before(day)?;
        (dated.end_of_month() == day.end_of_month()).then_some(flag)
    };
    begins.iter().map(|day| in_month(*day).is_some_and(|flag| flag > 0.5)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flicker_is_one_episode() {
        let mut mask = vec![false; 100];
        for at in [0, 1, 5, 26, 48, 99] {
            mask[at] = true;
        }
        // 5 to 26 has twenty changes outside, 26 to 48 twenty-one.
        assert_eq!(episodes(&mask), 3);
        assert_eq!(episodes(&[]), 0);
    }

    #[test]
    fn a_month_without_a_flag_is_no_recession() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let flags = Series::new(vec![day("2020-03-01"), day("2020-04-01")], vec![1.0, 1.0]).unwrap();
        let begins = ["2020-02-28", "2020-03-02", "2020-04-30", "2020-05-01"].map(day);
        assert_eq!(in_recession(&flags, &begins), [false, true, true, false]);
    }

    #[test]
    fn direction_is_the_change_over_63_observations() {
        let days: Vec<Day> = (0..70).map(|at| Day::from_epoch_days(at).unwrap()).collect();
        let series = Series::new(days, (0..70).map(|at| f64::from(at * at)).collect()).unwrap();
        let moved = direction(&series);
        assert_eq!((moved.len(), moved.values()[0], moved.values()[6]), (7, 3969.0, 4725.0));
    }
}
