//! Reads a calendar file: one line a fact, one line a year and kind of day.

use jiff::civil::Time;

use super::{Calendar, ZONES};
use crate::Day;
use crate::catalog::TradingCalendar;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The calendar a file describes, or the line that cannot be read.
pub(super) fn calendar(market: TradingCalendar, text: &str) -> Result<Calendar, String> {
    let mut calendar = Calendar { weekdays: [false; 7], ..Calendar::every_day(market) };
    let (mut from, mut to) = (None, None);
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || format!("\"{line}\"");
        let (word, rest) = line.split_once(' ').ok_or_else(wrong)?;
        match word {
            "zone" => calendar.zone = ZONES.get(rest).map_err(|_| wrong())?,
            "hours" => (calendar.opens, calendar.closes) = hours(rest).ok_or_else(wrong)?,
            "weekdays" => calendar.weekdays = weekdays(rest).ok_or_else(wrong)?,
            "from" => from = Some(rest.parse().map_err(|_| wrong())?),
            "to" => to = Some(rest.parse().map_err(|_| wrong())?),
            "closed" => calendar.off.extend(days(rest).ok_or_else(wrong)?),
            "besides" => calendar.besides.extend(days(rest).ok_or_else(wrong)?),
            "early" => calendar.early.extend(early(rest).ok_or_else(wrong)?),
            _ => return Err(wrong()),
        }
    }
    calendar.listed = Some(from.zip(to).ok_or("no span")?);
    calendar.off.extend_from_slice(&calendar.besides);
    calendar.off.sort_unstable();
    let ascending = |days: &[Day]| days.windows(2).all(|pair| pair[0] < pair[1]);
    let early: Vec<Day> = calendar.early.iter().map(|(day, _)| *day).collect();
    if !(ascending(&calendar.off) && ascending(&calendar.besides) && ascending(&early)) {
        return Err("a day stands twice or out of order".to_owned());
    }
    Ok(calendar)
}

/// `09:30 16:00`; `18:00-1 17:00` opens the evening before.
fn hours(text: &str) -> Option<((Time, i8), Time)> {
    let (opens, closes) = text.split_once(' ')?;
    let (opens, before) = opens.strip_suffix("-1").map_or((opens, 0), |time| (time, 1));
    Some(((opens.parse().ok()?, before), closes.parse().ok()?))
}

/// `mon-fri`.
fn weekdays(text: &str) -> Option<[bool; 7]> {
    let (first, last) = text.split_once('-')?;
    let place = |name: &str| WEEKDAYS.iter().position(|weekday| *weekday == name);
    let (first, last) = (place(first)?, place(last)?);
    Some(std::array::from_fn(|at| (first..=last).contains(&at)))
}

/// `2025 01-01 12-25`.
fn days(text: &str) -> Option<Vec<Day>> {
    let (year, days) = text.split_once(' ')?;
    days.split(' ').map(|day| format!("{year}-{day}").parse().ok()).collect()
}

/// `2025 07-03=13:00`.
fn early(text: &str) -> Option<Vec<(Day, Time)>> {
    let (year, days) = text.split_once(' ')?;
    let one = |day: &str| {
        let (day, time) = day.split_once('=')?;
        Some((format!("{year}-{day}").parse().ok()?, time.parse().ok()?))
    };
    days.split(' ').map(one).collect()
}
