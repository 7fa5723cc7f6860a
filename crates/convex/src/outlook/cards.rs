//! The scorecard as it is kept and as the API answers it.

use convex_core::Day;
use convex_core::forecast::{Pace, Score};
use convex_core::regime::History;
use convex_core::scorecard::{Card, card};
use serde::{Deserialize, Serialize};

use super::run::Made;

/// The record of all forecasts through history, made by the code that makes today's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScorecardRecord {
    /// By what rules.
    pub rules: String,
    /// First and last day on which forecasts were made.
    pub from: String,
    /// Last of them.
    pub to: String,
    /// Daily series in it.
    pub series: usize,
    /// All daily series: together, then by horizon.
    pub overall: Vec<LineRecord>,
    /// By state of the market when the forecast was made.
    pub regimes: Vec<LineRecord>,
    /// By series and horizon.
    pub by_series: Vec<LineRecord>,
    /// Ratios and spreads of pairs, by horizon and each.
    pub pairs: Vec<LineRecord>,
    /// Releases.
    pub releases: Vec<LineRecord>,
    /// Forecasts made in public whose day has come.
    pub live: Vec<LineRecord>,
    /// Series and horizons whose CRPS is above that of the walk with constant volatility.
    pub exceptions: Vec<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineRecord {
    /// What it is of.
    pub name: String,
    /// Observations ahead; none for all horizons together.
    pub horizon: Option<usize>,
    /// The numbers.
    pub card: CardRecord,
}

/// The numbers of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardRecord {
    /// Forecasts.
    pub n: usize,
    /// Days they were made on.
    pub days: usize,
    /// Share inside the bands of 50, 80 and 95 %.
    pub coverage: [f64; 3],
    /// Their intervals.
    pub coverage_95: [Option<[f64; 2]>; 3],
    /// Mean CRPS over the size of a usual change.
    pub crps: f64,
    /// Against the walk with constant volatility, as a share; negative is better.
    pub against_constant: f64,
    /// Its interval.
    pub against_constant_95: Option<[f64; 2]>,
    /// p-value of no difference.
    pub p_constant: Option<f64>,
    /// Against the walk with the volatility of the moment.
    pub against_same: f64,
    /// Mean pinball loss.
    pub pinball: f64,
    /// Outcomes in each tenth of the distributions.
    pub tenths: [f64; 10],
    /// Share of forecasts for which a model was shown.
    pub model_shown: f64,
}

impl From<Card> for CardRecord {
    fn from(card: Card) -> Self {
        let pair = |interval: convex_core::figure::Interval| [interval.low, interval.high];
        Self {
            n: card.n,
            days: card.days,
            coverage: card.coverage.map(|(share, _)| share),
            coverage_95: card.coverage.map(|(_, interval)| interval.map(pair)),
            crps: card.crps,
            against_constant: card.against_steady,
            against_constant_95: card.against_steady_95.map(pair),
            p_constant: card.p_steady,
            against_same: card.against_walk,
            pinball: card.pinball,
            tenths: card.tenths,
            model_shown: card.model_shown,
        }
    }
}

impl ScorecardRecord {
    /// The scorecard of forecasts made from one day to another; `None` where nothing daily was scored.
    pub fn of(made: &[Made], live: &[Score], histories: &[History], from: Day, to: Day) -> Option<Self> {
        let within = |score: &&Score| (from..=to).contains(&score.made);
        let scores = |of: &[&Made]| -> Vec<Score> {
            of.iter().flat_map(|made| made.scores.iter().filter(within).cloned()).collect()
        };
        let daily: Vec<&Made> = made.iter().filter(|made| made.target.pace == Pace::Daily && !made.is_pair()).collect();
        let pairs: Vec<&Made> = made.iter().filter(|made| made.target.pace == Pace::Daily && made.is_pair()).collect();
        let releases: Vec<&Made> = made.iter().filter(|made| made.target.pace != Pace::Daily).collect();
        let all = scores(&daily);
        let mut overall = lines("all daily series", &all);
        let first = overall.first()?.clone();
        overall.retain(|line| line.horizon.is_some());
        overall.insert(0, first);
        let by_series: Vec<LineRecord> = daily.iter().flat_map(|made| lines(&made.name, &scores(&[made]))).collect();
        let is_exception = |line: &&LineRecord| line.horizon.is_some() && line.card.against_constant > 0.0;
        let exceptions = by_series
            .iter()
            .filter(is_exception)
            .map(|line| {
                let above = line.card.against_constant * 100.0;
                format!("{} at {} sessions: CRPS {above:.1} % above", line.name, line.horizon.unwrap_or(0))
            })
            .collect();
        let mut of_pairs = lines("all named pairs", &scores(&pairs));
        of_pairs.extend(pairs.iter().flat_map(|made| lines(&made.name, &scores(&[made]))));
        Some(Self {
            rules: super::METHOD.to_owned(),
            from: all.iter().map(|score| score.made).min()?.to_string(),
            to: all.iter().map(|score| score.made).max()?.to_string(),
            series: daily.iter().filter(|made| made.scores.iter().any(|score| within(&score))).count(),
            overall,
            regimes: histories.iter().flat_map(|history| by_state(history, &all)).collect(),
            by_series,
            pairs: of_pairs,
            releases: releases.iter().flat_map(|made| lines(&made.name, &scores(&[made]))).collect(),
            live: lines("made in public", live),
            exceptions,
        })
    }
}

/// One row for all horizons together, then one for each.
fn lines(name: &str, scores: &[Score]) -> Vec<LineRecord> {
    let mut horizons: Vec<usize> = scores.iter().map(|score| score.horizon).collect();
    horizons.sort_unstable();
    horizons.dedup();
    let all = [None].into_iter().chain(horizons.into_iter().map(Some));
    all.filter_map(|horizon| {
        let of = scores.iter().filter(|score| horizon.is_none_or(|horizon| score.horizon == horizon));
        Some(LineRecord { name: name.to_owned(), horizon, card: card(of)?.into() })
    })
    .collect()
}

/// All horizons together in each state that was known when the forecast was made.
fn by_state(history: &History, scores: &[Score]) -> Vec<LineRecord> {
    let states = 0..history.rule.states.len() as u8;
    states
        .filter_map(|state| {
            let of = scores.iter().filter(|score| history.at_or_before(score.made) == Some(state));
            let name = format!("{}: {}", history.rule.name, history.name(state));
            Some(LineRecord { name, horizon: None, card: card(of)?.into() })
        })
        .collect()
}
