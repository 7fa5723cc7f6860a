//! Whole weeks: several series on the days they all have, the last of each week to Friday.

use crate::{Day, Series};

/// Values of several series at the end of each whole week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weeks {
    /// The Friday that ends each week with an observation, increasing.
    pub fridays: Vec<Day>,
    /// For each series, its value on the last common day of each week.
    pub values: Vec<Vec<f64>>,
    /// Days all series have.
    pub common_days: usize,
}

/// The last common day of each week to Friday. A week that ends after `until` (or after the last common day) is not whole
/// and is left out.
pub fn weeks(series: &[&Series], until: Option<Day>) -> Weeks {
    let common = common_rows(series);
    let Some((last, _)) = common.last() else { return Weeks::default() };
    let until = until.unwrap_or(*last);
    let mut weeks = Weeks { values: vec![Vec::new(); series.len()], common_days: common.len(), ..Weeks::default() };
    for (day, at) in &common {
        let friday = friday_of(*day);
        if friday > until {
            break;
        }
        if weeks.fridays.last() == Some(&friday) {
            weeks.fridays.pop();
            for column in &mut weeks.values {
                column.pop();
            }
        }
        weeks.fridays.push(friday);
        for ((column, series), at) in weeks.values.iter_mut().zip(series).zip(at) {
            column.push(series.values()[*at]);
        }
    }
    weeks
}

/// The Friday on or after a day.
pub fn friday_of(day: Day) -> Day {
    // Monday is 0, so Friday is 4; Saturday and Sunday belong to the next week.
    day + (4 - i32::from(day.weekday().to_monday_zero_offset())).rem_euclid(7)
}

/// Days all series have, with the position of each in each series.
fn common_rows(series: &[&Series]) -> Vec<(Day, Vec<usize>)> {
    let Some((first, others)) = series.split_first() else { return Vec::new() };
    let mut at = vec![0; others.len()];
    let mut rows = Vec::new();
    for (position, day) in first.days().iter().enumerate() {
        let mut row = vec![position];
        for (other, at) in others.iter().zip(&mut at) {
            while other.days().get(*at).is_some_and(|d| d < day) {
                *at += 1;
            }
            if other.days().get(*at) == Some(day) {
                row.push(*at);
            }
        }
        if row.len() == series.len() {
            rows.push((*day, row));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(observations: &[(&str, f64)]) -> Series {
        let (days, values) = observations.iter().map(|(day, value)| (day.parse::<Day>().unwrap(), *value)).unzip();
        Series::new(days, values).unwrap()
    }

    #[test]
    fn the_last_common_day_of_each_whole_week_counts() {
        // Friday 3 January 2025, then Tuesday to Thursday, then a Monday of a week that is not whole.
        let a = series(&[
            ("2025-01-03", 1.0),
            ("2025-01-07", 2.0),
            ("2025-01-09", 3.0),
            ("2025-01-10", 4.0),
            ("2025-01-13", 5.0),
        ]);
        let b = series(&[("2025-01-03", 10.0), ("2025-01-07", 20.0), ("2025-01-09", 30.0), ("2025-01-13", 50.0)]);
        let weeks = weeks(&[&a, &b], None);
        assert_eq!(weeks.fridays, ["2025-01-03", "2025-01-10"].map(|day| day.parse().unwrap()));
        assert_eq!(weeks.values, [vec![1.0, 3.0], vec![10.0, 30.0]]);
        assert_eq!(weeks.common_days, 4);
    }

    #[test]
    fn saturday_belongs_to_the_next_friday() {
        assert_eq!(friday_of("2025-01-04".parse().unwrap()).to_string(), "2025-01-10");
        assert_eq!(friday_of("2025-01-10".parse().unwrap()).to_string(), "2025-01-10");
    }
}
