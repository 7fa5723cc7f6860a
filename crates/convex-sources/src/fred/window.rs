//! Vintages in windows: an answer may span 2,000 days of publication, and a daily series has more.

use convex_core::Day;
use jiff::Timestamp;

use crate::Request;
use crate::read::address::{parameter, with_parameters};
use crate::read::days::{NEW_YORK, iso_day, today};

/// What ALFRED calls all time.
pub(super) const ALL_TIME: [(&str, &str); 2] = [("realtime_start", "1776-07-04"), ("realtime_end", "9999-12-31")];

/// Years of a window: with one publication every working day, their number stays below the limit.
const YEARS: i16 = 7;

/// Last year of the first window; few daily series have vintages so early.
const FIRST_UNTIL: i16 = 2005;

/// The first window, if the request was for all time at once.
pub(super) fn first(request: &Request) -> Option<Request> {
    let is_all = ALL_TIME.iter().all(|(name, day)| parameter(&request.url, name).as_deref() == Some(day));
    is_all.then(|| between(request, ALL_TIME[0].1, &format!("{FIRST_UNTIL}-12-31")))
}

/// The window after that of the request; `None` after the last, or if the request has no window.
pub(super) fn next(request: &Request, received: Timestamp) -> Option<Request> {
    let end = parameter(&request.url, "realtime_end").and_then(|end| iso_day(&end)).filter(|end| *end < Day::MAX)?;
    let start = end.year() + 1;
    let last = start + YEARS - 1;
    // A last day in the future is refused, but for the one that stands for all time.
    let is_last = last >= today(received, &NEW_YORK).year();
    let end = if is_last { ALL_TIME[1].1.to_owned() } else { format!("{last}-12-31") };
    Some(between(request, &format!("{start}-01-01"), &end))
}

/// The first day of the request's window, unless it is the first. No release falls on it, as it is New Year's Day, so a
/// value known from that day on was known before and stands in the window before.
pub(super) fn start(request: &Request) -> Option<String> {
    parameter(&request.url, ALL_TIME[0].0).filter(|start| start != ALL_TIME[0].1)
}

fn between(request: &Request, start: &str, end: &str) -> Request {
    let changes = [("realtime_start", start), ("realtime_end", end), ("offset", "0")];
    Request { url: with_parameters(&request.url, &changes), ..request.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Purpose;

    #[test]
    fn windows_cover_all_time_once() {
        let url = "https://host/observations?series_id=X&realtime_start=1776-07-04&realtime_end=9999-12-31&offset=9";
        let received = "2026-06-01T12:00:00Z".parse().expect("a moment");
        let all = Request::get(Purpose::Vintages { since: None }, &["X"], url);
        assert_eq!(next(&all, received), None);
        let mut windows = Vec::new();
        let mut request = first(&all);
        while let Some(window) = request {
            let [start, end] = ALL_TIME.map(|(name, _)| parameter(&window.url, name).expect(name));
            assert_eq!(parameter(&window.url, "offset").as_deref(), Some("0"));
            windows.push(format!("{start} {end}"));
            request = next(&window, received);
        }
        let expected =
            ["1776-07-04 2005-12-31", "2006-01-01 2012-12-31", "2013-01-01 2019-12-31", "2020-01-01 9999-12-31"];
        assert_eq!(windows, expected);
    }
}
