//! The time axis that the panels of a page share.

use convex_core::Day;

use crate::format;

/// Days from the left edge to the right edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeAxis {
    from: Day,
    to: Day,
}

/// A label under the time axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    /// Where, as a share of the width.
    pub(super) at: f64,
    /// What it says.
    pub(super) label: String,
    /// Whether a narrow screen has room for it.
    pub(super) on_phone: bool,
    /// Whether a new year begins here.
    pub(super) is_year: bool,
}

/// Distances between labels, from the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i32),
    Months(i32),
}

const STEPS: [Step; 13] = [
    Step::Days(1),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(300),
    Step::Months(1_200),
    Step::Months(6_000),
];
const MOST_LABELS: usize = 12;
const MOST_ON_PHONE: usize = 5;

/// Every second year is an odd rhythm: it is left as soon as every fifth will do.
fn most_labels(step: Step) -> usize {
    if step == Step::Months(24) { 8 } else { MOST_LABELS }
}

impl TimeAxis {
    pub(super) fn new(from: Day, to: Day) -> Self {
        // A single day still needs a width.
        if to > from { Self { from, to } } else { Self { from: from - 1, to: from + 1 } }
    }

    /// Where a day stands, 0 at the left edge and 1 at the right.
    pub(super) fn x(self, day: Day) -> f64 {
        f64::from(day - self.from) / f64::from(self.to - self.from)
    }

    pub(super) fn ticks(self) -> Vec<Tick> {
        let fits = |step: &Step| Some(self.days_at(*step)).filter(|days| days.len() <= most_labels(*step));
        let days = STEPS.iter().find_map(fits).unwrap_or_default();
        let every = days.len().div_ceil(MOST_ON_PHONE).max(1);
        let is_years = days.len() > 1 && days[1] - days[0] > 360;
        let is_days = days.len() > 1 && days[1] - days[0] < 20;
        days.iter()
            .enumerate()
            .map(|(at, day)| Tick {
                at: self.x(*day),
                label: label(*day, is_years, is_days),
                on_phone: at % every == 0,
                is_year: day.month() == 1 && day.date().day() == 1,
            })
            .collect()
    }

    fn days_at(self, step: Step) -> Vec<Day> {
        match step {
            Step::Days(days) => {
                let monday = (-i32::from(self.from.weekday().to_monday_zero_offset())).rem_euclid(7);
                let start = if days == 1 { self.from } else { self.from + monday };
                (0..).map(|k| start + k * days).take_while(|day| *day <= self.to).take(MOST_LABELS + 1).collect()
            }
            Step::Months(months) => {
                let first = i32::from(self.from.year()) * 12 + i32::from(self.from.month()) - 1;
                let start = first.div_euclid(months) * months;
                (0..)
                    .map_while(|k| month_start(start + k * months))
                    .skip_while(|day| *day < self.from)
                    .take_while(|day| *day <= self.to)
                    .take(MOST_LABELS + 1)
                    .collect()
            }
        }
    }
}

/// First day of a month counted from the year 0.
fn month_start(month: i32) -> Option<Day> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    Day::new(year, month.rem_euclid(12) as i8 + 1, 1).or((year < 1700).then_some(Day::MIN - 1))
}

fn label(day: Day, is_years: bool, is_days: bool) -> String {
    if is_days {
        format::day_of_year(day)
    } else if is_years || day.month() == 1 {
        day.year().to_string()
    } else {
        format::month(day).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &[&str]) {
        let axis = TimeAxis::new(from.parse().unwrap(), to.parse().unwrap());
        let labels: Vec<String> = axis.ticks().into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, expected, "{from} to {to}");
    }

    #[test]
    fn labels_suit_the_span() {
        check("2025-12-01", "2025-12-31", &["1 Dec", "8 Dec", "15 Dec", "22 Dec", "29 Dec"]);
        check("2025-10-02", "2025-12-31", &["6 Oct", "20 Oct", "3 Nov", "17 Nov", "1 Dec", "15 Dec", "29 Dec"]);
        check(
            "2024-12-31",
            "2025-12-31",
            &["2025", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        );
        check(
            "2023-01-03",
            "2025-12-31",
            &["Apr", "Jul", "Oct", "2024", "Apr", "Jul", "Oct", "2025", "Apr", "Jul", "Oct"],
        );
        check("2000-05-26", "2025-12-31", &["2005", "2010", "2015", "2020", "2025"]);
        check("1700-01-01", "2999-12-31", &["1700", "2000", "2500"]);
    }

    #[test]
    fn one_day_has_a_width() {
        let day: Day = "2025-12-31".parse().unwrap();
        assert!((TimeAxis::new(day, day).x(day) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn phones_get_at_most_five() {
        let axis = TimeAxis::new("2024-12-31".parse().unwrap(), "2025-12-31".parse().unwrap());
        let on_phone = axis.ticks().iter().filter(|tick| tick.on_phone).count();
        assert!((3..=5).contains(&on_phone), "{on_phone}");
    }
}
