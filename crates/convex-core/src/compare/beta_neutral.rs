//! The gap without what the second leg's moves explain: a less beta times b, with a beta known the day before.

use convex_stats::describe;
use convex_stats::hedge::WalkForward;

use super::group::{absent, span};
use super::{Changes, GapKind};
use crate::figure::{Estimate, Figure, Figures, Unavailable, Unit};
use crate::{Day, Series};

const VALUE: &str = "sum of a less beta times b over all changes, beta by least squares of the 252 changes before each day; 0 at the start";
const CHANGE: &str = "the same sum over the changes of the last 90 calendar days";
const Z: &str = "deviation of the sum from its mean of the last 365 calendar days, in its standard deviations";

const LEAVES: [&str; 3] = ["value", "change_90d", "z_1y"];

/// Days a z-score needs.
const LEAST: usize = 20;

/// `beta_neutral.*`, for two legs measured in one way.
pub(super) fn put(figures: &mut Figures, kind: GapKind, changes: &Changes) {
    let unit = match kind {
        GapKind::Ratio => Unit::Log,
        GapKind::Spread(unit) => Unit::Own(unit),
        GapKind::None => {
            let why = Unavailable::NotMeaningful("one leg is measured in log changes, the other in differences");
            return put_absent(figures, &why);
        }
    };
    let path = match path(changes) {
        Ok(path) => path,
        Err(why) => return put_absent(figures, &why),
    };
    let Some((end, value)) = path.last() else { return };
    let n = path.len() - 1;
    figures.put("beta_neutral.value", Estimate::number(value, unit, n, span(path.days()), VALUE));
    figures.put("beta_neutral.change_90d", change_90d(&path, (end, value), unit));
    figures.put("beta_neutral.z_1y", z_1y(&path, end));
}

/// The same names, all absent for one reason.
pub(super) fn put_absent(figures: &mut Figures, why: &Unavailable) {
    absent(figures, "beta_neutral", &LEAVES, why);
}

/// The sum after each change, beginning with 0 on the day the first of them begins.
fn path(changes: &Changes) -> Result<Series, Unavailable> {
    let walk = WalkForward::new(&changes.a, &changes.b, 1)?;
    let (mut days, mut values, mut sum) = (Vec::new(), Vec::new(), 0.0);
    if let Some(first) = walk.begins.first() {
        days.push(changes.begins[*first]);
        values.push(sum);
    }
    for (at, own) in walk.begins.iter().zip(&walk.hedged) {
        sum += own;
        days.push(changes.days[*at]);
        values.push(sum);
    }
    Series::new(days, values).map_err(|_| Unavailable::NotMeaningful("the sum is not finite"))
}

fn change_90d(path: &Series, (end, value): (Day, f64), unit: Unit) -> Figure {
    let (from, base) = path.at_or_before(end - 90).ok_or(Unavailable::HistoryTooShort)?;
    Estimate::number(value - base, unit, path.after(from).len(), (from, end), CHANGE)
}

fn z_1y(path: &Series, end: Day) -> Figure {
    let window = path.after(end - 365);
    if window.len() < LEAST {
        return Err(Unavailable::TooFew { have: window.len(), need: LEAST });
    }
    Estimate::number(describe::z_of_last(window.values())?, Unit::Stdevs, window.len(), span(window.days()), Z)
}
