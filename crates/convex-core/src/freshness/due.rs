//! When an observation should be had, and how many should have come and have not.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Look;
use crate::Day;
use crate::align::period_end;
use crate::calendar::{Calendar, ZONES};
use crate::catalog::{Available, Cadence, CloseTime, Metric, Wait};

/// How long after the close an observation can usually be had.
const AFTER_CLOSE: SignedDuration = SignedDuration::from_hours(2);

/// Sessions looked back for the last one that is due; a wait is at most a year.
const LONGEST_WAIT: usize = 400;

/// The day the observation after `last` describes.
pub fn next_expected(metric: &Metric, last: Day) -> Day {
    nth_after(metric, last, 1)
}

/// The instant by which the observation of a day should be had.
pub fn due(metric: &Metric, observed: Day) -> Timestamp {
    let day = day_of(metric, observed);
    if let Some(Available { time, .. }) = &metric.available {
        return instant(day, time);
    }
    match (&metric.close, metric.cadence) {
        (Some(close), Cadence::RealTime | Cadence::Delayed | Cadence::Daily) => {
            closing(metric, observed, close) + AFTER_CLOSE
        }
        // Without a time, by the end of the day.
        _ => midnight_after(day),
    }
}

/// The local day of that instant.
pub(super) fn day_of(metric: &Metric, observed: Day) -> Day {
    let calendar = Calendar::of(metric.calendar);
    let end = period_end(metric.cadence, observed);
    match metric.available.as_ref().map(|available| available.after) {
        Some(Wait::Sessions(count)) => (0..count).fold(end, |day, _| calendar.next_session(day)),
        Some(Wait::Days(days)) => end + i32::from(days),
        Some(Wait::Weekday(weekday)) => {
            let day = next_weekday(end, weekday);
            if calendar.is_open_on(day) { day } else { calendar.next_session(day) }
        }
        None => end + i32::from(metric.publication_lag_days),
    }
}

/// How many observations after `last` are overdue, and on how many days they should have been published.
pub(super) fn overdue(metric: &Metric, last: Day, look: Look) -> (usize, usize) {
    let is_over = |observed: Day| match look {
        Look::Now(now) => due(metric, observed) < now,
        Look::AsOf(day) => day_of(metric, observed) < day,
    };
    if !is_over(next_expected(metric, last)) {
        return (0, 0);
    }
    let today = match look {
        Look::Now(now) => Calendar::of(metric.calendar).day_at(now),
        Look::AsOf(day) => day,
    };
    let missed = match metric.cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => sessions_over(metric, last, today, is_over),
        Cadence::Weekly | Cadence::Monthly => {
            let steps = ((today - last) / 7 + 1).max(1);
            let steps: Vec<i32> = (1..=steps).collect();
            steps.partition_point(|step| is_over(nth_after(metric, last, *step)))
        }
    };
    (missed, publications(metric, last, missed))
}

fn sessions_over(metric: &Metric, last: Day, today: Day, is_over: impl Fn(Day) -> bool) -> usize {
    let calendar = Calendar::of(metric.calendar);
    let mut newest = calendar.session_at_or_before(today + 1);
    for _ in 0..LONGEST_WAIT {
        if newest <= last || is_over(newest) {
            break;
        }
        newest = calendar.previous_session(newest);
    }
    calendar.sessions_between(last, newest + 1)
}

/// Several sessions may be published together, as the rates of a week on the Monday after.
fn publications(metric: &Metric, last: Day, missed: usize) -> usize {
    let weekly = matches!(metric.available, Some(Available { after: Wait::Weekday(_), .. }));
    if !weekly || missed > 5 * LONGEST_WAIT {
        return missed;
    }
    let mut days: Vec<Day> = Vec::new();
    let mut observed = last;
    for _ in 0..missed {
        observed = next_expected(metric, observed);
        days.push(day_of(metric, observed));
    }
    days.dedup();
    days.len()
}

/// The day the observation so many steps after `last` describes.
fn nth_after(metric: &Metric, last: Day, steps: i32) -> Day {
    match metric.cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => {
            let calendar = Calendar::of(metric.calendar);
            (0..steps).fold(last, |day, _| calendar.next_session(day))
        }
        Cadence::Weekly => last + 7 * steps,
        Cadence::Monthly => {
            let months = i32::from(last.year()) * 12 + i32::from(last.month()) - 1 + steps;
            Day::new((months / 12) as i16, (months % 12 + 1) as i8, 1).unwrap_or(Day::MAX)
        }
    }
}

/// The instant a session's value is fixed: its usual time, or the market's early close before it.
fn closing(metric: &Metric, session: Day, close: &CloseTime) -> Timestamp {
    let usual = instant_or_midnight(session, close);
    let calendar = Calendar::of(metric.calendar);
    let early = calendar.early_close(session).map(|_| calendar.hours(session));
    match early.flatten() {
        Some(hours) => usual.min(hours.closes),
        None => usual,
    }
}

/// Midnight as a close ends the day.
fn instant_or_midnight(day: Day, close: &CloseTime) -> Timestamp {
    instant(if close.time == "00:00" { day + 1 } else { day }, close)
}

fn instant(day: Day, time: &CloseTime) -> Timestamp {
    // Times and zones were read by the catalogue, so neither can fail to be one.
    let clock: Time = time.time.parse().unwrap_or(Time::midnight());
    let zone = ZONES.get(&time.zone).unwrap_or(TimeZone::UTC);
    zone.to_ambiguous_timestamp(day.date().to_datetime(clock)).compatible().unwrap_or(Timestamp::MAX)
}

fn midnight_after(day: Day) -> Timestamp {
    TimeZone::UTC
        .to_ambiguous_timestamp((day + 1).date().to_datetime(Time::midnight()))
        .compatible()
        .unwrap_or(Timestamp::MAX)
}

fn next_weekday(day: Day, weekday: Weekday) -> Day {
    let ahead = i32::from(weekday.to_monday_zero_offset()) - i32::from(day.weekday().to_monday_zero_offset());
    day + if ahead > 0 { ahead } else { ahead + 7 }
}
