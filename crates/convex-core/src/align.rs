//! Which days two series share, and what the levels are on them.
//!
//! Statistics never fill forward: a day counts only if both series have a value on it. Series of different cadence meet
//! at the end of the slower one's period, where the faster one is sampled.

use std::cmp::Ordering;

use crate::catalog::{Cadence, ChangeKind, Metric};
use crate::compare::Common;
use crate::{Day, Series};

/// A faster series is sampled at the end of a period only if it was observed within this many days before it.
const SAMPLE_REACH_DAYS: i32 = 7;

/// Levels of two series on the days they share. `multi_session` marks, for each common day after the first, whether
/// either series was observed between it and the common day before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aligned {
    /// Days and levels.
    pub common: Common,
    /// For each step between common days, whether it skips an observation of either leg.
    pub skips: Vec<bool>,
}

/// Brings two series to their common days.
///
/// Equal cadence: the days both have. Two weekly series of different weekdays: the Saturday that ends their week.
/// Different cadence: the end of the slower series' period, where the faster one is sampled.
pub fn align(a: &Metric, a_series: &Series, b: &Metric, b_series: &Series) -> Aligned {
    let (pace_a, pace_b) = (pace(a.cadence), pace(b.cadence));
    let (a_dated, b_dated) = match pace_a.cmp(&pace_b) {
        Ordering::Equal if pace_a == Pace::Weekly && !share_weekday(a_series, b_series) => {
            (by_week(a_series), by_week(b_series))
        }
        Ordering::Equal => (a_series.clone(), b_series.clone()),
        Ordering::Greater => {
            let slow = at_period_ends(a_series, pace_a);
            let sampled = sampled_at(b_series, slow.days());
            (slow, sampled)
        }
        Ordering::Less => {
            let slow = at_period_ends(b_series, pace_b);
            (sampled_at(a_series, slow.days()), slow)
        }
    };
    intersect(&a_dated, &b_dated)
}

/// The last day of the period an observation describes: a monthly release is dated the first of its month.
pub fn period_end(cadence: Cadence, day: Day) -> Day {
    match cadence {
        Cadence::Monthly => day.end_of_month(),
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily | Cadence::Weekly => day,
    }
}

/// The observations of a metric that were public at the end of `day`: period end plus publication lag on or before it.
pub fn public_by(metric: &Metric, series: &Series, day: Day) -> Series {
    let lag = i32::from(metric.publication_lag_days);
    if lag == 0 && metric.cadence != Cadence::Monthly {
        return series.until(day);
    }
    let known = series.days().partition_point(|dated| period_end(metric.cadence, *dated) + lag <= day);
    series.days().get(known).map_or_else(|| series.clone(), |first_unknown| series.until(*first_unknown - 1))
}

/// Whether a level can enter a formula of its metric's kind (logarithms need positive values).
pub fn usable(kind: ChangeKind, value: f64) -> bool {
    match kind {
        ChangeKind::Log => value > 0.0,
        ChangeKind::Difference => true,
    }
}

/// How often a series is observed, as far as alignment is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Pace {
    /// Once a day or more often.
    Daily,
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
}

pub(crate) fn pace(cadence: Cadence) -> Pace {
    match cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => Pace::Daily,
        Cadence::Weekly => Pace::Weekly,
        Cadence::Monthly => Pace::Monthly,
    }
}

fn share_weekday(a: &Series, b: &Series) -> bool {
    let weekday = |series: &Series| series.last().map(|(day, _)| day.weekday());
    weekday(a) == weekday(b)
}

pub(crate) fn by_week(series: &Series) -> Series {
    redated(series, |day| {
        // Sunday begins the week: its offset from Saturday is six days.
        let to_saturday = 6 - i32::from(day.weekday().to_sunday_zero_offset());
        day + to_saturday
    })
}

pub(crate) fn at_period_ends(series: &Series, pace: Pace) -> Series {
    match pace {
        Pace::Monthly => redated(series, Day::end_of_month),
        Pace::Daily | Pace::Weekly => series.clone(),
    }
}

/// The same values under later days; of several values that fall on one day the last stays.
fn redated(series: &Series, to: impl Fn(Day) -> Day) -> Series {
    let (mut days, mut values): (Vec<Day>, Vec<f64>) = (Vec::new(), Vec::new());
    for (day, value) in series.iter() {
        let day = to(day);
        if days.last() == Some(&day) {
            values.pop();
        } else {
            days.push(day);
        }
        values.push(value);
    }
    Series::new(days, values).unwrap_or_else(|_| Series::empty())
}

pub(crate) fn sampled_at(fast: &Series, ends: &[Day]) -> Series {
    let sampled = ends.iter().filter_map(|end| {
        let (day, value) = fast.at_or_before(*end)?;
        (*end - day < SAMPLE_REACH_DAYS).then_some((*end, value))
    });
    let (days, values) = sampled.unzip();
    Series::new(days, values).unwrap_or_else(|_| Series::empty())
}

fn intersect(a: &Series, b: &Series) -> Aligned {
    let mut aligned = Aligned::default();
    let (mut i, mut j, mut skipped) = (0, 0, false);
    while i < a.len() && j < b.len() {
        let (day_a, day_b) = (a.days()[i], b.days()[j]);
        if day_a == day_b {
            if !aligned.common.days.is_empty() {
                aligned.skips.push(skipped);
            }
            aligned.common.days.push(day_a);
            aligned.common.a.push(a.values()[i]);
            aligned.common.b.push(b.values()[j]);
            skipped = false;
            i += 1;
            j += 1;
        } else {
            skipped = true;
            if day_a < day_b {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(observations: &[(&str, f64)]) -> Series {
        let (days, values) = observations.iter().map(|(day, value)| (day.parse::<Day>().unwrap(), *value)).unzip();
        Series::new(days, values).unwrap()
    }

    fn metric(cadence: Cadence) -> Metric {
        Metric { cadence, ..Metric::uncatalogued("x") }
    }

    fn days(aligned: &Aligned) -> Vec<String> {
        aligned.common.days.iter().map(Day::to_string).collect()
    }

    #[test]
    fn equal_cadence_keeps_only_shared_days_and_marks_skips() {
        let a = series(&[("2025-01-02", 1.0), ("2025-01-03", 2.0), ("2025-01-06", 3.0), ("2025-01-07", 4.0)]);
        let b = series(&[("2025-01-02", 5.0), ("2025-01-06", 6.0), ("2025-01-07", 7.0)]);
        let aligned = align(&metric(Cadence::Daily), &a, &metric(Cadence::Daily), &b);
        assert_eq!(days(&aligned), ["2025-01-02", "2025-01-06", "2025-01-07"]);
        assert_eq!(aligned.skips, [true, false]);
        assert_eq!(aligned.common.a, [1.0, 3.0, 4.0]);
    }

    #[test]
    fn a_release_meets_the_market_at_the_end_of_its_month() {
        let release = series(&[("2025-01-01", 4.1), ("2025-02-01", 4.2), ("2025-03-01", 4.3)]);
        let market = series(&[("2025-01-02", 10.0), ("2025-01-31", 11.0), ("2025-02-28", 12.0), ("2025-03-05", 13.0)]);
        let aligned = align(&metric(Cadence::Monthly), &release, &metric(Cadence::Daily), &market);
        // March has not ended: the market's last observation is weeks before the 31st.
        assert_eq!(days(&aligned), ["2025-01-31", "2025-02-28"]);
        assert_eq!(aligned.common.b, [11.0, 12.0]);
        let turned = align(&metric(Cadence::Daily), &market, &metric(Cadence::Monthly), &release);
        assert_eq!(turned.common.a, [11.0, 12.0]);
    }

    #[test]
    fn weekly_series_of_different_weekdays_meet_on_saturday() {
        let wednesday = series(&[("2025-01-08", 1.0), ("2025-01-15", 2.0)]);
        let saturday = series(&[("2025-01-11", 3.0), ("2025-01-18", 4.0)]);
        let aligned = align(&metric(Cadence::Weekly), &wednesday, &metric(Cadence::Weekly), &saturday);
        assert_eq!(days(&aligned), ["2025-01-11", "2025-01-18"]);
        assert_eq!((aligned.common.a, aligned.common.b), (vec![1.0, 2.0], vec![3.0, 4.0]));
    }

    #[test]
    fn a_release_is_public_only_after_its_lag() {
        let metric = Metric { cadence: Cadence::Monthly, publication_lag_days: 5, ..Metric::uncatalogued("x") };
        let release = series(&[("2025-01-01", 4.1), ("2025-02-01", 4.2)]);
        let known = |day: &str| public_by(&metric, &release, day.parse().unwrap()).len();
        assert_eq!((known("2025-02-04"), known("2025-02-05"), known("2025-03-05")), (0, 1, 2));
    }
}
