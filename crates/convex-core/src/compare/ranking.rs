//! Whether the rank of the ratio in its own past says anything about what follows.

use convex_stats::Undefined;
use convex_stats::reversal::{Following, HORIZONS, following};

use super::Common;
use super::episodes_past::Past;
use super::group::{Group, absent, span};
use crate::Day;
use crate::figure::{Figures, Unavailable, Unit};

const METHOD: &str =
    "Hodrick 1B on one half less the rank of the log ratio among all its values so far, its own included";

const LEAVES: [&str; 2] = ["t", "p"];
/// Values a rank needs before it.
const BEFORE: usize = 252;

/// `ranking.*`, and the same in each half of history under `halves.*`, on levels of a pair with a ratio.
pub(super) fn put(figures: &mut Figures, levels: &Common) {
    let n = levels.days.len();
    let ratio: Vec<f64> = levels.a.iter().zip(&levels.b).map(|(a, b)| (a / b).ln()).collect();
    let signal = signal(&ratio);
    let rank = signal.last().filter(|_| n > BEFORE).map(|signal| 0.5 - signal);
    let mut group = Group::new(figures, "ranking", n, span(&levels.days));
    match rank {
        Some(rank) => group.number("rank", rank, Unit::Fraction, METHOD),
        None => group.put("rank", Err(Unavailable::TooFew { have: n, need: BEFORE + 1 })),
    };
    for horizon in HORIZONS {
        put_one(figures, &format!("ranking.{horizon}"), test(&ratio, &signal, BEFORE.min(n), n, horizon), &levels.days);
        for (half, (from, to)) in [("first", (BEFORE.min(n), n / 2)), ("second", (n / 2, n))] {
            let Ok(found) = test(&ratio, &signal, from, to, horizon) else { continue };
            Group::new(figures, format!("halves.{half}"), to - from, span(&levels.days[from..to])).number(
                &format!("ranking_{horizon}"),
                found.statistic,
                Unit::Stdevs,
                METHOD,
            );
        }
    }
}

fn put_one(figures: &mut Figures, name: &str, found: Result<Following, Undefined>, days: &[Day]) {
    match found {
        Ok(found) => {
            Group::new(figures, name, found.n, span(days)).number("t", found.statistic, Unit::Stdevs, METHOD).number(
                "p",
                found.p,
                Unit::Probability,
                METHOD,
            );
        }
        Err(why) => absent(figures, name, &LEAVES, &why.into()),
    }
}

fn test(ratio: &[f64], signal: &[f64], from: usize, to: usize, horizon: usize) -> Result<Following, Undefined> {
    if from >= to {
        return Err(Undefined::TooFew { have: 0, need: BEFORE });
    }
    following(&ratio[from..to], &signal[from..to], horizon)
}

/// One half less the rank of each value among those so far; zero while fewer than 252 stand before it.
fn signal(ratio: &[f64]) -> Vec<f64> {
    let mut past = Past::of(ratio);
    ratio
        .iter()
        .map(|value| {
            past.learn();
            if past.known() > BEFORE { 0.5 - past.share_below(*value) } else { 0.0 }
        })
        .collect()
}
