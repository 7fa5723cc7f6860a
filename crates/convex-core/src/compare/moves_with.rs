//! What moves with the gap: whole-week changes of the log ratio on those of several drivers.

use convex_stats::drivers::{Drivers, drivers};

use super::group::{Group, absent};
use super::{Common, References};
use crate::catalog::ChangeKind;
use crate::change::change;
use crate::figure::{Figures, Unavailable, Unit};
use crate::weekly::{Weeks, weeks};
use crate::{Day, Series};

const SLOPE: &str = "least squares of whole-week changes on standardised drivers; t by equal-weighted cosines";
const SHARE: &str = "Shapley share of R squared: a description, not a test";

/// Common days the whole regression needs.
const NEEDS_DAYS: usize = 750;
/// Whole weeks it needs.
const NEEDS_WEEKS: usize = 150;

/// A driver: the name in figures, the metric, and how its changes are measured.
struct Candidate {
    name: &'static str,
    metric: &'static str,
    change: ChangeKind,
}

const CANDIDATES: [Candidate; 6] = [
    Candidate { name: "vix", metric: "vixcls", change: ChangeKind::Log },
    Candidate { name: "yield_10y", metric: "dgs10", change: ChangeKind::Difference },
    Candidate { name: "hy_spread", metric: "bamlh0a0hym2", change: ChangeKind::Difference },
    Candidate { name: "dollar", metric: "dtwexbgs", change: ChangeKind::Log },
    Candidate { name: "oil", metric: "wti", change: ChangeKind::Log },
    Candidate { name: "gold", metric: "gold", change: ChangeKind::Log },
];

/// Names of the drivers in figures.
pub const DRIVERS: [&str; 6] = ["vix", "yield_10y", "hy_spread", "dollar", "oil", "gold"];

/// Metrics that are one thing under several names: a driver that is a leg's own is left out.
const SAME_UNDERLYING: [&[&str]; 6] = [
    &["gold", "gld", "gc", "xauusd", "paxg"],
    &["wti", "cl", "uso", "brent"],
    &["dgs10", "ief", "tlt"],
    &["bamlh0a0hym2", "hyg"],
    &["vixcls", "vxn"],
    &["dtwexbgs", "dxy"],
];

const LEAVES: [&str; 6] = ["slope", "ewc_95", "t_ewc", "df", "p", "shapley_share"];

/// The halves of history the same regression is made on, to see whether signs last.
pub const ERAS: [&str; 2] = ["first_half", "second_half"];

/// `drivers.*` over all whole weeks, and `drivers.first_half.*` and `drivers.second_half.*`.
pub(super) fn put(
    figures: &mut Figures,
    levels: &Common,
    legs: [&str; 2],
    references: &References,
    until: Option<Day>,
) {
    let used: Vec<&Candidate> = CANDIDATES.iter().filter(|candidate| !is_leg(candidate.metric, legs)).collect();
    let rows = match rows(levels, &used, references, until) {
        Ok(rows) => rows,
        Err(why) => return put_absent(figures, legs, &why),
    };
    let n = rows.days.len();
    for (group, (from, to)) in [
        ("drivers".to_owned(), (0, n)),
        (format!("drivers.{}", ERAS[0]), (0, n / 2)),
        (format!("drivers.{}", ERAS[1]), (n / 2, n)),
    ] {
        let columns: Vec<&[f64]> = rows.drivers.iter().map(|column| &column[from..to]).collect();
        match drivers(&rows.ratio[from..to], &columns) {
            Ok(found) => put_one(
                &mut Group::new(figures, &*group, to - from, (rows.days[from], rows.days[to - 1])),
                &used,
                &found,
            ),
            Err(why) => absent_group(figures, &group, &used, &why.into()),
        }
    }
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, legs: [&str; 2], why: &Unavailable) {
    let used: Vec<&Candidate> = CANDIDATES.iter().filter(|candidate| !is_leg(candidate.metric, legs)).collect();
    absent_group(figures, "drivers", &used, why);
}

fn absent_group(figures: &mut Figures, group: &str, used: &[&Candidate], why: &Unavailable) {
    absent(figures, group, &["n", "r2"], why);
    for candidate in used {
        absent(figures, &format!("{group}.{}", candidate.name), &LEAVES, why);
    }
}

fn put_one(group: &mut Group<'_>, used: &[&Candidate], found: &Drivers) {
    group.count("n", found.n, SLOPE).number("r2", found.r2, Unit::Fraction, SLOPE);
    for (Candidate { name, .. }, driver) in used.iter().zip(&found.drivers) {
        group
            .within(&format!("{name}.slope"), driver.slope.estimate, driver.slope.ewc_95, Unit::Ratio, SLOPE)
            .interval(&format!("{name}.ewc_95"), driver.slope.ewc_95, Unit::Ratio, SLOPE)
            .number(&format!("{name}.t_ewc"), driver.slope.t, Unit::Stdevs, SLOPE)
            .count(&format!("{name}.df"), driver.slope.df, SLOPE)
            .number(&format!("{name}.p"), driver.slope.p, Unit::Probability, SLOPE)
            .number(&format!("{name}.shapley_share"), driver.shapley_share, Unit::Fraction, SHARE);
    }
}

/// The metrics of the drivers that are not a leg's own.
pub(super) fn metrics_used(legs: [&str; 2]) -> Vec<&'static str> {
    CANDIDATES.iter().map(|candidate| candidate.metric).filter(|metric| !is_leg(metric, legs)).collect()
}

fn is_leg(driver: &str, legs: [&str; 2]) -> bool {
    legs.iter()
        .any(|leg| *leg == driver || SAME_UNDERLYING.iter().any(|same| same.contains(&driver) && same.contains(leg)))
}

/// Whole-week changes.
struct Rows {
    days: Vec<Day>,
    ratio: Vec<f64>,
    drivers: Vec<Vec<f64>>,
}

fn rows(
    levels: &Common,
    used: &[&Candidate],
    references: &References,
    until: Option<Day>,
) -> Result<Rows, Unavailable> {
    let logs = levels.a.iter().zip(&levels.b).map(|(a, b)| (a / b).ln()).collect();
    let ratio =
        Series::new(levels.days.clone(), logs).map_err(|_| Unavailable::NotMeaningful("the ratio is not finite"))?;
    let mut series = vec![&ratio];
    for candidate in used {
        series.push(references.get(candidate.metric)?);
    }
    let Weeks { fridays, values, common_days } = weeks(&series, until);
    if common_days < NEEDS_DAYS {
        return Err(Unavailable::TooFew { have: common_days, need: NEEDS_DAYS });
    }
    let mut rows = Rows { days: Vec::new(), ratio: Vec::new(), drivers: vec![Vec::new(); used.len()] };
    for at in 1..fridays.len() {
        // A week without a common day makes both changes around it unknown.
        if fridays[at] - fridays[at - 1] != 7 {
            continue;
        }
        let step = |column: &[f64], kind| change(kind, column[at - 1], column[at]);
        let moves: Option<Vec<f64>> =
            used.iter().zip(&values[1..]).map(|(candidate, column)| step(column, candidate.change)).collect();
        let Some((moves, ratio)) = moves.zip(step(&values[0], ChangeKind::Difference)) else { continue };
        rows.days.push(fridays[at]);
        rows.ratio.push(ratio);
        rows.drivers.iter_mut().zip(moves).for_each(|(column, moved)| column.push(moved));
    }
    let have = rows.days.len();
    if have < NEEDS_WEEKS { Err(Unavailable::TooFew { have, need: NEEDS_WEEKS }) } else { Ok(rows) }
}
