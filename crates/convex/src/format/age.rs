//! The age of a series in words.

use convex_core::catalog::Cadence;
use convex_core::freshness::{AgeState, Freshness};

use super::number::count;

/// `fresh`, `late: 3 days old, 1 observation missed`, `stale: …`, `discontinued: …`, `nothing stored`.
pub fn age(freshness: &Freshness) -> String {
    words(freshness, "observation")
}

/// The same with the word that suits the cadence: sessions for what is daily, releases for the rest.
pub fn age_for(freshness: &Freshness, cadence: Cadence) -> String {
    match cadence {
        Cadence::RealTime | Cadence::Delayed | Cadence::Daily => words(freshness, "session"),
        Cadence::Weekly | Cadence::Monthly => words(freshness, "release"),
    }
}

fn words(freshness: &Freshness, one: &str) -> String {
    let state = freshness.state.word();
    let old = plural(freshness.days_old.max(0) as usize, "day");
    match freshness.state {
        AgeState::Fresh | AgeState::Empty => state.to_owned(),
        AgeState::Discontinued => format!("{state}: {old} old"),
        AgeState::Late | AgeState::Stale => {
            format!("{state}: {old} old, {} missed", plural(freshness.missed, one))
        }
    }
}

/// `1 day`, `324 days`.
pub fn plural(number: usize, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_read() {
        let of = |state, days_old, missed| Freshness { state, last: None, due: None, days_old, missed };
        let table = [
            (age(&of(AgeState::Fresh, 1, 0)), "fresh"),
            (age(&of(AgeState::Empty, 0, 0)), "nothing stored"),
            (age(&of(AgeState::Late, 3, 1)), "late: 3 days old, 1 observation missed"),
            (age(&of(AgeState::Discontinued, 2_000, 0)), "discontinued: 2,000 days old"),
            (age_for(&of(AgeState::Stale, 324, 231), Cadence::Daily), "stale: 324 days old, 231 sessions missed"),
            (age_for(&of(AgeState::Stale, 100, 3), Cadence::Monthly), "stale: 100 days old, 3 releases missed"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
