//! States known beforehand: what a reader could know when a change began.
//!
//! A state that conditions a change is the last value dated on or before the day the change begins; strictly before it
//! where a leg's day ends hours before New York closes (London gold fix, ECB fix), for then that value was not out yet.

use std::collections::VecDeque;

use crate::{Day, Series};

/// Sessions of the high that a drawdown is measured from.
const HIGH_SESSIONS: usize = 252;
/// Sessions a high needs.
const HIGH_NEEDS: usize = 60;

/// For each day on which a change begins, the last value of `series` known then; `None` before its first observation.
/// `begins` increases.
pub fn known_before(series: &Series, begins: &[Day], early: bool) -> Vec<Option<f64>> {
    let mut known = 0;
    begins
        .iter()
        .map(|begin| {
            let is_known = |day: Day| if early { day < *begin } else { day <= *begin };
            while known < series.len() && is_known(series.days()[known]) {
                known += 1;
            }
            (known > 0).then(|| series.values()[known - 1])
        })
        .collect()
}

/// Fall of each value below the highest of the trailing 252 observations (at least 60), as a fraction; days with fewer
/// observations behind them are left out.
pub fn drawdown_from_high(series: &Series) -> Series {
    let (mut days, mut falls) = (Vec::new(), Vec::new());
    // Positions of candidates for the maximum, their values falling: the front is the maximum of the window.
    let mut candidates: VecDeque<usize> = VecDeque::new();
    let values = series.values();
    for at in 0..values.len() {
        while candidates.back().is_some_and(|last| values[*last] <= values[at]) {
            candidates.pop_back();
        }
        candidates.push_back(at);
        if candidates[0] + HIGH_SESSIONS <= at {
            candidates.pop_front();
        }
        let high = values[candidates[0]];
        if at + 1 >= HIGH_NEEDS && high > 0.0 {
            days.push(series.days()[at]);
            falls.push(values[at] / high - 1.0);
        }
    }
    Series::new(days, falls).unwrap_or_else(|_| Series::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: i32) -> Day {
        Day::from_epoch_days(at).unwrap()
    }

    fn series(values: &[f64]) -> Series {
        Series::new((0..values.len() as i32).map(|at| day(at * 2)).collect(), values.to_vec()).unwrap()
    }

    #[test]
    fn an_early_close_knows_only_the_day_before() {
        let states = series(&[1.0, 2.0, 3.0]);
        let begins = [day(-1), day(0), day(1), day(2), day(9)];
        let known = |early| known_before(&states, &begins, early);
        assert_eq!(known(false), [None, Some(1.0), Some(1.0), Some(2.0), Some(3.0)]);
        assert_eq!(known(true), [None, None, Some(1.0), Some(1.0), Some(3.0)]);
    }

    #[test]
    fn the_high_is_that_of_the_last_year_of_sessions() {
        let mut values = vec![100.0; 60];
        values[0] = 200.0;
        values.extend(vec![50.0; 252]);
        let falls = drawdown_from_high(&series(&values));
        assert_eq!(falls.len(), values.len() - 59);
        assert_eq!(falls.first(), Some((day(118), -0.5)));
        // Session 251 still has the first one in its window; session 252 has not.
        assert_eq!(falls.values()[251 - 59..=252 - 59], [-0.75, -0.5]);
        assert_eq!(falls.last().map(|(_, fall)| fall), Some(0.0));
    }
}
