//! The rules: which series decide, where the borders lie, when it is known.

use super::history::History;
use super::{macroeconomy, switching};
use crate::state::drawdown_from_high;
use crate::{Day, Series};

/// When a state is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// From the values of the day itself and before, so before the day it conditions.
    Before,
    /// Only months or years later.
    Later,
}

/// One way to tell states apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Short stable name.
    pub id: &'static str,
    /// What a reader calls it.
    pub name: &'static str,
    /// The rule in words.
    pub words: &'static str,
    /// Names of the states, in the order of their numbers.
    pub states: &'static [&'static str],
    /// Series that decide.
    pub needs: &'static [&'static str],
    /// When it is known.
    pub known: Known,
}

/// Every rule, in the order of the page.
pub const RULES: [Rule; 8] = [
    Rule {
        id: "vix",
        name: "Implied volatility",
        words: "The close of the VIX: below 15, from 15 to below 25, 25 and above.",
        states: &["VIX below 15", "VIX 15 to 25", "VIX 25 and up"],
        needs: &["vixcls"],
        known: Known::Before,
    },
    Rule {
        id: "drawdown",
        name: "S&P 500 below its high",
        words: "The close of SPY below its highest of 252 sessions: less than 10 %, 10 to 20 %, 20 % and more.",
        states: &["within 10 % of the high", "10 to 20 % below", "20 % or more below"],
        needs: &["spy"],
        known: Known::Before,
    },
    Rule {
        id: "curve",
        name: "Yield curve",
        words: "The 10-year less the 2-year Treasury yield: zero and above, or below.",
        states: &["upward", "inverted"],
        needs: &["t10y2y"],
        known: Known::Before,
    },
    Rule {
        id: "yields",
        name: "Direction of yields",
        words: "The 10-year Treasury yield against where it stood 63 observations before.",
        states: &["falling or level", "rising"],
        needs: &["dgs10"],
        known: Known::Before,
    },
    Rule {
        id: "credit",
        name: "Credit spreads",
        words: "The high-yield spread against where it stood 63 observations before.",
        states: &["narrowing or level", "widening"],
        needs: &["bamlh0a0hym2"],
        known: Known::Before,
    },
    Rule {
        id: "macro",
        name: "Growth and inflation",
        words: "Growth improves when initial jobless claims of the last 13 weeks are below those of the 13 weeks before; inflation \
                rises when the 12-month change of consumer prices is above that of 6 months before. As published by the day.",
        states: &[
            "growth better, inflation falling",
            "growth better, inflation rising",
            "growth worse, inflation falling",
            "growth worse, inflation rising",
        ],
        needs: &["icsa", "cpiaucsl"],
        known: Known::Before,
    },
    Rule {
        id: "switching",
        name: "Calm or wild (two-state model)",
        words: "A model of daily changes of SPY with a calm and a wild state, fitted each year on the ten years before; \
                wild when the chance of the wild state, from changes up to the day, is above one half.",
        states: &["calm", "wild"],
        needs: &["spy"],
        known: Known::Before,
    },
    Rule {
        id: "recession",
        name: "Recession (NBER)",
        words: "Months the NBER dates as recession. The dates are announced 4 to 21 months later: nobody knew them on the day.",
        states: &["expansion", "recession"],
        needs: &["usrec"],
        known: Known::Later,
    },
];

/// The history of each rule that has its series; the lookup answers with a series, or nothing where none is stored.
pub fn histories<'s>(lookup: impl Fn(&str) -> Option<&'s Series>) -> Vec<History> {
    RULES.iter().filter_map(|rule| history(rule, &lookup)).filter(|history| !history.days.is_empty()).collect()
}

fn history<'s>(rule: &Rule, lookup: &impl Fn(&str) -> Option<&'s Series>) -> Option<History> {
    let series = lookup(rule.needs[0])?;
    let banded = |series: &Series, borders: &[f64], rising: bool| {
        let state = |value: f64| {
            borders.iter().filter(|border| if rising { value >= **border } else { value <= **border }).count() as u8
        };
        let (days, states) = series.iter().map(|(day, value)| (day, state(value))).unzip();
        History { rule: *rule, days, states, chances: None }
    };
    Some(match rule.id {
        "vix" => banded(series, &[15.0, 25.0], true),
        "drawdown" => banded(&drawdown_from_high(series), &[-0.1, -0.2], false),
        "curve" => below_zero(*rule, series),
        "yields" | "credit" => banded(&direction(series), &[f64::MIN_POSITIVE], true),
        "macro" => macroeconomy::history(*rule, series, lookup("cpiaucsl")?),
        "switching" => switching::history(*rule, series),
        _ => recession(*rule, series),
    })
}

fn below_zero(rule: Rule, series: &Series) -> History {
    let (days, states) = series.iter().map(|(day, value)| (day, u8::from(value < 0.0))).unzip();
    History { rule, days, states, chances: None }
}

/// A flag for each weekday of each month that has one.
fn recession(rule: Rule, flags: &Series) -> History {
    let (mut days, mut states) = (Vec::new(), Vec::new());
    for (month, flag) in flags.iter().filter(|(month, _)| month.year() >= 1950) {
        let mut day: Day = month;
        while day <= month.end_of_month() {
            if !day.is_weekend() {
                days.push(day);
                states.push(u8::from(flag > 0.5));
            }
            day = day + 1;
        }
    }
    History { rule, days, states, chances: None }
}

/// Change of each observation from that 63 before. Rounding noise is no direction.
fn direction(series: &Series) -> Series {
    let values = series.values();
    let moved = values.iter().zip(values.iter().skip(63)).map(|(before, now)| {
        let moved = now - before;
        if moved.abs() < 1e-9 { 0.0 } else { moved }
    });
    Series::new(series.days().iter().skip(63).copied().collect(), moved.collect()).unwrap_or_else(|_| Series::empty())
}
