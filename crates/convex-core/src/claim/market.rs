//! Which leg leads in bull and bear markets, and late in the cycle?

use super::case::{Case, Side};
use super::{Claim, Print, Sentence, Verdict};

const MARKETS: &str = "bull and bear markets of the S&P 500 by turns of 20 %, counted; Wilson interval";
const LATE: &str = "the twelve months before each recession, counted; Wilson interval";

/// `bull-bear`: which leads in bulls and bears?
pub(super) fn bull_bear(case: &Case<'_>) -> Claim {
    const BULL: &str = "bull_bear.bull_share";
    const BEAR: &str = "bull_bear.bear_share";
    const CYCLES: &str = "bull_bear.cycles";
    let question = "Which leads in bull and in bear markets?";
    if case.number(CYCLES).is_none() {
        return case.missing("bull-bear", question, CYCLES, MARKETS);
    }
    let Some((bull, bear)) = case.side(BULL, 0.5).zip(case.side(BEAR, 0.5)) else {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(": both histories hold ")
            .bare("bull_bear.bulls")
            .say(" whole bull and ")
            .bare("bull_bear.bears")
            .say(" whole bear markets, and it takes at least eight of each");
        let sentence = pace(case, sentence, "bull_bear.years_needed");
        return case.claim("bull-bear", question, Verdict::NotMeasurable, sentence, &[CYCLES], MARKETS);
    };
    let (a, b) = (case.a(), case.b());
    let ahead = |side, phase: &str| match side {
        Side::Above => Some(format!("{a} in {phase} markets")),
        Side::Below => Some(format!("{b} in {phase} markets")),
        Side::Around => None,
    };
    let found: Vec<String> = [ahead(bull, "bull"), ahead(bear, "bear")].into_iter().flatten().collect();
    let (opening, verdict) = match found.len() {
        0 => ("Neither, as far as can be told".to_owned(), Verdict::NotEstablished),
        1 => (super::case::at_start(&found[0]), Verdict::Suggestive),
        _ => (super::case::at_start(&found.join(", ")), Verdict::Measured),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": {a} was ahead in "))
        .print(BULL, Print::Percent, true)
        .say(" of ")
        .bare("bull_bear.bulls")
        .say(" bull markets and in ")
        .print(BEAR, Print::Percent, true)
        .say(" of ")
        .bare("bull_bear.bears")
        .say(" bear markets")
        .since(CYCLES)
        .say(".")
        .say(case.total_return_note());
    case.claim("bull-bear", question, verdict, sentence, &[CYCLES], MARKETS)
}

/// `late-cycle`: which leads late in the cycle?
pub(super) fn late_cycle(case: &Case<'_>) -> Claim {
    const SHARE: &str = "late_cycle.share";
    const RECESSIONS: &str = "late_cycle.recessions";
    let question = "Which leads late in the cycle?";
    if case.number(RECESSIONS).is_none() {
        return case.missing("late-cycle", question, RECESSIONS, LATE);
    }
    let Some(side) = case.side(SHARE, 0.5) else {
        let sentence = Sentence::default()
            .strong("Not measurable")
            .say(": it takes eight recessions with the year before each in both histories, and there have been ")
            .bare(RECESSIONS);
        let sentence = pace(case, sentence, "late_cycle.years_needed");
        return case.claim("late-cycle", question, Verdict::NotMeasurable, sentence, &[SHARE], LATE);
    };
    let (opening, verdict) = match side {
        Side::Above => (super::case::at_start(case.a()), Verdict::Measured),
        Side::Below => (super::case::at_start(case.b()), Verdict::Measured),
        Side::Around => ("Neither, as far as can be told".to_owned(), Verdict::NotEstablished),
    };
    let sentence = Sentence::default()
        .strong(opening)
        .say(format!(": {} was ahead in the twelve months before ", case.a()))
        .print(SHARE, Print::Percent, true)
        .say(" of ")
        .bare(RECESSIONS)
        .say(" recessions")
        .since(RECESSIONS)
        .say(".")
        .say(case.total_return_note());
    case.claim("late-cycle", question, verdict, sentence, &[], LATE)
}

/// How much history it would take at the pace so far.
fn pace(case: &Case<'_>, sentence: Sentence, years: &str) -> Sentence {
    if case.number(years).is_none() {
        return sentence.say(".");
    }
    sentence.say("; at the pace so far that is about ").print(years, Print::Tens, false).say(" years of history.")
}
