//! Odds through time, each from what was known by then, and how good they were.

use convex_stats::Interval;
use convex_stats::logistic::{Logistic, logistic};
use convex_stats::proportion::jeffreys;
use convex_stats::score::{Bin, brier, log_score, reliability};

use super::kind::{Event, Material};
use crate::Day;
use crate::figure::Unavailable;

/// Cases below which no odds are told.
const LEAST: usize = 8;
/// Sessions between two points of the history, and between the cases a logistic fit looks at.
const EVERY: usize = 21;
/// Weight of the penalty that keeps a fit on few cases modest.
const PENALTY: f64 = 1.0;

/// The odds of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    /// The day.
    pub day: Day,
    /// Share of earlier cases, non-overlapping, after which the event came.
    pub base: f64,
    /// Jeffreys' interval of that share.
    pub interval: Interval,
    /// Those cases.
    pub cases: usize,
    /// How many of them the event followed.
    pub came: usize,
    /// The chance by the logistic fit, where one could be made.
    pub updated: Option<f64>,
}

/// A past point with what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The odds told.
    pub odds: Odds,
    /// Whether it happened; `None` while it is not yet known.
    pub happened: Option<bool>,
}

/// An event with its odds now, their history and their record.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The event.
    pub event: Event,
    /// The odds of the last day; a reason where there are none (the last day is outside the reference class, too few cases).
    pub now: Result<Odds, Unavailable>,
    /// Whether the logistic update is shown: it has beaten the base rate on the settled points, by Brier's score.
    pub update_shown: bool,
    /// Points through time, every 21 sessions of the reference class.
    pub history: Vec<Step>,
    /// Settled points.
    pub settled: usize,
    /// Brier's score of base rate and update, on points that have both.
    pub brier: Option<(f64, f64)>,
    /// Log score of the two.
    pub log_score: Option<(f64, f64)>,
    /// Reliability of what was shown.
    pub reliability: Vec<Bin>,
}

impl Assessment {
    /// The chance shown: the update where it has proved itself, else the base rate.
    pub fn chance(&self, odds: &Odds) -> f64 {
        odds.updated.filter(|_| self.update_shown).unwrap_or(odds.base)
    }
}

/// Odds of an event through time; every number of a day rests on what was known by that day.
pub fn assess(event: Event, material: &Material) -> Assessment {
    let within = event.within;
    let n = material.days.len();
    // How many rows until the event is next true, and the row from which it is known that it was not.
    let mut next = vec![usize::MAX; n];
    let mut coming = usize::MAX;
    for at in (0..n).rev() {
        next[at] = coming;
        if material.holds[at] {
            coming = at;
        }
    }
    let outcome = |at: usize, known: usize| -> Option<bool> {
        let told = |row: usize| row <= known && material.days[known] - material.days[row] >= material.told_after;
        if next[at] <= at + within && told(next[at]) {
            return Some(true);
        }
        (at + within <= known && told(at + within)).then_some(next[at] <= at + within)
    };
    let mut history: Vec<Step> = Vec::new();
    let mut from_last = EVERY;
    for at in 0..n {
        from_last += 1;
        if from_last <= EVERY || !material.eligible[at] {
            continue;
        }
        if let Ok(odds) = odds(material, &outcome, at, within) {
            from_last = 1;
            let happened = n.checked_sub(1).and_then(|last| outcome(at, last));
            history.push(Step { odds, happened });
        }
    }
    let now = match n.checked_sub(1) {
        None => Err(Unavailable::TooFew { have: 0, need: LEAST }),
        Some(last) if !material.eligible[last] => {
            Err(Unavailable::NotMeaningful("today is not one of the days the question is asked of"))
        }
        Some(last) => odds(material, &outcome, last, within),
    };
    scored(event, now, history)
}

fn odds(
    material: &Material,
    outcome: &impl Fn(usize, usize) -> Option<bool>,
    at: usize,
    within: usize,
) -> Result<Odds, Unavailable> {
    let (mut cases, mut came, mut past) = (0, 0, 0);
    while past < at {
        match outcome(past, at) {
            Some(happened) if material.eligible[past] => {
                cases += 1;
                came += usize::from(happened);
                past += within;
            }
            _ => past += 1,
        }
    }
    if cases < LEAST {
        return Err(Unavailable::TooFew { have: cases, need: LEAST });
    }
    let updated = updated(material, outcome, at);
    Ok(Odds {
        day: material.days[at],
        base: came as f64 / cases as f64,
        interval: jeffreys(came, cases),
        cases,
        came,
        updated,
    })
}

/// The chance by a logistic fit on the cases settled by then, what is known measured against its own past. None where
/// something of it is not known that day.
fn updated(material: &Material, outcome: &impl Fn(usize, usize) -> Option<bool>, at: usize) -> Option<f64> {
    let is_known = |row: usize| material.known[row].iter().all(|value| value.is_finite());
    if !is_known(at) {
        return None;
    }
    let rows: Vec<(usize, bool)> = (0..at)
        .step_by(EVERY)
        .filter(|row| material.eligible[*row] && is_known(*row))
        .filter_map(|row| Some((row, outcome(row, at)?)))
        .collect();
    let count = rows.iter().filter(|(_, happened)| *happened).count();
    if rows.len() < 40 || count < 5 || rows.len() - count < 5 {
        return None;
    }
    let width = material.known[at].len();
    let n = rows.len() as f64;
    let scale: Vec<(f64, f64)> = (0..width)
        .map(|column| {
            let mean = rows.iter().map(|(row, _)| material.known[*row][column]).sum::<f64>() / n;
            let square = rows.iter().map(|(row, _)| (material.known[*row][column] - mean).powi(2)).sum::<f64>() / n;
            (mean, square.sqrt().max(1e-9))
        })
        .collect();
    let standard = |row: usize| -> Vec<f64> {
        material.known[row]
            .iter()
            .zip(&scale)
            .map(|(value, (mean, size))| ((value - mean) / size).clamp(-4.0, 4.0))
            .collect()
    };
    let known: Vec<Vec<f64>> = rows.iter().map(|(row, _)| standard(*row)).collect();
    let happened: Vec<bool> = rows.iter().map(|(_, happened)| *happened).collect();
    let fit: Logistic = logistic(&known, &happened, PENALTY).ok()?;
    Some(fit.chance(&standard(at)).clamp(0.005, 0.995))
}

fn scored(event: Event, now: Result<Odds, Unavailable>, history: Vec<Step>) -> Assessment {
    let settled: Vec<(&Odds, bool)> = history.iter().filter_map(|step| Some((&step.odds, step.happened?))).collect();
    let both: Vec<(f64, f64, bool)> =
        settled.iter().filter_map(|(odds, happened)| Some((odds.base, odds.updated?, *happened))).collect();
    let happened: Vec<bool> = both.iter().map(|(.., happened)| *happened).collect();
    let base: Vec<f64> = both.iter().map(|(base, ..)| *base).collect();
    let update: Vec<f64> = both.iter().map(|(_, update, _)| *update).collect();
    let pair = |score: fn(&[f64], &[bool]) -> Result<f64, convex_stats::Undefined>| {
        score(&base, &happened).ok().zip(score(&update, &happened).ok())
    };
    let brier = pair(brier);
    let update_shown = both.len() >= 20 && brier.is_some_and(|(base, update)| update < base);
    let shown: Vec<f64> =
        settled.iter().map(|(odds, _)| odds.updated.filter(|_| update_shown).unwrap_or(odds.base)).collect();
    let outcomes: Vec<bool> = settled.iter().map(|(_, happened)| *happened).collect();
    Assessment {
        event,
        now,
        update_shown,
        settled: settled.len(),
        brier,
        log_score: pair(log_score),
        reliability: reliability(&shown, &outcomes, 10),
        history,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Series;
    use crate::event::EVENTS;

    fn vix(n: i32) -> Series {
        // Waves of fear: calm for long, above 30 for a while, rising beforehand.
        let value = |t: i32| 20.0 + 8.0 * (f64::from(t) / 60.0).sin() + 7.0 * (f64::from(t) / 23.0).sin();
        let days = (0..n).map(|t| Day::from_epoch_days(t).unwrap()).collect();
        Series::new(days, (0..n).map(value).collect()).unwrap()
    }

    fn assessed(n: i32) -> Assessment {
        let vix = vix(n);
        let material = EVENTS[0].material(|_| Some(&vix), None).unwrap();
        assess(EVENTS[0], &material)
    }

    #[test]
    fn odds_rest_on_the_past_alone() {
        let (long, short) = (assessed(4_000), assessed(2_500));
        assert!(short.history.len() > 40);
        for (now, then) in long.history.iter().zip(&short.history) {
            assert_eq!(now.odds, then.odds);
        }
    }

    #[test]
    fn what_is_known_beats_the_base_rate_where_it_tells() {
        let found = assessed(4_000);
        let (base, update) = found.brier.unwrap();
        assert!(update < base && found.update_shown, "{update} {base}");
        let now = found.now.clone().unwrap();
        assert!(now.cases >= 8 && now.interval.contains(now.base));
        assert!(found.reliability.iter().map(|bin| bin.n).sum::<usize>() == found.settled);
    }

    #[test]
    fn few_cases_give_no_odds() {
        assert!(matches!(assessed(120).now, Err(Unavailable::TooFew { need: 8, .. })));
    }

    #[test]
    fn a_recession_is_not_known_on_its_first_day() {
        let flags_from: Day = "1960-01-01".parse().unwrap();
        let months: Vec<Day> = (0..400).map(|at| Day::new(1960 + at / 12, (at % 12 + 1) as i8, 1).unwrap()).collect();
        let flags =
            Series::new(months.clone(), (0..400).map(|at| f64::from(u8::from(at % 80 >= 70))).collect()).unwrap();
        let rate = Series::new(months, (0..400).map(|at| 4.0 + f64::from(at % 80) / 20.0).collect()).unwrap();
        let days: Vec<Day> = (0..12_000).map(|at| flags_from + at).filter(|day| !day.is_weekend()).collect();
        let slope = days.iter().zip(0_u32..).map(|(_, t)| f64::from(t % 500) / 100.0).collect();
        let curve = Series::new(days, slope).unwrap();
        let event = EVENTS[3];
        let series = |id: &str| match id {
            "t10y3m" => Some(&curve),
            "usrec" => Some(&flags),
            _ => Some(&rate),
        };
        let material = event.material(series, None).unwrap();
        let cut = material.days.len() - 800;
        let then = Material {
            days: material.days[..cut].to_vec(),
            eligible: material.eligible[..cut].to_vec(),
            known: material.known[..cut].to_vec(),
            holds: material.holds[..cut].to_vec(),
            told_after: material.told_after,
        };
        let (long, short) = (assess(event, &material), assess(event, &then));
        assert!(!short.history.is_empty());
        for (now, then) in long.history.iter().zip(&short.history) {
            assert_eq!(now.odds, then.odds);
        }
    }
}
