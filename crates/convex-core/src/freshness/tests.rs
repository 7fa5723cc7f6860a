use jiff::tz::TimeZone;

use super::*;
use crate::catalog::Catalog;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn metric(id: &str) -> &'static Metric {
    Catalog::builtin().metric(id).unwrap()
}

/// A series nobody described, at the end of a past day.
fn as_of(cadence: Cadence, lag: u16, last: &str, today: &str) -> Freshness {
    let metric = Metric { cadence, publication_lag_days: lag, ..Metric::uncatalogued("x") };
    freshness(&metric, Some(day(last)), Look::AsOf(day(today)), Facts::default())
}

fn now(id: &str, last: &str, now: &str, facts: Facts) -> Freshness {
    freshness(metric(id), Some(day(last)), Look::Now(now.parse().unwrap()), facts)
}

/// State and words of a metric of the catalogue at an instant, nothing being known but its last observation.
fn check(id: &str, last: &str, at: &str, expected: &str) {
    assert_eq!(now(id, last, at, Facts::default()).words(), expected, "{id}, last {last}, seen {at}");
}

fn check_quoted(id: &str, last: &str, quoted: &str, at: &str, expected: &str) {
    let facts = Facts { quoted: Some(quoted.parse().unwrap()), ..Facts::default() };
    assert_eq!(now(id, last, at, facts).words(), expected, "{id}, last {last}, quoted {quoted}, seen {at}");
}

#[test]
fn a_close_is_due_two_hours_after_the_bell_and_not_on_holidays() {
    check("iwm", "2025-12-24", "2025-12-26T15:00:00Z", "fresh");
    check("iwm", "2025-12-24", "2025-12-26T22:59:00Z", "fresh");
    check("iwm", "2025-12-24", "2025-12-26T23:01:00Z", "late: 2 days old, 1 session missed");
    // Closed at 13:00, due at 15:00 in New York.
    check("iwm", "2025-12-23", "2025-12-24T20:01:00Z", "late: 1 day old, 1 session missed");
    check("iwm", "2025-12-19", "2025-12-24T23:00:00Z", "stale: 5 days old, 3 sessions missed");
    // A day of mourning is no session for shares.
    check("iwm", "2025-01-08", "2025-01-10T12:00:00Z", "fresh");
    // Bitcoin has no days off, and its day ends at midnight.
    check("btc", "2025-12-24", "2025-12-26T01:59:00Z", "fresh");
    check("btc", "2025-12-24", "2025-12-26T02:01:00Z", "late: 2 days old, 1 session missed");
}

#[test]
fn an_index_that_may_come_on_a_holiday_is_not_missed_on_it() {
    check("vixcls", "2025-11-26", "2025-11-28T12:00:00Z", "fresh");
    check("vixcls", "2025-11-27", "2025-11-28T12:00:00Z", "fresh");
}

#[test]
fn what_is_published_later_is_late_later() {
    // A yield of Thursday is had by the evening of Friday, of Friday by the evening of Monday.
    check("dgs10", "2025-06-11", "2025-06-13T21:59:00Z", "fresh");
    check("dgs10", "2025-06-11", "2025-06-13T22:01:00Z", "late: 2 days old, 1 session missed");
    check("dgs10", "2025-06-12", "2025-06-16T21:00:00Z", "fresh");
    // Exchange rates of a week come together on the Monday after it; one Monday is one publication.
    check("usdjpy", "2025-06-06", "2025-06-16T20:00:00Z", "fresh");
    check("usdjpy", "2025-06-06", "2025-06-16T22:01:00Z", "late: 10 days old, 5 sessions missed");
    check("usdjpy", "2025-05-30", "2025-06-24T12:00:00Z", "stale: 25 days old, 14 sessions missed");
    // The Monday of Labour Day is no publication day.
    check("usdjpy", "2025-08-22", "2025-09-02T20:00:00Z", "fresh");
}

#[test]
fn releases_wait_for_their_day() {
    check("cpiaucsl", "2025-05-01", "2025-07-15T15:59:00Z", "fresh");
    check("cpiaucsl", "2025-05-01", "2025-07-15T16:01:00Z", "late: 45 days old, 1 release missed");
    check("icsa", "2025-06-07", "2025-06-20T15:00:00Z", "fresh");
    check("icsa", "2025-06-07", "2025-06-20T16:01:00Z", "late: 13 days old, 1 release missed");
    check("icsa", "2025-06-07", "2025-07-04T16:01:00Z", "stale: 27 days old, 3 releases missed");
}

#[test]
fn a_quote_is_live_while_the_market_is_open() {
    check_quoted("iwm", "2025-06-12", "2025-06-13T15:00:00Z", "2025-06-13T15:20:00Z", "live");
    // The provider stopped quoting: yesterday's close is all there should be, and it is there.
    check_quoted("iwm", "2025-06-12", "2025-06-13T15:00:00Z", "2025-06-13T17:00:00Z", "fresh");
    check_quoted(
        "iwm",
        "2025-06-13",
        "2025-06-13T20:00:00Z",
        "2025-06-14T12:00:00Z",
        "closed until Mon 16 Jun 09:30, New York",
    );
    // A missing close is said, quotes or not.
    check_quoted(
        "iwm",
        "2025-06-10",
        "2025-06-13T15:00:00Z",
        "2025-06-13T15:01:00Z",
        "late: 3 days old, 2 sessions missed",
    );
    check_quoted("btc", "2025-06-14", "2025-06-15T11:59:00Z", "2025-06-15T12:00:00Z", "live");
}

#[test]
fn spot_gold_is_judged_by_market_hours() {
    // Friday 17:00 to Sunday 18:00 in New York the last value is as new as it can be.
    check_quoted(
        "xauusd",
        "2025-08-22",
        "2025-08-22T20:59:00Z",
        "2025-08-22T21:00:00Z",
        "closed until Sun 24 Aug 18:00, New York",
    );
    check_quoted(
        "xauusd",
        "2025-08-22",
        "2025-08-22T20:59:00Z",
        "2025-08-24T21:59:00Z",
        "closed until Sun 24 Aug 18:00, New York",
    );
    // Three minutes after the opening it still passes for live, after half an hour it is late, after two hours stale.
    check_quoted("xauusd", "2025-08-22", "2025-08-22T20:59:00Z", "2025-08-24T22:03:00Z", "live");
    check_quoted(
        "xauusd",
        "2025-08-22",
        "2025-08-22T20:59:00Z",
        "2025-08-24T22:30:00Z",
        "late: nothing since Fri 22 Aug 16:59, New York",
    );
    check_quoted(
        "xauusd",
        "2025-08-22",
        "2025-08-22T20:59:00Z",
        "2025-08-25T00:00:00Z",
        "stale: nothing since Fri 22 Aug 16:59, New York",
    );
    // Without a single close a quote is enough.
    let facts = Facts { quoted: Some("2025-08-25T12:00:00Z".parse().unwrap()), ..Facts::default() };
    let look = Look::Now("2025-08-25T12:01:00Z".parse().unwrap());
    assert_eq!(freshness(metric("xauusd"), None, look, facts).state, AgeState::Live);
}

#[test]
fn upstream_facts() {
    let at = "2025-06-13T12:00:00Z";
    let shortened = Facts { shortened: Some(day("2023-08-07")), ..Facts::default() };
    let credit = now("bamlh0a0hym2", "2025-06-12", at, shortened);
    assert_eq!(credit.words(), "shortened upstream: the provider gives values from 2023-08-07 only");
    assert!(credit.state.is_current());
    // Being overdue says more about the value shown.
    assert_eq!(now("bamlh0a0hym2", "2025-06-02", at, shortened).state, AgeState::Stale);
    let withheld = Facts { withheld: true, ..Facts::default() };
    assert_eq!(now("bamlh0a0hym2", "2025-06-12", at, withheld).words(), "withheld: 1 day old");
    let end = day("2021-12-31");
    let ended = Metric { discontinued: Some(end), ..Metric::uncatalogued("x") };
    let state =
        |last: Option<&str>| freshness(&ended, last.map(day), Look::AsOf(day("2026-01-01")), Facts::default()).state;
    assert_eq!((state(Some("2021-12-31")), state(None)), (AgeState::Discontinued, AgeState::Empty));
}

#[test]
fn dead_series_carry_no_figure_of_today() {
    let stale = now("vixcls", "2025-06-02", "2025-06-13T12:00:00Z", Facts::default());
    let why = stale.usable("vixcls").unwrap_err();
    assert_eq!(why.to_string(), "stale: vixcls has nothing after 2025-06-02");
    assert_eq!(now("vixcls", "2025-06-12", "2025-06-13T12:00:00Z", Facts::default()).usable("vixcls"), Ok(()));
}

#[test]
fn the_market_s_door_is_told() {
    let friday = now("iwm", "2025-07-03", "2025-07-04T12:00:00Z", Facts::default());
    assert_eq!(
        (friday.words(), friday.market_words().unwrap()),
        ("fresh".to_owned(), "market closed until Mon 7 Jul 09:30, New York".to_owned())
    );
    assert_eq!(now("cpiaucsl", "2025-05-01", "2025-07-04T12:00:00Z", Facts::default()).market, None);
    assert_eq!(as_of(Cadence::Daily, 0, "2025-07-03", "2025-07-04").market, None);
}

#[test]
fn beyond_the_listed_years_it_says_so() {
    let (_, end) = Calendar::of(crate::catalog::TradingCalendar::Nyse).listed().unwrap();
    let look = Look::Now((end + 10).date().to_zoned(TimeZone::UTC).unwrap().timestamp());
    assert!(freshness(metric("iwm"), Some(end + 5), look, Facts::default()).calendar_words().is_some());
    assert!(now("iwm", "2025-07-03", "2025-07-04T12:00:00Z", Facts::default()).calendar_words().is_none());
}

#[test]
fn a_past_day_is_judged_by_days() {
    // 2025-01-03 is a Friday.
    for today in ["2025-01-03", "2025-01-04", "2025-01-05", "2025-01-06"] {
        assert_eq!(as_of(Cadence::Daily, 0, "2025-01-03", today).state, AgeState::Fresh, "{today}");
    }
    let tuesday = as_of(Cadence::Daily, 0, "2025-01-03", "2025-01-07");
    assert_eq!((tuesday.state, tuesday.missed, tuesday.days_old), (AgeState::Late, 1, 4));
    // The 9th was a day of mourning.
    assert_eq!(as_of(Cadence::Daily, 0, "2025-01-03", "2025-01-09").state, AgeState::Stale);
    let old = as_of(Cadence::Daily, 0, "2025-12-31", "2026-11-20");
    // 2026-01-01 (a Thursday) to 2026-11-19 (a Thursday): 46 weeks and one day, less eight holidays.
    assert_eq!((old.state, old.days_old, old.missed), (AgeState::Stale, 324, 223));
}

#[test]
fn past_releases_wait_for_their_lag() {
    // October's release, dated the first, is due twelve days after the end of November for November.
    assert_eq!(as_of(Cadence::Monthly, 12, "2025-10-01", "2025-12-12").state, AgeState::Fresh);
    let late = as_of(Cadence::Monthly, 12, "2025-10-01", "2025-12-13");
    assert_eq!((late.state, late.missed, late.due_day.unwrap()), (AgeState::Late, 1, day("2025-12-12")));
    assert_eq!(as_of(Cadence::Monthly, 12, "2025-10-01", "2026-03-01").missed, 3);
    assert_eq!(as_of(Cadence::Weekly, 5, "2025-12-27", "2026-01-08").state, AgeState::Fresh);
    assert_eq!(as_of(Cadence::Weekly, 5, "2025-12-27", "2026-01-09").missed, 1);
}

#[test]
fn no_look_panics() {
    for metric in Catalog::builtin().metrics() {
        for last in [Day::MIN, day("1969-12-31"), day("2025-06-13"), Day::MAX] {
            for seen in ["1900-01-01T00:00:00Z", "2025-06-14T12:00:00Z", "2999-12-30T00:00:00Z"] {
                let instant: Timestamp = seen.parse().unwrap();
                for look in [Look::Now(instant), Look::AsOf(day(&seen[..10]))] {
                    let facts = Facts { quoted: Some("2025-06-14T11:00:00Z".parse().unwrap()), ..Facts::default() };
                    let age = freshness(metric, Some(last), look, facts);
                    assert!(!age.words().is_empty() && age.days_old >= 0);
                }
            }
        }
    }
}
