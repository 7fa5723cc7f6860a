//! `Retry-After`: seconds or a date, by a clock that may be wrong.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// No provider makes us wait longer than this at once.
const LONGEST: Duration = Duration::from_hours(24);
const SHORTEST: Duration = Duration::from_secs(1);

/// How long to wait. A date is measured against the provider's own `Date` where there is one, so that neither clock has
/// to be right.
pub(super) fn retry_after(value: &str, date: Option<Timestamp>, received: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let length = match value.parse::<f64>() {
        Ok(seconds) if seconds.is_finite() => SignedDuration::try_from_secs_f64(seconds).ok()?,
        Ok(_) => return None,
        Err(_) => http_date(value)?.duration_since(date.unwrap_or(received)),
    };
    Some(Duration::try_from(length).unwrap_or_default().clamp(SHORTEST, LONGEST))
}

/// An instant as HTTP writes it, in any of its three forms.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_by_whatever_clock() {
        let received: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let check = |value: &str, date: Option<&str>, expected: Option<u64>| {
            let date = date.map(|date| http_date(date).unwrap());
            let found = retry_after(value, date, received);
            assert_eq!(found, expected.map(Duration::from_secs), "{value} at {date:?}");
        };
        check("119", None, Some(119));
        check(" 2.0 ", None, Some(2));
        check("0", None, Some(1));
        check("-5", None, Some(1));
        check("99999999", None, Some(86_400));
        check("1e300", None, None);
        check("NaN", None, None);
        check("soon", None, None);
        check("", None, None);
        check("Fri, 20 Nov 2026 12:02:00 GMT", None, Some(120));
        check("Friday, 20-Nov-26 12:02:00 GMT", None, Some(120));
        check("Fri Nov 20 12:02:00 2026", None, Some(120));
        check("Fri, 20 Nov 2026 11:00:00 GMT", None, Some(1));
        // The provider's clock is a year behind; what it means is thirty seconds.
        check("Thu, 20 Nov 2025 12:00:30 GMT", Some("Thu, 20 Nov 2025 12:00:00 GMT"), Some(30));
        check("Sat, 20 Nov 2027 12:00:30 GMT", None, Some(86_400));
    }
}
