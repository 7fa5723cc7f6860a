//! What a list says of itself. Two kinds of list, never confused.

use convex_core::screen::{LEVEL, Ranking, Rate, Share};

use crate::desk::{Ledger, RankedScreen, TestedScreen};
use crate::format;

/// By what pairs are ranked, for the middle of a sentence.
pub fn by_words(by: Ranking) -> &'static str {
    match by {
        Ranking::Change => "change of correlation, last 63 sessions against the 252 before",
        Ranking::Gap => "distance of the gap from its mean of 252 sessions",
        Ranking::Correlation => "correlation over 252 sessions",
    }
}

/// The plain sentence of a ranked list: that nothing was tested, and what chance alone would show.
pub fn ranked_note(screen: &RankedScreen) -> String {
    let ranked = &screen.ranked;
    let looked = format!(
        "Nothing here was tested: of {} pairs of {} series, {} could be ranked by {}, and the largest are listed.",
        format::count(ranked.pairs),
        format::count(ranked.series),
        format::count(ranked.ranked),
        by_words(screen.by)
    );
    if screen.share != Share::WHOLE {
        let (at, of) = (screen.share.at + 1, screen.share.of);
        return format!(
            "{looked} This is share {at} of {of}: the largest of all shares together are those of the whole."
        );
    }
    let Some(odds) = screen.odds else {
        return format!("{looked} There are too few daily pairs to say how many of such size chance alone would show.");
    };
    let world = match screen.by {
        Ranking::Change => "no correlation changed",
        Ranking::Gap => "every gap is a driftless walk",
        Ranking::Correlation => "no two series are linked",
    };
    let size = match screen.by {
        Ranking::Change => format!("a change of {} on Fisher’s z scale", format::fixed(odds.size, 2)),
        Ranking::Gap => format!("{} deviations", format::fixed(odds.size, 2)),
        Ranking::Correlation => format!("a correlation of {}", format::fixed(odds.size, 2)),
    };
    let resolution = ranked.ranked as f64 / (odds.sampled * odds.worlds) as f64;
    let many = |count: f64| format::count(count.round() as usize);
    let expected = if odds.expected < resolution.max(0.5) {
        format!("fewer than {} pairs", many(resolution.max(1.0).ceil()))
    } else {
        format!(
            "about {} pairs ({} to {} in nine of ten such worlds)",
            many(odds.expected),
            many(odds.low),
            many(odds.high)
        )
    };
    format!(
        "{looked} The smallest listed is {size}; a world in which {world} would show {expected} of at least that size."
    )
}

/// The sentence of a tested list: how many tests were judged together, and at which rate that goes wrong.
pub fn tested_note(screen: &TestedScreen) -> String {
    let tested = &screen.tested;
    let passing = tested.pairs.iter().flat_map(|pair| pair.tests.iter().flatten()).filter(|test| test.passes()).count();
    let day = tested.day.map(|day| format!("{}: ", format::day(day))).unwrap_or_default();
    format!(
        "{day}{} of {} named pairs, judged together on {} resampled pasts: {} within the family. Were nothing changed, a mark on \
         any pair at all would appear on at most {} of 100 days.",
        format::plural(tested.tests, "test"),
        format::count(tested.pairs.len()),
        format::count(tested.worlds),
        match passing {
            0 => "none passes".to_owned(),
            1 => "1 passes".to_owned(),
            many => format!("{} pass", format::count(many)),
        },
        format::fixed(100.0 * LEVEL, 0),
    )
}

/// A rate with its interval and its cases: `38 % [22, 56] of 29`.
pub fn rate_words(rate: Rate) -> String {
    let (Some(share), Some(interval)) = (rate.share(), rate.interval()) else {
        return format!("{} no case yet", format::MISSING);
    };
    let percent = |share: f64| format::fixed(100.0 * share, 0);
    let bounds = format!("[{}, {}]", percent(interval.low), percent(interval.high));
    format!("{}\u{a0}% {bounds} of {}", percent(share), format::count(rate.cases))
}

/// What the ledger rests on.
pub fn ledger_note(ledger: &Ledger) -> String {
    let Some((first, last)) = ledger.span else {
        return "No day's list is kept yet: it is kept from the first day the site is served, and by convex screen --tested \
                --keep."
            .replace("day's", "day’s");
    };
    let history = match ledger.from_history {
        0 => "all made on their day".to_owned(),
        some => format!("{} of them made later from history", format::count(some)),
    };
    let open: usize = ledger.outcomes.iter().map(|outcome| outcome.open).max().unwrap_or(0);
    format!(
        "Lists of {} kept, {} ({history}): {} on gaps. A wide gap marked on many days counts once, from the first; {} not \
         known yet. Back means within half a deviation of its mean. Pairs share legs, so that cases are not independent and \
         intervals are too short.",
        format::plural(ledger.days, "day"),
        format::span(first, last),
        format::plural(ledger.marks, "mark"),
        match open {
            1 => "1 is".to_owned(),
            open => format!("{} are", format::count(open)),
        },
    )
}
