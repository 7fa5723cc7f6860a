//! Whether weak shares and rising implied volatility go with wider credit spreads.

use convex_stats::drivers::{Drivers, drivers};

use super::group::{Group, absent};
use super::{Common, References};
use crate::catalog::{ChangeKind, MetricUnit};
use crate::change::change;
use crate::figure::{Figures, Unavailable, Unit};
use crate::weekly::weeks;
use crate::{Day, Series};

const METHOD: &str = "whole-week change of the high-yield spread on standardised log changes of both legs; \
                      t by equal-weighted cosines";

/// The whole of history, and its halves.
const SPANS: [&str; 3] = ["credit", "credit.first_half", "credit.second_half"];
const LEAVES: [&str; 10] = [
    "n",
    "r2",
    "equity.widening",
    "equity.ewc_95",
    "equity.t_ewc",
    "equity.p",
    "volatility.widening",
    "volatility.ewc_95",
    "volatility.t_ewc",
    "volatility.p",
];
/// Whole weeks the regression needs.
const LEAST: usize = 150;

/// `credit.*`, for a pair of shares and implied volatility.
pub(super) fn put(
    figures: &mut Figures,
    levels: &Common,
    equity_is_a: bool,
    references: &References,
    until: Option<Day>,
) {
    let rows = match rows(levels, equity_is_a, references, until) {
        Ok(rows) => rows,
        Err(why) => return put_absent(figures, &why),
    };
    let n = rows.days.len();
    for (name, (from, to)) in SPANS.into_iter().zip([(0, n), (0, n / 2), (n / 2, n)]) {
        match drivers(&rows.spread[from..to], &[&rows.equity[from..to], &rows.volatility[from..to]]) {
            Ok(found) => {
                put_one(&mut Group::new(figures, name, to - from, (rows.days[from], rows.days[to - 1])), &found);
            }
            Err(why) => absent(figures, name, &LEAVES, &why.into()),
        }
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, SPANS[0], &LEAVES, why);
}

fn put_one(group: &mut Group<'_>, found: &Drivers) {
    group.count("n", found.n, METHOD).number("r2", found.r2, Unit::Fraction, METHOD);
    for (leg, driver) in ["equity", "volatility"].into_iter().zip(&found.drivers) {
        let (slope, unit) = (driver.slope, Unit::Own(MetricUnit::Points));
        group
            .within(&format!("{leg}.widening"), slope.estimate, slope.ewc_95, unit, METHOD)
            .interval(&format!("{leg}.ewc_95"), slope.ewc_95, unit, METHOD)
            .number(&format!("{leg}.t_ewc"), slope.t, Unit::Stdevs, METHOD)
            .number(&format!("{leg}.p"), slope.p, Unit::Probability, METHOD);
    }
}

/// Whole-week changes.
#[derive(Default)]
struct Rows {
    days: Vec<Day>,
    spread: Vec<f64>,
    equity: Vec<f64>,
    volatility: Vec<f64>,
}

fn rows(levels: &Common, equity_is_a: bool, references: &References, until: Option<Day>) -> Result<Rows, Unavailable> {
    let spread = references.get("bamlh0a0hym2")?;
    let leg = |values: &[f64]| {
        Series::new(levels.days.clone(), values.to_vec())
            .map_err(|_| Unavailable::NotMeaningful("a level is not finite"))
    };
    let (a, b) = (leg(&levels.a)?, leg(&levels.b)?);
    let (equity, volatility) = if equity_is_a { (&a, &b) } else { (&b, &a) };
    let weeks = weeks(&[spread, equity, volatility], until);
    let mut rows = Rows::default();
    for at in 1..weeks.fridays.len() {
        // A week without a common day makes both changes around it unknown.
        if weeks.fridays[at] - weeks.fridays[at - 1] != 7 {
            continue;
        }
        let step = |column: usize, kind| change(kind, weeks.values[column][at - 1], weeks.values[column][at]);
        let (Some(spread), Some(equity), Some(volatility)) =
            (step(0, ChangeKind::Difference), step(1, ChangeKind::Log), step(2, ChangeKind::Log))
        else {
            continue;
        };
        rows.days.push(weeks.fridays[at]);
        rows.spread.push(spread);
        rows.equity.push(equity);
        rows.volatility.push(volatility);
    }
    let have = rows.days.len();
    if have < LEAST { Err(Unavailable::TooFew { have, need: LEAST }) } else { Ok(rows) }
}
