//! The age of a series in words.

use convex_core::freshness::Freshness;

use super::number::count;

/// `fresh`, `late: 3 days old, 1 observation missed`, `closed until …`, `nothing stored`.
pub fn age(freshness: &Freshness) -> String {
    freshness.plain_words()
}

/// The same with the word that suits the cadence (sessions for what is daily, releases for the rest), and with when its
/// market opens again.
pub fn age_in_full(freshness: &Freshness) -> String {
    let words = freshness.words();
    let market = freshness.market_words().filter(|_| freshness.state == convex_core::freshness::AgeState::Fresh);
    let parts = [Some(words), market, freshness.calendar_words().map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// `1 day`, `324 days`.
pub fn plural(number: usize, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// The words with a capital letter first.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use convex_core::catalog::Catalog;
    use convex_core::freshness::{Facts, Look, freshness};

    use super::*;

    fn seen(id: &str, last: &str, now: &str) -> Freshness {
        let metric = Catalog::builtin().metric(id).unwrap();
        freshness(metric, last.parse().ok(), Look::Now(now.parse().unwrap()), Facts::default())
    }

    #[test]
    fn ages_as_read() {
        let table = [
            (age(&seen("iwm", "2025-06-12", "2025-06-13T15:00:00Z")), "fresh"),
            (age(&seen("iwm", "", "2025-06-13T15:00:00Z")), "nothing stored"),
            (age(&seen("iwm", "2025-06-11", "2025-06-13T15:00:00Z")), "late: 2 days old, 1 observation missed"),
            (age_in_full(&seen("iwm", "2025-06-11", "2025-06-13T15:00:00Z")), "late: 2 days old, 1 session missed"),
            (
                age_in_full(&seen("iwm", "2025-06-13", "2025-06-14T15:00:00Z")),
                "fresh; market closed until Mon 16 Jun 09:30, New York",
            ),
            (
                age_in_full(&seen("unrate", "2025-01-01", "2025-06-13T15:00:00Z")),
                "stale: 133 days old, 4 releases missed",
            ),
            (capitalised("shortened upstream"), "Shortened upstream"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
