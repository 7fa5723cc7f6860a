//! Common paths by Johansen's tests, and with one break by that of Gregory and Hansen.

use convex_stats::cointegration::{Shift, gregory_hansen, johansen, johansen_lag};

use super::group::{absent, put_or_absent};
use crate::Day;
use crate::figure::{Figures, Unavailable, Unit};

const JOHANSEN: &str = "Johansen with an unrestricted constant, lagged changes by AIC, at most 10";
const JOHANSEN_CRITICAL: &str = "MacKinnon, Haug and Michelis (1999), 5 %: a statistic above speaks against the null";
const LEVEL: &str = "Gregory-Hansen ADF*, a on b, constant moves once between 15 % and 85 % of the sample";
const REGIME: &str = "Gregory-Hansen ADF*, a on b, constant and slope move once between 15 % and 85 % of the sample";
const GREGORY_CRITICAL: &str = "Gregory and Hansen (1996), 5 %: a statistic below speaks against the null";

const JOHANSEN_LEAVES: [&str; 10] = [
    "lag",
    "n",
    "none.trace",
    "none.trace_critical_5",
    "none.largest",
    "none.largest_critical_5",
    "at_most_1.trace",
    "at_most_1.trace_critical_5",
    "at_most_1.largest",
    "at_most_1.largest_critical_5",
];
const BREAK_LEAVES: [&str; 3] = ["t", "critical_5", "break_date"];
const SHIFTS: [(&str, Shift, &str); 2] = [("level", Shift::Level, LEVEL), ("regime", Shift::Regime, REGIME)];

/// Lagged changes Johansen's model may have.
const MOST_LAGS: usize = 10;

/// `johansen.*` and `gregory_hansen.*` of two log levels.
pub(super) fn put(figures: &mut Figures, a: &[f64], b: &[f64], days: &[Day], sample: (usize, (Day, Day))) {
    let found = johansen_lag(a, b, MOST_LAGS).and_then(|lag| johansen(a, b, lag));
    put_or_absent(figures, "johansen", &JOHANSEN_LEAVES, found, sample, |group, found| {
        group.count("lag", found.lag, JOHANSEN).count("n", found.n, JOHANSEN);
        for (null, test) in ["none", "at_most_1"].into_iter().zip(found.ranks) {
            group
                .number(&format!("{null}.trace"), test.trace, Unit::Stdevs, JOHANSEN)
                .number(&format!("{null}.trace_critical_5"), test.trace_critical[1], Unit::Stdevs, JOHANSEN_CRITICAL)
                .number(&format!("{null}.largest"), test.largest, Unit::Stdevs, JOHANSEN)
                .number(
                    &format!("{null}.largest_critical_5"),
                    test.largest_critical[1],
                    Unit::Stdevs,
                    JOHANSEN_CRITICAL,
                );
        }
    });
    for (name, shift, method) in SHIFTS {
        let found = gregory_hansen(a, b, shift);
        let group = format!("gregory_hansen.{name}");
        put_or_absent(figures, &group, &BREAK_LEAVES, found, sample, |group, found| {
            group
                .number("t", found.statistic, Unit::Stdevs, method)
                .number("critical_5", found.critical[1], Unit::Stdevs, GREGORY_CRITICAL)
                .day("break_date", days[found.break_at], method);
        });
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "johansen", &JOHANSEN_LEAVES, why);
    for (name, ..) in SHIFTS {
        absent(figures, &format!("gregory_hansen.{name}"), &BREAK_LEAVES, why);
    }
}
