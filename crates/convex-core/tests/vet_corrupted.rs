//! Vetting of corrupted copies of real history, where that is at hand: how much of what goes wrong is noticed.
#![expect(clippy::unwrap_used, reason = "tests")]

mod history_support;

use convex_core::Day;
use convex_core::catalog::{Cadence, ChangeKind, Metric, MetricUnit, OffDays, Role, TradingCalendar};
use convex_core::vet::{Offer, Point, Verdict, Vetted, vet};
use history_support::{end_of, folder, history, metrics, series};

/// Places in each series at which something goes wrong.
const PLACES: usize = 25;

/// One way of going wrong: what becomes of a day and those after it, and which metrics it can happen to.
struct Fault {
    name: &'static str,
    happens_to: fn(&Metric) -> bool,
    /// Days offered, from the corrupted one on.
    days: usize,
    corrupt: fn(&mut [Point], f64),
    /// The share that must be noticed.
    at_least: f64,
}

fn daily(metric: &Metric) -> bool {
    matches!(metric.cadence, Cadence::Daily)
}

fn priced(metric: &Metric) -> bool {
    daily(metric) && metric.change == ChangeKind::Log
}

fn share(metric: &Metric) -> bool {
    priced(metric) && metric.role == Role::Investable && metric.calendar == TradingCalendar::Nyse
}

fn rate(metric: &Metric) -> bool {
    daily(metric) && matches!(metric.unit, MetricUnit::Percent | MetricUnit::Points)
}

fn strict(metric: &Metric) -> bool {
    daily(metric) && metric.off_days != OffDays::Any
}

fn moving(metric: &Metric) -> bool {
    priced(metric) && metric.id != "shy" && metric.id != "usdjpy"
}

fn scale(factor: f64) -> impl Fn(&mut [Point], f64) {
    move |points, _| points[0].value *= factor
}

const FAULTS: [Fault; 14] = [
    Fault {
        name: "not a number",
        happens_to: daily,
        days: 1,
        corrupt: |points, _| points[0].value = f64::NAN,
        at_least: 1.0,
    },
    Fault {
        name: "price of zero",
        happens_to: |metric| priced(metric) && metric.plausible_range().0 > 0.0,
        days: 1,
        corrupt: |points, _| points[0].value = 0.0,
        at_least: 1.0,
    },
    Fault {
        name: "ten times the price",
        happens_to: priced,
        days: 1,
        corrupt: |points, _| scale(10.0)(points, 0.0),
        at_least: 1.0,
    },
    Fault {
        name: "a tenth of the price",
        happens_to: priced,
        days: 1,
        corrupt: |points, _| scale(0.1)(points, 0.0),
        at_least: 1.0,
    },
    Fault {
        name: "cents for dollars, from then on",
        happens_to: priced,
        days: 30,
        corrupt: |points, _| points.iter_mut().for_each(|point| point.value *= 100.0),
        at_least: 1.0,
    },
    Fault {
        name: "2-for-1 split, from then on",
        happens_to: share,
        days: 30,
        corrupt: |points, _| points.iter_mut().for_each(|point| point.value *= 0.5),
        at_least: 0.99,
    },
    Fault {
        name: "3-for-2 split, from then on",
        happens_to: share,
        days: 30,
        corrupt: |points, _| points.iter_mut().for_each(|point| point.value /= 1.5),
        at_least: 0.95,
    },
    Fault {
        name: "1-for-8 split, from then on",
        happens_to: share,
        days: 30,
        corrupt: |points, _| points.iter_mut().for_each(|point| point.value *= 8.0),
        at_least: 0.95,
    },
    Fault {
        name: "half as much again, one day",
        happens_to: share,
        days: 2,
        corrupt: |points, _| points[0].value *= 1.47,
        at_least: 0.7,
    },
    Fault {
        name: "a rate in basis points",
        happens_to: rate,
        days: 1,
        corrupt: |points, _| points[0].value = 100.0 * points[0].value + 50.0,
        at_least: 0.95,
    },
    Fault {
        name: "a rate two points off, one day",
        happens_to: rate,
        days: 2,
        corrupt: |points, _| points[0].value += 2.0,
        at_least: 0.8,
    },
    Fault {
        name: "dated on a Saturday",
        happens_to: strict,
        days: 1,
        corrupt: |points, _| points[0].day = saturday_after(points[0].day),
        at_least: 0.8,
    },
    Fault {
        name: "frozen for ten sessions",
        happens_to: moving,
        days: 10,
        corrupt: |points, last| points.iter_mut().for_each(|point| point.value = last),
        at_least: 0.95,
    },
    Fault {
        name: "the price of silver",
        happens_to: |metric| share(metric) && metric.id != "slv",
        days: 1,
        corrupt: |points, _| points[0].value = 16.3,
        at_least: 0.7,
    },
];

fn saturday_after(day: Day) -> Day {
    day + (5 - i32::from(day.weekday().to_monday_zero_offset())).rem_euclid(7)
}

/// Whether the first day's fault, or for a lasting one any of its days, was held back.
fn is_noticed(vetted: &Vetted) -> bool {
    !vetted.quarantined.is_empty() || vetted.verdict != Verdict::Publish
}

/// Of the places at which the fault is put into the metric's history, how many were noticed.
fn noticed(fault: &Fault, metric: &Metric, points: &[Point]) -> (usize, usize) {
    let (first, last) = (300, points.len() - fault.days - 1);
    let mut found = 0;
    for place in 0..PLACES {
        let at = first + (last - first) * place / PLACES + (place * 37) % 40;
        let at = at.min(last);
        let mut offered = points[at..at + fault.days].to_vec();
        (fault.corrupt)(&mut offered, points[at - 1].value);
        let known = series(&points[at - 300..at]);
        let now = end_of(offered[fault.days - 1].day.max(points[at + fault.days - 1].day));
        let vetted = vet(metric, &known, &Offer::of(&offered, now));
        found += usize::from(is_noticed(&vetted));
    }
    (found, PLACES)
}

#[test]
fn most_of_what_goes_wrong_is_noticed() {
    let Some(folder) = folder() else { return };
    let histories: Vec<(&Metric, Vec<Point>)> = metrics(&folder)
        .into_iter()
        .filter(|metric| daily(metric))
        .map(|metric| (metric, history(&folder, &metric.id)))
        .collect();
    for fault in &FAULTS {
        let (mut found, mut tried, mut worst) = (0, 0, (1.0, ""));
        for (metric, points) in histories.iter().filter(|(metric, _)| (fault.happens_to)(metric)) {
            let (one, of) = noticed(fault, metric, points);
            found += one;
            tried += of;
            if (one as f64 / of as f64) < worst.0 {
                worst = (one as f64 / of as f64, &metric.id);
            }
        }
        let share = found as f64 / tried as f64;
        println!("{:35} {found:5} of {tried:5}  {share:.3}  worst {} {:.2}", fault.name, worst.1, worst.0);
        assert!(share >= fault.at_least, "{}: {share}", fault.name);
    }
}
