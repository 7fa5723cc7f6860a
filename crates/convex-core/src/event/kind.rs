//! Which events: what is asked, of which days, and what was known on them.

use crate::{Day, Series};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The VIX closes above 30.
    VixAbove30,
    /// The S&P 500 (SPY) closes 10 % or more below its 252-session high, coming from less.
    Correction,
    /// The inverted curve turns positive.
    CurveTurnsPositive,
    /// A recession starts, as the NBER dates it later.
    RecessionStarts,
    /// The ratio of a pair makes a new 252-session high.
    RatioHigh,
    /// The ratio of a pair makes a new 252-session low.
    RatioLow,
}

/// An event that is given odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Short stable name.
    pub id: &'static str,
    /// The question.
    pub question: &'static str,
    /// The days compared with: the reference class, in words.
    pub class: &'static str,
    /// What is known on a day and may change the odds, in words.
    pub known: &'static str,
    /// Sessions within which it must happen.
    pub within: usize,
    /// Series it needs besides the pair's ratio.
    pub needs: &'static [&'static str],
    /// What it is about.
    pub subject: Subject,
}

/// The events that are followed without a pair.
pub const EVENTS: [Event; 4] = [
    Event {
        id: "vix-above-30",
        question: "Will the VIX close above 30 within 21 sessions?",
        class: "days on which the VIX closed at 30 or below",
        known: "the level of the VIX, its change over 5 sessions",
        within: 21,
        needs: &["vixcls"],
        subject: Subject::VixAbove30,
    },
    Event {
        id: "spy-correction",
        question: "Will the S&P 500 (SPY) close 10 % below its one-year high within 63 sessions?",
        class: "days on which it stood less than 10 % below that high",
        known: "how far it stands below the high, the level of the VIX",
        within: 63,
        needs: &["spy", "vixcls"],
        subject: Subject::Correction,
    },
    Event {
        id: "curve-turns-positive",
        question: "Will the inverted yield curve (10-year less 2-year) turn positive within 126 sessions?",
        class: "days on which the curve was inverted",
        known: "how deep it is inverted, its change over 63 sessions",
        within: 126,
        needs: &["t10y2y"],
        subject: Subject::CurveTurnsPositive,
    },
    Event {
        id: "recession-starts",
        question: "Will a recession, as the NBER dates it later, start within 252 sessions?",
        class: "days outside recessions, as dated later",
        known: "the 10-year less 3-month yield, the rise of unemployment over its 12-month low",
        within: 252,
        needs: &["t10y3m", "usrec", "unrate"],
        subject: Subject::RecessionStarts,
    },
];

/// The two events of a pair with a ratio.
pub const fn of_pair() -> [Event; 2] {
    [
        Event {
            id: "ratio-high",
            question: "Will the ratio make a new one-year high within 63 sessions?",
            class: "days on which the ratio was not at its 252-session high",
            known: "where the ratio stands in its one-year range, its change over 63 sessions",
            within: 63,
            needs: &[],
            subject: Subject::RatioHigh,
        },
        Event {
            id: "ratio-low",
            question: "Will the ratio make a new one-year low within 63 sessions?",
            class: "days on which the ratio was not at its 252-session low",
            known: "where the ratio stands in its one-year range, its change over 63 sessions",
            within: 63,
            needs: &[],
            subject: Subject::RatioLow,
        },
    ]
}

/// Days on which the event could be asked about, what was known, and when it next happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// All days, in order.
    pub days: Vec<Day>,
    /// Whether the day belongs to the reference class.
    pub eligible: Vec<bool>,
    /// What was known on the day, two numbers.
    pub known: Vec<Vec<f64>>,
    /// Whether the event is true of the day itself.
    pub holds: Vec<bool>,
    /// Days from a day to the moment when it is known whether the event was true of it: months for recessions.
    pub told_after: i32,
}

impl Event {
    /// Its material from the series it needs, the first of them giving the days; `ratio` is the logarithm of the
    /// pair's ratio (or its spread), if it is about one.
    pub fn material<'s>(
        &self,
        lookup: impl Fn(&str) -> Option<&'s Series>,
        ratio: Option<&Series>,
    ) -> Option<Material> {
        let series = |at: usize| lookup(self.needs.get(at)?);
        Some(match self.subject {
            Subject::VixAbove30 => {
                let vix = series(0)?;
                rows(vix, 5, |past, now| (now <= 30.0, vec![now.ln(), (now / past[0]).ln()], now > 30.0))
            }
            Subject::Correction => {
                let (spy, vix) = (series(0)?, series(1)?);
                let fall = crate::state::drawdown_from_high(spy);
                let fear = |day: Day| vix.at_or_before(day).map(|(_, value)| value.max(1.0).ln());
                let mut material = rows(&fall, 0, |_, now| (now > -0.1, vec![now, 0.0], now <= -0.1));
                for (row, day) in material.known.iter_mut().zip(&material.days) {
                    row[1] = fear(*day).unwrap_or(3.0);
                }
                material
            }
            Subject::CurveTurnsPositive => {
                let curve = series(0)?;
                rows(curve, 63, |past, now| (now < 0.0, vec![now, now - past[0]], now > 0.0))
            }
            Subject::RecessionStarts => recession(series(0)?, series(1)?, series(2)?),
            Subject::RatioHigh | Subject::RatioLow => {
                let ratio = ratio?;
                let high = self.subject == Subject::RatioHigh;
                rows(ratio, 252, |past, now| {
                    let (top, bottom) =
                        past.iter().fold((f64::MIN, f64::MAX), |(top, low), x| (top.max(*x), low.min(*x)));
                    let at_end = if high { now > top } else { now < bottom };
                    let place = if top > bottom { (now - bottom) / (top - bottom) } else { 0.5 };
                    (!at_end, vec![place, now - past[189]], at_end)
                })
            }
        })
    }
}

/// One row a day that has `back` days behind it.
fn rows(series: &Series, back: usize, row: impl Fn(&[f64], f64) -> (bool, Vec<f64>, bool)) -> Material {
    let mut material = Material::default();
    for at in back..series.len() {
        let (eligible, known, holds) = row(&series.values()[at - back..at], series.values()[at]);
        material.days.push(series.days()[at]);
        material.eligible.push(eligible);
        material.known.push(known);
        material.holds.push(holds);
    }
    material
}

/// NBER dates come months later: a day's own flag is taken as told only after two years, and what is known are the curve and
/// unemployment as published by the day.
fn recession(curve: &Series, flags: &Series, unemployment: &Series) -> Material {
    let in_recession = |day: Day| {
        let (month, flag) = flags.at_or_before(day)?;
        (month.end_of_month() == day.end_of_month()).then_some(flag > 0.5)
    };
    let mut material = Material { told_after: 730, ..Material::default() };
    for (day, slope) in curve.iter() {
        // A month's unemployment is published in the first week of the next one.
        let known = unemployment.days().partition_point(|month| month.end_of_month() + 8 <= day);
        if known < 12 {
            continue;
        }
        let Some(flag) = in_recession(day) else { continue };
        let year = &unemployment.values()[known - 12..known];
        let low = year.iter().copied().fold(f64::MAX, f64::min);
        material.days.push(day);
        material.eligible.push(!flag);
        material.known.push(vec![slope, year[11] - low]);
        material.holds.push(flag);
    }
    material
}
