//! Whether the gap ever jumped, and whether its variance or its mean rate of change did, with dates.

use convex_stats::breaks::{jumps, mean_breaks, variance_breaks};
use convex_stats::describe::median;

use super::Changes;
use super::group::{Group, absent, span};
use crate::Day;
use crate::figure::{Figures, Unavailable, Unit};

const JUMPS: &str = "Lee-Mykland on changes of the log ratio, tail for windows of 16, 5 % over all changes";
const VARIANCE: &str = "iterated cumulative sums of squares, kappa-2, on changes of the log ratio";
const MEAN: &str = "Bai-Perron, sup-F robust to autocorrelation, on changes of the log ratio";

const JUMP_LEAVES: [&str; 6] = ["count", "n", "p", "largest", "largest_date", "usual"];
const BREAK_LEAVES: [&str; 2] = ["count", "last_date"];

/// `breaks.*`, for two legs measured in log changes.
pub(super) fn put(figures: &mut Figures, changes: &Changes) {
    let moves: Vec<f64> = changes.a.iter().zip(&changes.b).map(|(a, b)| a - b).collect();
    put_jumps(figures, &moves, &changes.days);
    let variance = variance_breaks(&moves);
    let sample = (moves.len(), span(&changes.days));
    match &variance {
        Ok(found) => {
            Group::new(figures, "breaks.variance", sample.0, sample.1).number(
                "p",
                found.whole.p,
                Unit::Probability,
                VARIANCE,
            );
        }
        Err(why) => absent(figures, "breaks.variance", &["p"], &(*why).into()),
    }
    let places = variance.map(|found| found.breaks.iter().map(|found| found.place).collect());
    put_breaks(figures, "breaks.variance", places.map_err(Unavailable::from), &changes.days, VARIANCE);
    let places = mean_breaks(&moves).map(|found| found.breaks).map_err(Unavailable::from);
    put_breaks(figures, "breaks.mean", places, &changes.days, MEAN);
}

fn put_jumps(figures: &mut Figures, moves: &[f64], days: &[Day]) {
    let found = match jumps(moves) {
        Ok(found) => found,
        Err(why) => return absent(figures, "breaks.jumps", &JUMP_LEAVES, &why.into()),
    };
    let mut group = Group::new(figures, "breaks.jumps", found.n, span(days));
    group.count("count", found.jumps.len(), JUMPS).count("n", found.n, JUMPS);
    let sizes: Vec<f64> = moves.iter().map(|moved| moved.abs()).collect();
    match median(&sizes) {
        Ok(usual) => group.number("usual", usual.exp_m1(), Unit::Fraction, "median absolute change of the ratio"),
        Err(why) => group.put("usual", Err(why.into())),
    };
    let largest = found.jumps.iter().max_by(|one, other| moves[one.place].abs().total_cmp(&moves[other.place].abs()));
    let surest = found.jumps.iter().map(|jump| jump.p).reduce(f64::min);
    if let Some((largest, p)) = largest.zip(surest) {
        group
            .number("p", p, Unit::Probability, JUMPS)
            .number("largest", moves[largest.place].exp_m1(), Unit::Fraction, JUMPS)
            .day("largest_date", days[largest.place], JUMPS);
    } else {
        let none = Unavailable::NotMeaningful("no change is beyond the limit");
        for leaf in ["p", "largest", "largest_date"] {
            group.put(leaf, Err(none.clone()));
        }
    }
}

fn put_breaks(
    figures: &mut Figures,
    name: &str,
    places: Result<Vec<usize>, Unavailable>,
    days: &[Day],
    method: &'static str,
) {
    let places = match places {
        Ok(places) => places,
        Err(why) => return absent(figures, name, &BREAK_LEAVES, &why),
    };
    let mut group = Group::new(figures, name, days.len(), span(days));
    group.count("count", places.len(), method);
    match places.last() {
        Some(place) => group.day("last_date", days[*place], method),
        None => group.put("last_date", Err(Unavailable::NotMeaningful("no break"))),
    };
}
