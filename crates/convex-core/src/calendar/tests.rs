use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn check(market: TradingCalendar, kind: Kind, days: &[&str]) {
    for text in days {
        assert_eq!(Calendar::of(market).kind(day(text)), kind, "{market:?} {text}");
    }
}

#[test]
fn every_market_has_its_calendar() {
    for market in TradingCalendar::ALL {
        assert_eq!(Calendar::of(*market).market(), *market);
    }
}

#[test]
fn new_york_rests_on_known_days() {
    let closed = [
        "1994-04-27", // a funeral
        "2001-09-11",
        "2001-09-12",
        "2001-09-13",
        "2001-09-14",
        "2004-06-11", // a funeral
        "2007-01-02", // a funeral
        "2012-10-29", // a hurricane
        "2012-10-30",
        "2018-12-05", // a funeral
        "2022-06-20", // the first Juneteenth, moved from a Sunday
        "2023-06-19",
        "2024-03-29", // Good Fridays
        "2025-04-18",
        "2026-04-03",
        "2025-01-09", // a funeral
        "2025-12-25",
        "2028-07-04",
    ];
    check(TradingCalendar::Nyse, Kind::Holiday, &closed);
    check(
        TradingCalendar::Nyse,
        Kind::Session,
        &["2001-09-10", "2001-09-17", "2021-06-18", "2025-10-13", "2026-11-20"],
    );
    check(TradingCalendar::Nyse, Kind::Weekend, &["2025-01-04", "2025-01-05"]);
}

#[test]
fn other_markets_keep_days_of_their_own() {
    check(
        TradingCalendar::London,
        Kind::Holiday,
        &["2022-09-19", "2023-05-08", "2022-06-03", "2025-08-25", "2026-04-06"],
    );
    check(TradingCalendar::London, Kind::Session, &["2025-07-04", "2025-11-27", "2025-12-24"]);
    check(TradingCalendar::Target, Kind::Holiday, &["2025-05-01", "2025-04-21", "2001-12-31", "2025-12-26"]);
    check(TradingCalendar::Target, Kind::Session, &["2025-12-24", "2025-12-31"]);
    check(TradingCalendar::UsGovernment, Kind::Holiday, &["2025-01-20", "2024-03-29"]);
    // Columbus Day and Veterans Day: shares trade, bonds do not.
    check(TradingCalendar::UsGovernment, Kind::Besides, &["2025-10-13", "2025-11-11"]);
    // Good Fridays on which the employment report came out.
    check(TradingCalendar::UsGovernment, Kind::Session, &["2015-04-03", "2021-04-02", "2023-04-07"]);
    // VIX goes on through New York's holidays since the summer of 2022, but not through these three.
    check(
        TradingCalendar::Cboe,
        Kind::Besides,
        &["2025-05-26", "2025-06-19", "2025-07-04", "2025-09-01", "2025-11-27"],
    );
    check(TradingCalendar::Cboe, Kind::Holiday, &["2025-01-01", "2025-04-18", "2025-12-25", "2022-02-21"]);
    check(TradingCalendar::Cme, Kind::Besides, &["2025-01-09", "2012-10-29", "2026-01-19"]);
    check(TradingCalendar::SevenDay, Kind::Session, &["2025-12-25", "2025-01-04"]);
}

#[test]
fn early_closes() {
    let close = |market, text: &str| {
        let hours = Calendar::of(market).hours(day(text)).unwrap();
        (hours.closes.to_string(), hours.early)
    };
    let expected = [
        (TradingCalendar::Nyse, "2024-07-03", "2024-07-03T17:00:00Z", true),
        (TradingCalendar::Nyse, "2024-11-29", "2024-11-29T18:00:00Z", true),
        (TradingCalendar::Nyse, "2025-11-28", "2025-11-28T18:00:00Z", true),
        (TradingCalendar::Nyse, "2025-12-24", "2025-12-24T18:00:00Z", true),
        (TradingCalendar::Nyse, "2024-07-02", "2024-07-02T20:00:00Z", false),
        (TradingCalendar::London, "2025-12-24", "2025-12-24T12:30:00Z", true),
        (TradingCalendar::UsGovernment, "2025-01-09", "2025-01-09T19:00:00Z", true),
        (TradingCalendar::Cme, "2025-01-20", "2025-01-20T18:00:00Z", true),
        (TradingCalendar::SevenDay, "2025-01-20", "2025-01-21T00:00:00Z", false),
    ];
    for (market, text, instant, early) in expected {
        assert_eq!(close(market, text), (instant.to_owned(), early), "{market:?} {text}");
    }
    assert_eq!(Calendar::of(TradingCalendar::Nyse).hours(day("2025-12-25")), None);
}

#[test]
fn doors() {
    let door = |market, now: &str| Calendar::of(market).door(instant(now));
    let opens = |text: &str| Door::Closed { opens: instant(text) };
    let closes = |text: &str| Door::Open { closes: instant(text) };
    // A Friday in summer, after the close: shares open on Monday.
    assert_eq!(door(TradingCalendar::Nyse, "2025-08-22T21:00:00Z"), opens("2025-08-25T13:30:00Z"));
    assert_eq!(door(TradingCalendar::Nyse, "2025-08-22T19:59:59Z"), closes("2025-08-22T20:00:00Z"));
    // Metal rests from Friday 17:00 to Sunday 18:00 in New York, and an hour every evening.
    assert_eq!(door(TradingCalendar::Cme, "2025-08-22T20:59:00Z"), closes("2025-08-22T21:00:00Z"));
    assert_eq!(door(TradingCalendar::Cme, "2025-08-22T21:00:00Z"), opens("2025-08-24T22:00:00Z"));
    assert_eq!(door(TradingCalendar::Cme, "2025-08-24T22:00:00Z"), closes("2025-08-25T21:00:00Z"));
    assert_eq!(door(TradingCalendar::Cme, "2025-08-26T21:30:00Z"), opens("2025-08-26T22:00:00Z"));
    // Over Christmas the evening before is closed too.
    assert_eq!(door(TradingCalendar::Cme, "2025-12-24T23:00:00Z"), opens("2025-12-25T23:00:00Z"));
    assert_eq!(door(TradingCalendar::SevenDay, "2025-12-25T12:00:00Z"), Door::Always);
    // The week the clocks change.
    assert_eq!(door(TradingCalendar::Nyse, "2025-03-08T00:00:00Z"), opens("2025-03-10T13:30:00Z"));
}

#[test]
fn open_time_leaves_the_weekend_out() {
    let metal = Calendar::of(TradingCalendar::Cme);
    let hour = 3600;
    let between = |from: &str, to: &str| metal.open_seconds_between(instant(from), instant(to));
    assert_eq!(between("2025-08-22T20:30:00Z", "2025-08-24T22:30:00Z"), hour);
    assert_eq!(between("2025-08-24T22:30:00Z", "2025-08-22T20:30:00Z"), 0);
    assert_eq!(between("2025-08-25T12:00:00Z", "2025-08-26T12:00:00Z"), 23 * hour);
}

#[test]
fn beyond_the_list_every_weekday_counts_and_it_says_so() {
    let nyse = Calendar::of(TradingCalendar::Nyse);
    let (first, last) = nyse.listed().unwrap();
    assert_eq!(nyse.coverage(last), Coverage::Listed);
    assert_eq!(nyse.coverage(last + 1), Coverage::Beyond);
    assert_eq!(nyse.coverage(first - 1), Coverage::Earlier);
    assert!(nyse.is_session(day("2040-12-25")), "a Tuesday");
    assert!(!nyse.is_session(day("2040-12-29")), "a Saturday");
    assert_eq!(Calendar::of(TradingCalendar::SevenDay).coverage(day("2040-12-25")), Coverage::Listed);
    assert!(last.year() >= 2028, "run cargo xtask calendars: the list ends with {last}");
}

#[test]
fn years_have_as_many_sessions_as_exchanges_say() {
    let nyse = Calendar::of(TradingCalendar::Nyse);
    let in_year = |year: i16| {
        let (before, after) = (Day::new(year - 1, 12, 31).unwrap(), Day::new(year + 1, 1, 1).unwrap());
        nyse.sessions_between(before, after)
    };
    assert_eq!([2001, 2008, 2012, 2019, 2020, 2024, 2025].map(in_year), [248, 253, 250, 252, 253, 252, 250]);
}

fn any_market() -> impl Strategy<Value = TradingCalendar> {
    proptest::sample::select(TradingCalendar::ALL)
}

fn any_day() -> impl Strategy<Value = Day> {
    (Day::MIN.epoch_days()..=Day::MAX.epoch_days()).prop_map(|days| Day::from_epoch_days(days).unwrap())
}

fn day_near_lists() -> impl Strategy<Value = Day> {
    (6_000..24_000i32).prop_map(|days| Day::from_epoch_days(days).unwrap())
}

proptest! {
    #[test]
    fn exchanges_rest_at_weekends(market in any_market(), day in any_day()) {
        let never_rests = matches!(market, TradingCalendar::SevenDay | TradingCalendar::Release);
        prop_assert!(never_rests || !day.is_weekend() || !Calendar::of(market).is_open_on(day));
    }

    #[test]
    fn next_and_previous_are_neighbours(market in any_market(), day in day_near_lists()) {
        let calendar = Calendar::of(market);
        let (next, previous) = (calendar.next_session(day), calendar.previous_session(day));
        prop_assert!(previous < day && day < next);
        prop_assert!(calendar.is_session(next) && calendar.is_session(previous));
        prop_assert_eq!(calendar.sessions_between(previous, next), usize::from(calendar.is_session(day)));
        prop_assert_eq!(calendar.next_session(previous), if calendar.is_session(day) { day } else { next });
    }

    #[test]
    fn counting_equals_walking(market in any_market(), after in day_near_lists(), length in 0..900i32) {
        let calendar = Calendar::of(market);
        let before = after + length;
        let walked = calendar.sessions(after + 1, before - 1).count();
        prop_assert_eq!(calendar.sessions_between(after, before), walked);
    }

    #[test]
    fn sessions_open_before_they_close_and_follow_one_another(market in any_market(), day in day_near_lists()) {
        let calendar = Calendar::of(market);
        let this = calendar.session_at_or_before(day);
        let (hours, later) = (calendar.hours(this).unwrap(), calendar.hours(calendar.next_session(this)).unwrap());
        prop_assert!(hours.opens < hours.closes);
        prop_assert!(hours.closes <= later.opens);
        if calendar.listed().is_some() {
            prop_assert_eq!(calendar.door(hours.opens), Door::Open { closes: hours.closes });
            let shut = matches!(calendar.door(hours.closes), Door::Closed { .. });
            prop_assert!(shut || later.opens == hours.closes);
        }
    }

    #[test]
    fn no_day_panics(market in any_market(), day in any_day(), other in any_day()) {
        let calendar = Calendar::of(market);
        calendar.kind(day);
        calendar.hours(day);
        prop_assert!(calendar.next_session(day) >= day && calendar.previous_session(day) <= day);
        calendar.sessions_between(day, other);
    }
}
