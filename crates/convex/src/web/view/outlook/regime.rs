//! `/regime`: the states now, through time, and what the seed pairs did in them.

use convex_core::Day;
use convex_core::event::Assessment;
use convex_core::regime::{APPETITE, History, Known};

use super::datum::{Datum, between};
use crate::chart::{escape, sparkline};
use crate::desk::Regimes;
use crate::format;

/// Years shown by the strips.
const YEARS: i32 = 15;

/// The page.
#[derive(Clone, Debug)]
pub(in crate::web) struct RegimeView {
    pub(in crate::web) rules: Vec<RuleView>,
    pub(in crate::web) appetite: Option<AppetiteView>,
    /// Why there is no index of appetite; empty if there is one.
    pub(in crate::web) no_appetite: String,
    pub(in crate::web) pairs: Vec<PairView>,
}

/// One rule.
#[derive(Clone, Debug)]
pub(in crate::web) struct RuleView {
    pub(in crate::web) id: &'static str,
    pub(in crate::web) name: &'static str,
    pub(in crate::web) words: &'static str,
    pub(in crate::web) state: Datum,
    pub(in crate::web) since: String,
    pub(in crate::web) sure: String,
    pub(in crate::web) strip: String,
    pub(in crate::web) shares: String,
    pub(in crate::web) later: bool,
}

/// The index of appetite.
#[derive(Clone, Debug)]
pub(in crate::web) struct AppetiteView {
    pub(in crate::web) value: Datum,
    pub(in crate::web) day: String,
    pub(in crate::web) parts: Vec<(String, String)>,
    pub(in crate::web) line: String,
}

/// One pair: a row for each state of each rule.
#[derive(Clone, Debug)]
pub(in crate::web) struct PairView {
    pub(in crate::web) title: String,
    pub(in crate::web) href: String,
    pub(in crate::web) rows: Vec<PairRow>,
}

/// One state of one rule.
#[derive(Clone, Debug)]
pub(in crate::web) struct PairRow {
    pub(in crate::web) rule: &'static str,
    pub(in crate::web) state: &'static str,
    pub(in crate::web) is_now: bool,
    pub(in crate::web) n: String,
    pub(in crate::web) correlation: Datum,
    pub(in crate::web) correlation_95: String,
    pub(in crate::web) ahead: Datum,
    pub(in crate::web) ahead_95: String,
}

pub(in crate::web) fn regime_view(found: &Regimes) -> RegimeView {
    let no_appetite = found.appetite.as_ref().err().map(format::why).unwrap_or_default();
    let appetite = found.appetite.as_ref().ok().and_then(|appetite| {
        let (day, value) = appetite.index.last()?;
        let recent = appetite.index.after(day - 365 * 2);
        let parts = APPETITE.iter().zip(appetite.parts);
        Some(AppetiteView {
            value: Datum::new("risk_appetite.value", value, format!("{} of 100", format::fixed(value, 0))),
            day: format::weekday(day),
            parts: parts
                .map(|((risky, safe), part)| {
                    (format!("{} / {}", risky.to_uppercase(), safe.to_uppercase()), format::fixed(part, 1))
                })
                .collect(),
            line: sparkline(recent.days(), recent.values(), "a", "Risk appetite, two years"),
        })
    });
    let pairs = found.pairs.iter().map(|pair| {
        let slug = format!("{}-vs-{}", pair.a.id, pair.b.id);
        let rows = found.histories.iter().zip(&pair.states).flat_map(|(history, states)| {
            let now = history.now().map(|now| now.state);
            let slug = slug.clone();
            states.iter().map(move |state| {
                let name = |leaf: &str| format!("regime.{}.{}.{leaf}", history.rule.id, state.state);
                let fixed = |value: f64| format::fixed(value, 2);
                let percent = format::signed_percent;
                PairRow {
                    rule: history.rule.name,
                    state: history.name(state.state),
                    is_now: now == Some(state.state),
                    n: format::count(state.n),
                    correlation: Datum::or_why(
                        name("correlation"),
                        state.correlation.as_ref().map(|(value, _)| *value),
                        fixed,
                    )
                    .of(&slug),
                    correlation_95: state
                        .correlation
                        .as_ref()
                        .map(|(_, interval)| between(*interval, fixed))
                        .unwrap_or_default(),
                    ahead: Datum::or_why(name("ahead_21"), state.ahead_21.as_ref().map(|(value, _)| *value), percent)
                        .of(&slug),
                    ahead_95: state
                        .ahead_21
                        .as_ref()
                        .map(|(_, interval)| between(*interval, percent))
                        .unwrap_or_default(),
                }
            })
        });
        PairView {
            title: format!("{} vs {}", pair.a.short, pair.b.short),
            href: format!("/compare/{slug}"),
            rows: rows.collect(),
        }
    });
    RegimeView {
        rules: found.histories.iter().filter_map(rule).collect(),
        appetite,
        no_appetite,
        pairs: pairs.collect(),
    }
}

fn rule(history: &History) -> Option<RuleView> {
    let now = history.now()?;
    let rule = &history.rule;
    let stays = match now.keeps {
        Some((share, interval)) => format!(
            "Of {} spans of 21 observations that began in this state, {} ended in it: {} {}.",
            now.spans,
            now.kept,
            format::percent(share),
            between(interval, format::percent)
        ),
        None => "No earlier span of 21 observations began in this state.".to_owned(),
    };
    let sure = match now.chance {
        Some(chance) => format!("Chance of the wild state now: {}. {stays}", format::percent(chance)),
        None => stays,
    };
    let shares = rule.states.iter().zip(history.shares());
    let shares: Vec<String> = shares.map(|(state, share)| format!("{state} {}", format::percent(share))).collect();
    Some(RuleView {
        id: rule.id,
        name: rule.name,
        words: rule.words,
        state: Datum::new(format!("regime.{}.state", rule.id), f64::from(now.state), history.name(now.state)),
        since: format!("since {} (as of {})", format::day(now.since), format::day(now.day)),
        sure,
        strip: strip(history, now.day),
        shares: format!("Of all days since {}: {}.", history.days[0].year(), shares.join(", ")),
        later: rule.known == Known::Later,
    })
}

/// The last years as a strip, darker the higher the state's number.
fn strip(history: &History, to: Day) -> String {
    let from = history.days[0].max(to - 365 * YEARS);
    let whole = f64::from(to - from).max(1.0);
    let x = |day: Day| f64::from(day - from) / whole * 1_000.0;
    let last = history.rule.states.len().max(2) - 1;
    let mut parts = String::new();
    let stretches = history.stretches();
    for (at, (start, _, state)) in stretches.iter().enumerate() {
        let end = stretches.get(at + 1).map_or(to, |(next, ..)| *next);
        if end <= from {
            continue;
        }
        let (left, right) = (x((*start).max(from)), x(end));
        let opacity = 0.08 + 0.8 * f64::from(*state) / last as f64;
        parts += &format!(
            "<rect x=\"{left:.1}\" y=\"0\" width=\"{:.1}\" height=\"14\" opacity=\"{opacity:.2}\"/>",
            (right - left).max(0.3)
        );
    }
    format!(
        "<svg class=\"strip\" viewBox=\"0 0 1000 14\" width=\"100%\" height=\"14\" preserveAspectRatio=\"none\" fill=\"currentColor\" role=\"img\" aria-label=\"{} from {} to {}, darker: {}\">{parts}</svg>",
        escape(history.rule.name),
        from.year(),
        to.year(),
        escape(history.rule.states[last]),
    )
}

/// One event with its odds.
#[derive(Clone, Debug)]
pub(in crate::web) struct OddsView {
    pub(in crate::web) question: &'static str,
    pub(in crate::web) now: Datum,
    pub(in crate::web) base: String,
    pub(in crate::web) said: String,
    pub(in crate::web) record: String,
    pub(in crate::web) line: String,
    pub(in crate::web) reliability: Vec<(String, String, String)>,
}

/// The odds of events; `target` is the pair they are about, if they are.
pub(in crate::web) fn odds_view(assessed: &[Assessment], target: Option<&str>) -> Vec<OddsView> {
    assessed.iter().map(|one| odds_of(one, target)).collect()
}

fn odds_of(one: &Assessment, target: Option<&str>) -> OddsView {
    let name = format!("event.{}", one.event.id.replace('-', "_"));
    let now = Datum::or_why(&name, one.now.as_ref().map(|odds| one.chance(odds)), format::percent);
    let base = match &one.now {
        Ok(odds) => format!(
            "Base rate {} {}: it followed {} of {} cases that do not overlap, among {}.",
            format::percent(odds.base),
            between(odds.interval, format::percent),
            odds.came,
            odds.cases,
            one.event.class
        ),
        Err(why) => format!("No odds now: {}. Asked of {}.", format::why(why), one.event.class),
    };
    let said = match (&one.now, one.update_shown) {
        (Ok(odds), true) if odds.updated.is_some() => {
            format!(
                "Shown is the base rate updated by {}, which has scored better than the base rate alone.",
                one.event.known
            )
        }
        _ => format!(
            "Shown is the base rate: an update by {} has not scored better, or has too few cases.",
            one.event.known
        ),
    };
    let record = one.brier.zip(one.log_score).map_or_else(
        || format!("{} settled points, too few with an update to score both.", one.settled),
        |((base, update), (log_base, log_update))| {
            format!(
                "Over {} settled points: Brier score {} for the update against {} for the base rate, log score {} against {}.",
                one.settled,
                format::fixed(update, 3),
                format::fixed(base, 3),
                format::fixed(log_update, 3),
                format::fixed(log_base, 3)
            )
        },
    );
    let (days, chances): (Vec<Day>, Vec<f64>) =
        one.history.iter().map(|step| (step.odds.day, one.chance(&step.odds))).unzip();
    let bins = one.reliability.iter().map(|bin| {
        let observed = format!("{} {}", format::percent(bin.observed), between(bin.interval, format::percent));
        (format::percent(bin.forecast), observed, bin.n.to_string())
    });
    OddsView {
        question: one.event.question,
        now: target.map_or(now.clone(), |target| now.of(target)),
        base,
        said,
        record,
        line: sparkline(&days, &chances, "a", "Odds through time"),
        reliability: bins.collect(),
    }
}
