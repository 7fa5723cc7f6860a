//! How old the last observation of a series is, against what its type leads one to expect.
//!
//! Sessions are counted as weekdays (every day for seven-day series); exchange holidays are not known here, so a holiday
//! counts as one missed session and a series is called late only after one full session of grace.

use crate::align::period_end;
use crate::catalog::{Cadence, Metric, TradingCalendar};
use crate::{Day, Series};

/// Age of a series on a given day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The state a reader sees.
    pub state: AgeState,
    /// Day of the last observation; `None` if there is none.
    pub last: Option<Day>,
    /// Day on which the next observation was or is due; `None` where none is expected.
    pub due: Option<Day>,
    /// Calendar days from the last observation (for a release: from the end of its period) to the day of the look.
    pub days_old: i32,
    /// Observations that should have come since and have not.
    pub missed: usize,
}

/// The states of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeState {
    /// Nothing is overdue.
    Fresh,
    /// One or two observations are overdue.
    Late,
    /// More are overdue.
    Stale,
    /// No further observation is expected.
    Discontinued,
    /// There is no observation at all.
    Empty,
}

impl AgeState {
    /// The word a reader sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Discontinued => "discontinued",
            Self::Empty => "nothing stored",
        }
    }
}

/// Overdue observations up to which a series is called late, not stale.
const LATE_UP_TO: usize = 2;

/// The age of `series` for a reader who looks on `today`.
pub fn freshness(metric: &Metric, series: &Series, today: Day) -> Freshness {
    let Some((last, _)) = series.last() else {
        return Freshness { state: AgeState::Empty, last: None, due: None, days_old: 0, missed: 0 };
    };
    let days_old = (today - period_end(metric.cadence, last)).max(0);
    if metric.discontinued.is_some_and(|end| last >= end || today > end) {
        return Freshness { state: AgeState::Discontinued, last: Some(last), due: None, days_old, missed: 0 };
    }
    let next = due_after(metric, last);
    let missed = overdue(metric, last, today);
    let state = match missed {
        0 => AgeState::Fresh,
        1..=LATE_UP_TO => AgeState::Late,
        _ => AgeState::Stale,
    };
    Freshness { state, last: Some(last), due: Some(next), days_old, missed }
}

/// The day by whose end the observation after `last` should be known.
fn due_after(metric: &Metric, last: Day) -> Day {
    let lag = i32::from(metric.publication_lag_days);
    match metric.cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => next_session(metric, last) + lag,
        Cadence::Weekly => last + 7 + lag,
        Cadence::Monthly => (last.end_of_month() + 1).end_of_month() + lag,
    }
}

/// How many observations were due strictly before `today` (a daily one is due by the end of its day).
fn overdue(metric: &Metric, last: Day, today: Day) -> usize {
    if due_after(metric, last) >= today {
        return 0;
    }
    let lag = i32::from(metric.publication_lag_days);
    match metric.cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => sessions_between(metric, last + lag, today),
        Cadence::Weekly => ((today - 1 - lag - last) / 7).max(0) as usize,
        Cadence::Monthly => {
            let months = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month());
            let complete = today - 1 - lag;
            // The month that `complete` falls in counts only once it has ended.
            let ended = months(complete) - i32::from(complete != complete.end_of_month());
            (ended - months(last)).max(0) as usize
        }
    }
}

fn every_day(metric: &Metric) -> bool {
    metric.calendar == TradingCalendar::SevenDay
}

fn next_session(metric: &Metric, day: Day) -> Day {
    let next = day + 1;
    if every_day(metric) || !next.is_weekend() { next } else { next_session(metric, next) }
}

/// Sessions strictly between two days.
fn sessions_between(metric: &Metric, after: Day, before: Day) -> usize {
    let days = (before - after - 1).max(0);
    if every_day(metric) {
        return days as usize;
    }
    let whole_weeks = days / 7;
    let rest = (1..=days % 7).filter(|step| !(after + whole_weeks * 7 + *step).is_weekend()).count();
    whole_weeks as usize * 5 + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(cadence: Cadence, lag: u16, last: &str, today: &str) -> Freshness {
        let metric = Metric { cadence, publication_lag_days: lag, ..Metric::uncatalogued("x") };
        let series = Series::new(vec![last.parse().unwrap()], vec![1.0]).unwrap();
        freshness(&metric, &series, today.parse().unwrap())
    }

    #[test]
    fn a_daily_close_is_fresh_over_the_weekend_and_late_after_a_session() {
        // 2025-01-03 is a Friday.
        for today in ["2025-01-03", "2025-01-04", "2025-01-05", "2025-01-06"] {
            assert_eq!(look(Cadence::Daily, 0, "2025-01-03", today).state, AgeState::Fresh, "{today}");
        }
        let tuesday = look(Cadence::Daily, 0, "2025-01-03", "2025-01-07");
        assert_eq!((tuesday.state, tuesday.missed, tuesday.days_old), (AgeState::Late, 1, 4));
        assert_eq!(look(Cadence::Daily, 0, "2025-01-03", "2025-01-09").state, AgeState::Stale);
    }

    #[test]
    fn an_old_close_says_by_how_much() {
        let age = look(Cadence::Daily, 0, "2025-12-31", "2026-11-20");
        assert_eq!((age.state, age.days_old), (AgeState::Stale, 324));
        // 2026-01-01 (a Thursday) to 2026-11-19 (a Thursday): 46 weeks and one day.
        assert_eq!(age.missed, 231);
    }

    #[test]
    fn a_monthly_release_waits_for_its_lag() {
        // October's release, dated the first, is due twelve days after the end of November for November.
        assert_eq!(look(Cadence::Monthly, 12, "2025-10-01", "2025-12-12").state, AgeState::Fresh);
        let late = look(Cadence::Monthly, 12, "2025-10-01", "2025-12-13");
        assert_eq!(
            (late.state, late.missed, late.due.unwrap().to_string()),
            (AgeState::Late, 1, "2025-12-12".to_owned())
        );
        assert_eq!(look(Cadence::Monthly, 12, "2025-10-01", "2026-03-01").missed, 3);
    }

    #[test]
    fn a_weekly_release_waits_for_its_lag() {
        assert_eq!(look(Cadence::Weekly, 5, "2025-12-27", "2026-01-08").state, AgeState::Fresh);
        assert_eq!(look(Cadence::Weekly, 5, "2025-12-27", "2026-01-09").missed, 1);
    }

    #[test]
    fn a_discontinued_series_is_not_late() {
        let end: Day = "2021-12-31".parse().unwrap();
        let metric = Metric { discontinued: Some(end), ..Metric::uncatalogued("x") };
        let series = Series::new(vec![end], vec![1.0]).unwrap();
        assert_eq!(freshness(&metric, &series, "2026-01-01".parse().unwrap()).state, AgeState::Discontinued);
        assert_eq!(freshness(&metric, &Series::empty(), end).state, AgeState::Empty);
    }
}
