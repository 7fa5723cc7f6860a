//! The link over whole weeks and whole calendar months, which closes at different hours and holidays hardly touch.

use convex_stats::correlation::{pearson_influence, spearman_influence};
use convex_stats::{Interval, Undefined, long_run, regression};

use super::group::{absent, put_or_absent, span};
use super::{Common, periods_a_year};
use crate::Day;
use crate::catalog::ChangeKind;
use crate::change::change;
use crate::figure::{Figures, Unavailable, Unit};
use crate::weekly::friday_of;

const COUNT: &str = "changes between the last common days of neighbouring whole periods";
const SPEARMAN: &str = "Spearman over whole periods, interval by equal-weighted cosines on the z scale";
const PEARSON: &str = "Pearson over whole periods, interval by equal-weighted cosines on the z scale";
const BETA: &str = "ordinary least squares of a on b over whole periods, interval by equal-weighted cosines";

const LEAVES: [&str; 7] = ["n", "spearman", "spearman_ewc_95", "pearson", "ewc_95", "beta", "beta_ewc_95"];

/// Changes a correlation needs.
const LEAST: usize = 20;

/// A stretch of time over which changes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    /// Saturday to Friday.
    Week,
    /// A calendar month.
    Month,
}

const PERIODS: [(&str, Period); 2] = [("weekly", Period::Week), ("monthly", Period::Month)];

/// `weekly.*` and `monthly.*`.
pub(super) fn put(figures: &mut Figures, levels: &Common, kinds: [ChangeKind; 2]) {
    let a_year = periods_a_year(&levels.days);
    for (name, period) in PERIODS {
        if a_year <= period.a_year() {
            absent(figures, name, &LEAVES, &Unavailable::NotMeaningful(period.too_slow()));
            continue;
        }
        let (days, [a, b]) = changes(levels, kinds, period);
        let found = link(&a, &b);
        put_or_absent(figures, name, &LEAVES, found, (days.len(), span(&days)), |group, found| {
            let [(spearman, around_spearman), (pearson, around_pearson), (beta, around_beta)] = found;
            group
                .count("n", days.len(), COUNT)
                .within("spearman", spearman, around_spearman, Unit::Correlation, SPEARMAN)
                .interval("spearman_ewc_95", around_spearman, Unit::Correlation, SPEARMAN)
                .within("pearson", pearson, around_pearson, Unit::Correlation, PEARSON)
                .interval("ewc_95", around_pearson, Unit::Correlation, PEARSON)
                .within("beta", beta, around_beta, Unit::Ratio, BETA)
                .interval("beta_ewc_95", around_beta, Unit::Ratio, BETA);
        });
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    for (name, _) in PERIODS {
        absent(figures, name, &LEAVES, why);
    }
}

/// Changes of both legs over whole weeks, under the Friday that ends each.
pub(super) fn weekly_changes(levels: &Common, kinds: [ChangeKind; 2]) -> (Vec<Day>, [Vec<f64>; 2]) {
    changes(levels, kinds, Period::Week)
}

/// Spearman, Pearson and beta, each with its interval.
fn link(a: &[f64], b: &[f64]) -> Result<[(f64, Interval); 3], Undefined> {
    if a.len() < LEAST {
        return Err(Undefined::TooFew { have: a.len(), need: LEAST });
    }
    let mut found = [(0.0, Interval { low: 0.0, high: 0.0 }); 3];
    for (place, influence) in [spearman_influence(a, b)?, pearson_influence(a, b)?].into_iter().enumerate() {
        let half = long_run::half_width(&influence.score)?;
        found[place] = (influence.correlation, Interval::around_correlation(influence.correlation, half));
    }
    let slope = regression::slope(a, b, LEAST)?;
    found[2] = (slope.beta, slope.ewc_95);
    Ok(found)
}

impl Period {
    fn a_year(self) -> f64 {
        match self {
            Self::Week => 52.0,
            Self::Month => 12.0,
        }
    }

    fn too_slow(self) -> &'static str {
        match self {
            Self::Week => "the pair is not observed more than once a week",
            Self::Month => "the pair is not observed more than once a month",
        }
    }

    /// The last day of the period that holds `day`.
    fn end(self, day: Day) -> Day {
        match self {
            Self::Week => friday_of(day),
            Self::Month => day.end_of_month(),
        }
    }

    /// Whether one period follows the other, both told by their last days.
    fn follow(self, first: Day, second: Day) -> bool {
        match self {
            Self::Week => second - first == 7,
            Self::Month => self.end(first + 1) == second,
        }
    }
}

/// Changes of both legs from the last common day of one whole period to that of the next, under the period's last day.
fn changes(levels: &Common, kinds: [ChangeKind; 2], period: Period) -> (Vec<Day>, [Vec<f64>; 2]) {
    let ends = whole_periods(&levels.days, period);
    let (mut days, mut moves) = (Vec::new(), [Vec::new(), Vec::new()]);
    for pair in ends.windows(2) {
        let ((before, from), (end, to)) = (pair[0], pair[1]);
        // A period without a common day makes both changes around it unknown.
        if !period.follow(before, end) {
            continue;
        }
        let moved = change(kinds[0], levels.a[from], levels.a[to]).zip(change(kinds[1], levels.b[from], levels.b[to]));
        if let Some((a, b)) = moved {
            days.push(end);
            moves[0].push(a);
            moves[1].push(b);
        }
    }
    (days, moves)
}

/// The last day of each period with a common day, and the position of its last common day. The last period counts only if
/// no session of it can be missing.
fn whole_periods(days: &[Day], period: Period) -> Vec<(Day, usize)> {
    let mut ends: Vec<(Day, usize)> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let end = period.end(*day);
        if ends.last().is_some_and(|(known, _)| *known == end) {
            ends.pop();
        }
        ends.push((end, at));
    }
    let every_day = days.iter().any(|day| day.is_weekend());
    if let Some((end, at)) = ends.last().copied() {
        let missing = (1..=end - days[at]).any(|later| every_day || !(days[at] + later).is_weekend());
        if missing {
            ends.pop();
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[&str]) -> Vec<Day> {
        days.iter().map(|day| day.parse().unwrap()).collect()
    }

    #[test]
    fn the_last_period_counts_only_when_it_is_over() {
        let month = |all: &[&str]| whole_periods(&days(all), Period::Month).len();
        // 31 May 2025 is a Saturday: Friday the 30th ends the month of a market that rests on weekends.
        assert_eq!(month(&["2025-04-30", "2025-05-30"]), 2);
        assert_eq!(month(&["2025-04-30", "2025-05-29"]), 1);
        assert_eq!(month(&["2025-04-30", "2025-05-25", "2025-05-30"]), 1);
        let week = |all: &[&str]| whole_periods(&days(all), Period::Week).len();
        assert_eq!(week(&["2025-05-23", "2025-05-29"]), 1);
        assert_eq!(week(&["2025-05-23", "2025-05-29", "2025-06-02"]), 2);
    }

    #[test]
    fn a_period_without_a_common_day_has_no_change_on_either_side() {
        let levels = Common {
            days: days(&["2025-01-31", "2025-02-28", "2025-04-30", "2025-05-15", "2025-05-30"]),
            a: vec![1.0, 2.0, 8.0, 99.0, 16.0],
            b: vec![3.0, 4.0, 5.0, 99.0, 7.0],
        };
        let (ends, [a, b]) = changes(&levels, [ChangeKind::Log, ChangeKind::Difference], Period::Month);
        assert_eq!(ends, days(&["2025-02-28", "2025-05-31"]));
        assert!(a.len() == 2 && a.iter().all(|change| (change - 2.0_f64.ln()).abs() < 1e-12), "{a:?}");
        assert_eq!(b, [1.0, 2.0]);
    }
}
