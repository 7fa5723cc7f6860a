//! The calendars against the days of real series, where those are at hand.
#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(dead_code, reason = "of the shared part, this test uses two functions")]

mod history_support;

use convex_core::Day;
use convex_core::calendar::{Calendar, Coverage, Kind};
use convex_core::catalog::TradingCalendar;
use history_support::{folder, history};

/// Sessions without a value, and values on days of no kind, from 1990 on (or the series' first day) to its last.
struct Difference {
    missing: Vec<String>,
    extra: Vec<String>,
}

fn compare(folder: &std::path::Path, id: &str, market: TradingCalendar) -> Difference {
    let calendar = Calendar::of(market);
    let days: Vec<Day> = history(folder, id).iter().map(|point| point.day).collect();
    let days: Vec<Day> = days.into_iter().filter(|day| calendar.coverage(*day) == Coverage::Listed).collect();
    let (first, last) = (days[0], days[days.len() - 1]);
    let missing = calendar.sessions(first, last).filter(|day| days.binary_search(day).is_err());
    let extra = days.iter().filter(|day| matches!(calendar.kind(**day), Kind::Holiday | Kind::Weekend));
    Difference { missing: missing.map(|day| day.to_string()).collect(), extra: extra.map(Day::to_string).collect() }
}

fn check(id: &str, market: TradingCalendar, missing: &[&str], extra: &[&str]) {
    let Some(folder) = folder() else { return };
    let found = compare(&folder, id, market);
    assert_eq!(found.missing, missing, "{id}: sessions without a value");
    assert_eq!(found.extra, extra, "{id}: values on days off");
}

fn count(id: &str, market: TradingCalendar) -> (usize, usize) {
    let Some(folder) = folder() else { return (0, 0) };
    let found = compare(&folder, id, market);
    (found.missing.len(), found.extra.len())
}

#[test]
fn new_york() {
    // Every day of these is a session and every session is in them.
    for id in ["iwm", "dia", "qqq", "spy", "rsp", "mdy", "spx", "ndx", "xlf", "gld", "tlt", "hyg"] {
        check(id, TradingCalendar::Nyse, &[], &[]);
    }
}

#[test]
fn cboe() {
    check("vxn", TradingCalendar::Cboe, &[], &[]);
    // Three sessions that the publisher's own file lacks, and one day of mourning on which it has a value.
    check("vixcls", TradingCalendar::Cboe, &["1991-03-01", "1997-01-31", "1997-11-26"], &["2004-06-11"]);
}

#[test]
fn london() {
    check("gold", TradingCalendar::London, &[], &[]);
}

#[test]
fn euro_area() {
    check("eurusd", TradingCalendar::Target, &[], &[]);
}

#[test]
fn bonds() {
    for id in ["dgs10", "dgs2", "t10y2y"] {
        check(id, TradingCalendar::UsGovernment, &[], &[]);
    }
}

#[test]
fn futures_and_the_dollar_index_follow_their_vendors_with_gaps() {
    // The vendor lacks 18 days, most of them days after Thanksgiving before 2007, and has one Labour Day.
    let (missing, extra) = count("silver", TradingCalendar::Cme);
    assert!(missing <= 18 && extra <= 1, "silver: {missing}, {extra}");
    // Until 1999 the vendor also carries Christmas, New Year and Good Friday.
    let (missing, extra) = count("dxy", TradingCalendar::Ice);
    assert!(missing <= 2 && extra <= 33, "dxy: {missing}, {extra}");
}
